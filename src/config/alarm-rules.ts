import { array, mixed, object, string } from 'yup';
import { duration } from './duration.ts';

/** What people can be told of. */
export const alarmKinds = [
  'signature',
  'silence',
  'retry',
  'off',
  'resting',
  'dead',
  'blocked',
  'mapping',
  'attention',
  'disk',
  'clock',
  'certificate',
  'digest',
] as const;

/** `target`: an alarm target takes nothing, of which the others hear whatever they asked for. */
export type AlarmKind = (typeof alarmKinds)[number] | 'target';

/** Whom to tell of what, as configured; milliseconds, and minutes of the day. */
export interface AlarmRuleConfig {
  readonly when: readonly AlarmKind[];
  readonly to: string;
  /** As written: the target's own shape, with formulas over `alarm`. */
  readonly record: unknown;
  readonly remind: number;
  readonly quiet: { readonly from: number; readonly to: number } | undefined;
  readonly digest: number;
  readonly language: 'ru' | 'en' | undefined;
}

const clockTime = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d`;

/** `alarms:` of connector.yaml. */
export function alarmRules() {
  return array(
    object({
      when: array(string().oneOf(alarmKinds).required())
        .transform((value: unknown, original: unknown) => (typeof original === 'string' ? [original] : value))
        .min(1)
        .default(() => [...alarmKinds])
        .meta({
          ru: 'О чём сообщать; по умолчанию обо всём.',
          en: 'What to tell of; everything by default.',
          written: {
            anyOf: [{ enum: alarmKinds }, { type: 'array', minItems: 1, items: { enum: alarmKinds } }],
          },
        }),
      to: string().required().meta({ ru: 'Какой цели.', en: 'Which target is told.' }),
      record: mixed()
        .default({})
        .meta({
          ru: 'Запись для цели, с формулами: =alarm.text и другие; text есть по умолчанию.',
          en: 'The record for the target, with formulas such as =alarm.text; text has a default.',
          written: { type: 'object' },
        }),
      remind: duration().meta({
        ru: 'Напоминать, пока не прошло (по умолчанию 4h).',
        en: 'Remind as long as it is not over (default 4h).',
      }),
      quiet: string()
        .matches(new RegExp(String.raw`^\s*${clockTime}\s*-\s*${clockTime}\s*$`), {
          message: { ru: 'нужны часы вида 22:00-07:00', en: 'hours such as 22:00-07:00 are needed' },
        })
        .meta({
          ru: 'Часы тишины в поясе zone, например 22:00-07:00.',
          en: 'Quiet hours in the zone, e.g. 22:00-07:00.',
        }),
      digest: string()
        .matches(new RegExp(String.raw`^\s*${clockTime}\s*$`), {
          message: { ru: 'нужно время вида 09:00', en: 'a time such as 09:00 is needed' },
        })
        .default('09:00')
        .meta({
          ru: 'Когда приходит утренняя сводка, если что-то стоит.',
          en: 'When the morning digest comes, if anything stands still.',
        }),
      language: string()
        .oneOf(['ru', 'en'] as const)
        .meta({
          ru: 'На каком языке (по умолчанию по LANG службы).',
          en: "In which language (default: by the service's LANG).",
        }),
    }).noUnknown(),
  )
    .default([])
    .meta({
      ru: 'О чём должны узнать люди: о каждой причине один раз, с напоминанием и словами «снова в порядке».',
      en: 'What people must hear of: once for each cause, with a reminder and the words "back to normal".',
    });
}

/** As the rest of the house wants it. */
export function alarmRuleOf(cast: {
  readonly when: readonly AlarmKind[];
  readonly to: string;
  readonly record?: unknown;
  readonly remind?: number | undefined;
  readonly quiet?: string | undefined;
  readonly digest: string;
  readonly language?: 'ru' | 'en' | undefined;
}): AlarmRuleConfig {
  const [from, to] = (cast.quiet ?? '').split('-').map(minuteOf);
  return {
    when: cast.when,
    to: cast.to,
    record: cast.record ?? {},
    remind: cast.remind ?? usualReminder,
    quiet: from === undefined || to === undefined ? undefined : { from, to },
    digest: minuteOf(cast.digest),
    language: cast.language,
  };
}

/** Milliseconds. */
const usualReminder = 14_400_000;

function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.trim().split(':').map(Number);
  return hour * 60 + minute;
}
