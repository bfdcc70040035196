import type { Json } from '../../huntflow/json.ts';
import type { HuntflowView } from '../../huntflow/view.ts';
import type { Text } from '../../text.ts';
import type { Path } from '../../files/validation.ts';
import { convert } from '../conversions/conversion.ts';
import { formatDate } from '../conversions/date-format.ts';
import type { CompiledFormulas } from './compiled-formulas.ts';
import { dictionaryKey } from '../dictionaries/dictionary-key.ts';
import { likeKey } from '../dictionaries/like-key.ts';
import { MappingFailure } from './mapping-failure.ts';
import type { Program } from './program.ts';
import type { ConversionTemplate, ScalarTemplate } from './template.ts';

/** No value is null; in a conversion a blank text counts as none too. */
function isMissing(value: Json): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

const differsEachTime = /\$(?:random|shuffle|eval)\b/;

/** Computes the value of one field. Throws MappingFailure. */
export class FieldReader {
  readonly #program: Program;
  readonly #formulas: CompiledFormulas;
  readonly #view: HuntflowView;
  /** A record often says the same thing in several places. */
  readonly #results = new Map<string, Json>();

  constructor(program: Program, formulas: CompiledFormulas, view: HuntflowView) {
    this.#program = program;
    this.#formulas = formulas;
    this.#view = view;
  }

  async scalar(template: ScalarTemplate, path: Path): Promise<Json> {
    if (template.kind === 'constant') return template.value;
    const known = this.#results.get(template.source);
    if (known !== undefined) return known;
    const value = await this.#formulas.evaluate(template.source, this.#view, path);
    if (!differsEachTime.test(template.source)) this.#results.set(template.source, value);
    return value;
  }

  /** From, lookup, default, as, max: in this order. */
  async conversion(template: ConversionTemplate, path: Path): Promise<Json> {
    let value = await this.scalar(template.from, path);
    if (template.lookup !== undefined && !isMissing(value))
      value = await this.#lookedUp(template, template.lookup, value, path);
    if (isMissing(value) && template.default !== undefined) value = await this.scalar(template.default, path);
    if (isMissing(value)) {
      if (!template.required) return null;
      throw new MappingFailure(path, { ru: 'обязательного значения нет', en: 'a required value is missing' });
    }
    try {
      return limited(template, this.#converted(template, value, path), path);
    } catch (error) {
      if (error instanceof MappingFailure && template.otherwise === 'empty' && !template.required) return null;
      throw error;
    }
  }

  async #lookedUp(template: ConversionTemplate, name: string, value: Json, path: Path): Promise<Json> {
    const key = dictionaryKey(value);
    if (key === undefined)
      throw new MappingFailure(path, {
        ru: `в словаре «${name}» ищут текст или число, а здесь список или набор полей`,
        en: `a text or number can be looked up in the dictionary "${name}", and here is a list or a set of fields`,
      });
    const found = this.#program.dictionaries.get(name)?.get(key);
    if (found !== undefined) return found;
    const { otherwise, from } = template;
    const origin = originOf(from);
    const alike = likeKey(this.#program.dictionaries.get(name) ?? new Map(), key);
    switch (otherwise) {
      case 'reject':
        throw new MappingFailure(path, {
          ru: `этого значения нет в словаре «${name}»: ${alike?.ru ?? 'добавьте его в словарь'}${origin.ru}`,
          en: `this value is not in the dictionary "${name}": ${alike?.en ?? 'add it there'}${origin.en}`,
        });
      case 'empty':
        return null;
      case 'keep':
        return value;
      default:
        return this.scalar(otherwise, path);
    }
  }

  #converted(template: ConversionTemplate, value: Json, path: Path): Json {
    if (template.as === undefined) return value;
    const result = convert(template.as, value, this.#program.zone);
    if (!result.ok) throw new MappingFailure(path, result.text);
    return template.format === undefined ? result.value : formatDate(String(result.value), template.format);
  }
}

/** The value may be somebody's; where it comes from tells the author which one it is. A constant is the author's own. */
function originOf(from: ScalarTemplate): Text {
  if (from.kind === 'constant') return { ru: `: «${from.value}»`, en: `: "${from.value}"` };
  const source = from.source.length > 100 ? `${from.source.slice(0, 99)}…` : from.source;
  return { ru: ` (оно берётся из =${source})`, en: ` (it comes from =${source})` };
}

function limited(template: ConversionTemplate, value: Json, path: Path): Json {
  const { max } = template;
  if (max === undefined) return value;
  if (typeof value === 'object')
    throw new MappingFailure(path, {
      ru: 'max ограничивает текст, а здесь список или набор полей',
      en: 'max limits a text, and here is a list or a set of fields',
    });
  const { length } = String(value);
  if (length <= max) return value;
  throw new MappingFailure(path, {
    ru: `значение длиной ${length} знаков, а здесь помещается ${max}`,
    en: `the value has ${length} characters and there is room for ${max}`,
  });
}
