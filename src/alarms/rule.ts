import type { AlarmRuleConfig } from '../config/alarm-rules.ts';
import type { Config } from '../config/config.ts';
import type { Fault } from '../files/fault.ts';
import type { Path } from '../files/validation.ts';
import type { YamlDocument } from '../files/yaml-document.ts';
import { noDictionaries } from '../mapping/dictionaries/dictionaries.ts';
import { MappingSource } from '../mapping/file/mapping-source.ts';
import { templateProblems } from '../mapping/file/record-check.ts';
import { CheckedFormulas } from '../mapping/file/checked-formulas.ts';
import { RecordReader } from '../mapping/file/record-reader.ts';
import type { Shape } from '../mapping/names/shape.ts';
import type { Program } from '../mapping/record/program.ts';
import { isMap } from '../mapping/record/template.ts';
import type { Target } from '../targets/target.ts';
import type { Language } from '../text.ts';
import { property } from '../process/property.ts';

/** Whom to tell of what, ready to be used. */
export interface AlarmRule extends Omit<AlarmRuleConfig, 'record' | 'language'> {
  /** The target, with a number when several rules have the same one. */
  readonly id: string;
  readonly language: Language;
  /** Makes the record of `alarm`. */
  readonly program: Program;
}

/** What `alarm` has in formulas. */
const alarmFields = ['kind', 'cause', 'state', 'subject', 'title', 'text', 'since', 'at', 'count'] as const;

export type AlarmFields = Readonly<Record<(typeof alarmFields)[number], string | number>>;

const leaf: Shape = { open: false, fields: new Map() };
const shape: Shape = {
  open: false,
  fields: new Map([['alarm', { open: false, fields: new Map(alarmFields.map((name) => [name, leaf])) }]]),
};

/** What a record gets that says nothing else, as far as its target knows the field. */
const usual: Readonly<Record<string, string>> = { text: '=alarm.text', subject: '=alarm.title' };

/** Rules with records that fit their targets; a faulty one is left out and reported. `language`: of the service. */
export async function readAlarmRules(
  config: Config,
  targets: readonly Target[],
  document: YamlDocument,
  language: Language,
): Promise<{ readonly rules: readonly AlarmRule[]; readonly faults: readonly Fault[] }> {
  const source = new MappingSource(document);
  const reader = new RecordReader(source, noDictionaries, config.zone, new CheckedFormulas(shape));
  const numbers = new Map<string, number>();
  const rules: AlarmRule[] = [];
  for (const [index, rule] of config.alarms.entries()) {
    const path: Path = ['alarms', index];
    const target = targets.find(({ name }) => name === rule.to);
    if (target === undefined) {
      if (!config.faultyTargets.includes(rule.to) && !config.targets.some(({ name }) => name === rule.to))
        source.error([...path, 'to'], noSuchTarget(rule.to));
      continue;
    }
    if (!isMap(rule.record)) {
      source.error([...path, 'record'], {
        ru: 'здесь нужен набор полей: запись для цели',
        en: 'a set of fields is needed here: the record for the target',
      });
      continue;
    }
    const before = source.faults.length;
    const record = reader.map({ ...usualFor(target), ...rule.record }, [...path, 'record']);
    source.problems(await templateProblems(target.record, record), [...path, 'record']);
    if (source.faults.slice(before).some(({ level }) => level === 'error')) continue;
    const number = (numbers.get(rule.to) ?? 0) + 1;
    numbers.set(rule.to, number);
    rules.push({
      ...rule,
      id: number === 1 ? rule.to : `${rule.to}#${number}`,
      language: rule.language ?? language,
      program: {
        when: undefined,
        key: undefined,
        once: undefined,
        record,
        dictionaries: new Map(),
        zone: config.zone,
        candidateLink: undefined,
      },
    });
  }
  return { rules, faults: source.faults };
}

function usualFor({ record }: Target): Record<string, string> {
  const known = property(record, 'fields') ?? {};
  return Object.fromEntries(
    Object.entries(usual).filter(([name]) => typeof known === 'object' && known !== null && Object.hasOwn(known, name)),
  );
}

function noSuchTarget(name: string) {
  return {
    ru: `цели «${name}» нет в targets: тревоги некому передать`,
    en: `there is no target "${name}" in targets: nobody to tell`,
  };
}
