import { array, boolean, object, string } from 'yup';
import { quarantine } from './keeping.ts';
import { stages } from './stage-schema.ts';

/** Who may send, as written. */
export const sourceSchema = object({
  secrets: array(string().ensure()).default([]).meta({
    ru: 'Секреты вебхука из настроек Huntflow. Подходит любой из них, так что секрет можно сменить, не потеряв вебхук; пустой не считается.',
    en: "Secrets of the webhook in Huntflow's settings. Any of them is valid, so that one can be changed without losing a webhook; an empty one counts as none.",
  }),
  unsigned: boolean()
    .default(false)
    .meta({ ru: 'Принимать вебхуки без подписи.', en: 'Take webhooks without a signature.' }),
  scope: string().min(1).max(200).meta({
    ru: 'Чем номера этой организации отличаются от номеров другой (по умолчанию домен и номер организации в Huntflow).',
    en: "What tells this organisation's ids from another's (by default its domain and account id in Huntflow).",
  }),
  stages: stages().meta({
    ru: 'Этапы этой организации; дополняют и заменяют общие.',
    en: "This organisation's own stages, put over the common ones.",
  }),
  quarantine,
}).noUnknown();
