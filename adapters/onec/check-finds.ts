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
  for (const { find, path } of finds) {
    try {
      const field = {
        form: { kind: 'scalar', wire: '', shape: { type: 'Edm.Guid' } },
        value: { kind: 'find', find },
      } as const;
      const found = await resolution.resolve(field);
      if (found.kind === 'missing') findings.push({ level: 'warning', mapping, path, text: missing(find).text });
      const isOfPerson = steps.some(({ index, set }) => set.name === personSet && path[1] === index);
      if (found.kind === 'object' && find.set.name === kinds && isOfPerson && !(await isPersons(found.object.key)))
        findings.push({ level: 'warning', mapping, path, text: strangeKind(find.label) });
    } catch (error) {
      findings.push({ ...findingOf(error), mapping, path });
    }
  }
  return findings;

  /** Whether a kind of contact is one of persons; a base that publishes no names for programs cannot say. */
  async function isPersons(key: string): Promise<boolean> {
    const shape = finds.find(({ find }) => find.set.name === kinds)?.find.set;
    if (shape === undefined || own(shape.fields, 'PredefinedDataName') === undefined) return true;
    const kind = await parts.entities.read(shape, guid(key), parts.line);
    const name = textAt(kind ?? {}, 'PredefinedDataName');
    return name === '' || name.includes('ФизическиеЛица');
  }
}

function strangeKind(label: string): { readonly ru: string; readonly en: string } {
  return {
    ru: `${label}: найденный вид контакта не для физических лиц; ищите по PredefinedDataName, например ТелефонМобильныйФизическиеЛица или EMailФизическиеЛица`,
    en: `${label}: the kind of contact that was found is not one of persons; look by PredefinedDataName, for example ТелефонМобильныйФизическиеЛица or EMailФизическиеЛица`,
  };
}
