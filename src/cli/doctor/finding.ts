import type { Text } from '../../text.ts';

/** What the doctor looks at. */
export type Organ =
  | 'config'
  | 'secrets'
  | 'mappings'
  | 'targets'
  | 'database'
  | 'deliveries'
  | 'disk'
  | 'clock'
  | 'stages'
  | 'webhook'
  | 'service'
  | 'versions'
  | 'backup'
  | 'sealing'
  | 'retention';

/** As a Russian reader calls them. */
export const organs: Readonly<Record<Organ, string>> = {
  config: 'настройки',
  secrets: 'секреты',
  mappings: 'маппинги',
  targets: 'цели',
  database: 'база',
  deliveries: 'доставки',
  disk: 'диск',
  clock: 'часы',
  stages: 'этапы',
  webhook: 'вебхук',
  service: 'служба',
  versions: 'версии',
  backup: 'копия',
  sealing: 'шифрование',
  retention: 'хранение',
};

/** What is well or not, in a sentence that says what to do. */
export interface DoctorFinding {
  readonly about: Organ;
  readonly level: 'error' | 'warning' | 'info';
  readonly text: Text;
}

export function finding(about: Organ, level: DoctorFinding['level'], ru: string, en: string): DoctorFinding {
  return { about, level, text: { ru, en } };
}
