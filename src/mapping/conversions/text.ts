import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';

export function toText(value: Json): Converted {
  if (typeof value === 'string') return converted(value);
  if (typeof value === 'number' || typeof value === 'boolean') return converted(String(value));
  return refused(
    'здесь нужен текст, а не список или набор полей',
    'a text is needed here, not a list or a set of fields',
  );
}
