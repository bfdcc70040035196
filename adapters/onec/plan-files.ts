import { type FieldRecord, type FileRecord, isFile } from './field-record.ts';
import { own, type SetShape } from './metadata.ts';
import { type FieldsPlace, unknownField } from './plan-fields.ts';
import type { PlannedFile } from './planned.ts';
import type { Problem } from './problems.ts';

const suffix = '_Base64Data';

/**
 * The fields of a step without its files, and the files with the fields that take them: a value storage is published as
 * a stream and written through its `_Base64Data` alone (facts/1c.md 1.4).
 */
export function planFiles(
  place: FieldsPlace,
  set: SetShape,
  fields: FieldRecord,
  path: Problem['path'],
): { readonly files: readonly PlannedFile[]; readonly plain: FieldRecord } {
  const named = Object.entries(fields);
  const isNamed = (value: FieldRecord[string]): value is FileRecord => value !== undefined && isFile(value);
  const files = named.flatMap(([name, value]): PlannedFile[] => {
    if (!isNamed(value)) return [];
    const wire = storageOf(place, set, name, [...path, name]);
    return wire === undefined || value.file === null || value.file === '' ? [] : [{ wire, file: value.file }];
  });
  return { files, plain: Object.fromEntries(named.filter(([, value]) => !isNamed(value))) };
}

function storageOf(place: FieldsPlace, set: SetShape, name: string, path: Problem['path']): string | undefined {
  const wire = [name, `${name}${suffix}`].find((one) => own(set.fields, one)?.type === 'Edm.Binary');
  if (wire !== undefined) return wire;
  if (own(set.fields, name) === undefined) place.problems.push(unknownField(set.name, set.fields, name, path));
  else {
    place.problems.push({
      path,
      text: {
        ru: `${set.name}.${name}: файл помещается только в хранилище значения, а это другое поле`,
        en: `${set.name}.${name}: a file goes into a value storage, and this field is none`,
      },
    });
  }
  return undefined;
}
