import type { Text } from '../../text.ts';
import type { Path } from '../../files/validation.ts';
import { fieldPath } from './field-path.ts';

/** This event cannot be mapped by this mapping: names the field, never its value. */
export class MappingFailure extends Error {
  override readonly name = 'MappingFailure';
  readonly text: Text;

  constructor(path: Path, reason: Text) {
    super(reason.en);
    const field = fieldPath(path);
    this.text = { ru: `«${field}»: ${reason.ru}`, en: `"${field}": ${reason.en}` };
  }
}
