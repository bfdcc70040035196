import type { Finding, Text } from '../../src/adapter.ts';
import { isBlank } from './adoption.ts';
import { tellingSets } from './card/employment.ts';
import { isCard, orderOf } from './card/card-step.ts';
import { flagAt } from './difference.ts';
import type { Entities } from './entities.ts';
import { findingOf } from './finding-of.ts';
import type { Line } from './infobase.ts';
import { type Metadata, own } from './metadata.ts';
import type { PlannedStep } from './planned.ts';

const schedule = 'Constant_ИспользоватьШтатноеРасписание';
const place = 'ДолжностьПоШтатномуРасписанию_Key';
/** How many objects tell what a base fills everywhere. */
const sample = 20;

interface Parts {
  readonly entities: Entities;
  readonly line: Line;
  readonly metadata: Metadata;
}

/** What a hire has to know of the base: staff schedule, fields that are filled everywhere, sets that cannot be seen. */
export async function checkHires(steps: readonly PlannedStep[], mapping: string, parts: Parts): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const step of steps) {
    const path = ['steps', step.index];
    const tell = (level: Finding['level'], text: Text | undefined): void => {
      if (text !== undefined) findings.push({ level, mapping, path, text });
    };
    try {
      if (step.verb === 'draft' && own(step.set.fields, place) !== undefined)
        tell('warning', await staffSchedule(step, parts));
      if (isCard(step) && orderOf(steps, step) !== undefined) tell('warning', unseen(parts.metadata));
      if (step.person) tell('warning', await usuallyFilled(step, parts));
    } catch (error) {
      findings.push({ ...findingOf(error), mapping, path });
    }
  }
  return findings;
}

async function staffSchedule(step: PlannedStep, { entities, line, metadata }: Parts): Promise<Text | undefined> {
  if (sends(step, place)) return undefined;
  const set = metadata.set(schedule);
  if (set === undefined)
    return {
      ru: `${schedule} не опубликована: не видно, включено ли штатное расписание; если да, приказу нужна ДолжностьПоШтатномуРасписанию`,
      en: `${schedule} is not published: whether the staff schedule is on cannot be seen; if so, the order needs ДолжностьПоШтатномуРасписанию`,
    };
  const [constant] = await entities.search(set, '', line, { top: 1 });
  if (constant === undefined || !flagAt(constant, 'Value')) return undefined;
  return {
    ru: 'включено штатное расписание: 1С очистит Должность, если приказ не называет ДолжностьПоШтатномуРасписанию; найдите её в Catalog_ШтатноеРасписание по подразделению и должности (пресет zup-3.1/hire-staff-schedule)',
    en: 'the staff schedule is on: 1C empties Должность unless the order names ДолжностьПоШтатномуРасписанию; find it in Catalog_ШтатноеРасписание by division and position (preset zup-3.1/hire-staff-schedule)',
  };
}

function unseen(metadata: Metadata): Text | undefined {
  if (tellingSets.some((name) => metadata.set(name) !== undefined)) return undefined;
  const list = tellingSets.join(', ');
  return {
    ru: `не опубликован ни один из наборов ${list}: не видно, работает ли человек, и приказ делается с замечанием`,
    en:
      `none of ${list} is published: whether somebody works there cannot be seen, and the order is made with a ` +
      'finding',
  };
}

/** `$metadata` does not say what a configuration insists on; what every object has filled it probably does. */
async function usuallyFilled(step: PlannedStep, { entities, line }: Parts): Promise<Text | undefined> {
  const filter = own(step.set.fields, 'IsFolder') === undefined ? '' : 'IsFolder eq false';
  const objects = await entities.search(step.set, filter, line, { top: sample });
  if (objects.length < 3) return undefined;
  const names = Object.entries(step.set.fields)
    .filter(([name, { type }]) => type === 'Edm.Guid' && !['Ref_Key', 'Parent_Key', 'Owner_Key'].includes(name))
    .map(([name]) => name)
    .filter((name) => !sends(step, name) && objects.every((object) => !isBlank(own(object, name))));
  if (names.length === 0) return undefined;
  const list = names.map((name) => name.replace(/_Key$/, '')).join(', ');
  return {
    ru: `${step.set.name}: у всех последних объектов заполнено ${list}, маппинг этого не отправляет; если база этого требует, новый человек не запишется`,
    en:
      `${step.set.name}: ${list} is filled in every object looked at and the mapping does not send it; if the ` +
      'base insists on it, a new person will be refused',
  };
}

function sends(step: PlannedStep, wire: string): boolean {
  return step.named.has(wire);
}
