import type { Stored } from '../../../stand-ins/onec/filter.ts';
import type { Office } from './office.ts';

/** What a person types into 1C. @returns its Ref_Key. */
export function typeIn(office: Office, set: string, values: Stored): string {
  const model = office.standIn.base.sets.get(set);
  if (model === undefined) throw new Error(`no ${set}`);
  return String(office.standIn.base.add(model, values)['Ref_Key']);
}
