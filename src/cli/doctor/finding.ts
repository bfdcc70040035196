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

/** What is well or not, in a sentence that says what to do. */
export interface DoctorFinding {
  readonly about: Organ;
  readonly level: 'error' | 'warning' | 'info';
  readonly text: Text;
}

export function finding(about: Organ, level: DoctorFinding['level'], ru: string, en: string): DoctorFinding {
  return { about, level, text: { ru, en } };
}
