import type { Finding } from '../../src/adapter.ts';
import { textAt } from './difference.ts';
import type { Entities } from './entities.ts';
import { findingOf } from './finding-of.ts';
import { type Finds, missing } from './finds.ts';
import type { Line } from './infobase.ts';
import { guid } from './literal.ts';
import { own } from './metadata.ts';
import { personSet } from './person/identity-field.ts';
import type { Plan } from './plan.ts';
import type { PlannedFind } from './planned.ts';
import { Resolution } from './resolution.ts';

const kinds = 'Catalog_ВидыКонтактнойИнформации';

/** Asks 1C for every object that a mapping names outright: what is missing there, or there several times. */
export async function checkFinds(
  { finds, steps }: Pick<Plan, 'finds' | 'steps'>,
  mapping: string,
  parts: { readonly finds: Finds; readonly entities: Entities; readonly line: Line },
): Promise<Finding[]> {
  const resolution = new Resolution(parts.finds, parts.line);
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const { find, path } of finds) {
    try {
      const field = {
        form: { kind: 'scalar', wire: '', shape: { type: 'Edm.Guid' } },
        value: { kind: 'find', find },
      } as const;
      const found = await resolution.resolve(field);
      if (found.kind === 'missing') tell(find, path, 'warning');
      const isOfPerson = steps.some(({ index, set }) => set.name === personSet && path[1] === index);
      if (found.kind === 'object' && find.set.name === kinds && isOfPerson && !(await isPersons(found.object.key)))
        findings.push({ level: 'warning', mapping, path, text: strangeKind(find.label) });
    } catch (error) {
      const finding = findingOf(error);
      // the one that is missing may stand in the condition of this one
      const lacking = finds.find(({ find: one }) => isSaid(finding.text, missing(one).text));
      if (lacking === undefined) findings.push({ ...finding, mapping, path });
      else tell(lacking.find, lacking.path, 'error');
    }
  }
  return findings;

  /** An organisation stands in every second field: once said is enough. */
  function tell(find: PlannedFind, path: Path, level: 'warning' | 'error'): void {
    const wanted = wantedBy(find);
    const question = `${find.set.name} ${wanted}`;
    if (wanted !== '' && told.has(question)) return;
    told.add(question);
    findings.push({ level, mapping, path: placeOf(find, path), text: notThere(find, wanted) });
  }

  /** Whether a kind of contact is one of persons; a base that publishes no names for programs cannot say. */
  async function isPersons(key: string): Promise<boolean> {
    const shape = finds.find(({ find }) => find.set.name === kinds)?.find.set;
    if (shape === undefined || own(shape.fields, 'PredefinedDataName') === undefined) return true;
    const kind = await parts.entities.read(shape, guid(key), parts.line);
    const name = textAt(kind ?? {}, 'PredefinedDataName');
    return name === '' || name.includes('ФизическиеЛица');
  }
}

/** What the mapping itself says to look by: `Description = «ООО Ромашка»`; what comes from earlier finds has no words. */
function wantedBy({ by }: PlannedFind): string {
  return by
    .flatMap(({ form, value }) => (value.kind === 'scalar' ? [`${form.wire} = «${String(value.value)}»`] : []))
    .join(', ');
}

function isSaid(text: Finding['text'], said: { readonly en: string }): boolean {
  return typeof text !== 'string' && text.en === said.en;
}

type Path = Plan['finds'][number]['path'];

/** At the value itself, where there is but one. */
function placeOf({ by }: PlannedFind, path: Path): Path {
  const [only, other] = by;
  return only === undefined || other !== undefined || only.value.kind !== 'scalar'
    ? path
    : [...path, 'by', only.form.wire];
}

function notThere({ label, set }: PlannedFind, wanted: string): { readonly ru: string; readonly en: string } {
  const what = wanted === '' ? '' : `: ${wanted}`;
  return {
    ru: `${label}: в ${set.name} нет подходящего объекта (помеченные на удаление не в счёт)${what}; заведите его в 1С или поправьте маппинг.`,
    en: `${label}: no object of ${set.name} fits (those marked for deletion do not count)${what}; add it in 1C or mend the mapping.`,
  };
}

function strangeKind(label: string): { readonly ru: string; readonly en: string } {
  return {
    ru: `${label}: найденный вид контакта не для физических лиц; ищите по PredefinedDataName, например ТелефонМобильныйФизическиеЛица или EMailФизическиеЛица`,
    en: `${label}: the kind of contact that was found is not one of persons; look by PredefinedDataName, for example ТелефонМобильныйФизическиеЛица or EMailФизическиеЛица`,
  };
}
