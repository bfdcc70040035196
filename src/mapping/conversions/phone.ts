import { createRequire } from 'node:module';
import type * as Library from 'libphonenumber-js/max';
import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';

const load = createRequire(import.meta.url);
let library: typeof Library | undefined;

/** At the first phone: the numbering plans of the world take a twentieth of a start, and most starts meet none. */
function numberingPlans(): typeof Library {
  const loaded: typeof Library = library ?? load('libphonenumber-js/max');
  library = loaded;
  return loaded;
}

/** E.164. A number without a plus is read as one dialled in Russia: 8 900 …, 7 900 …, ten digits, 810 … */
export function toPhone(value: Json): Converted {
  const text = typeof value === 'number' ? String(value) : value;
  const bare = typeof text === 'string' ? text.trim().replace(/^(?:tel|тел)[.:\s]*/i, '') : '';
  // extract: the whole text has to be the number, so that the second of two is not lost in silence
  const number = numberingPlans().parsePhoneNumberFromString(bare, { defaultCountry: 'RU', extract: false });
  if (number === undefined || !number.isValid() || number.ext !== undefined) {
    return refused(
      'здесь нужен один существующий телефонный номер без добавочного',
      'a single phone number that exists is needed here, without an extension',
    );
  }
  return converted(number.number);
}
