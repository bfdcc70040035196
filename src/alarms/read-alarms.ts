import { readerLanguage } from '../config/process-environment.ts';
import type { Config } from '../config/config.ts';
import type { Fault } from '../files/fault.ts';
import type { YamlDocument } from '../files/yaml-document.ts';
import type { Target } from '../targets/target.ts';
import { type Calendar, readCalendar } from './calendar.ts';
import { type AlarmRule, readAlarmRules } from './rule.ts';

/** Whom to tell of what and on which days, with all that is wrong in it. */
export async function readAlarms(
  config: Config,
  targets: readonly Target[],
  document: YamlDocument,
): Promise<{ readonly rules: readonly AlarmRule[]; readonly calendar: Calendar; readonly faults: readonly Fault[] }> {
  const { calendar, faults } = await readCalendar(config.calendar);
  const read = await readAlarmRules(config, targets, document, readerLanguage());
  return { rules: read.rules, calendar, faults: [...read.faults, ...faults] };
}
