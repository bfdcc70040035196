import { guessed, nearest } from '../../files/did-you-mean.ts';
import { formatFault } from '../../files/fault.ts';
import type { Json } from '../../huntflow/json.ts';
import { type Path, validate } from '../../files/validation.ts';
import { conversionNames, convert, isConversionName } from '../conversions/conversion.ts';
import { isDateFormat } from '../conversions/date-format.ts';
import type { Dictionaries } from '../dictionaries/dictionaries.ts';
import type { YamlPlace } from '../../files/yaml-document.ts';
import type { CheckedFormulas } from './checked-formulas.ts';
import type { MappingSource } from './mapping-source.ts';
import { conversionSchema } from './schema.ts';
import {
  constant,
  type ConversionTemplate,
  isConversion,
  isMap,
  isScalar,
  type MapTemplate,
  scalarTemplate,
  type ScalarTemplate,
  type Template,
} from '../record/template.ts';
import { looksLikeReference } from '../names/view-names.ts';
import { withRemedy } from './yaml-traps.ts';

function isPlain(typing: YamlPlace | undefined): boolean {
  return typing?.node?.kind === 'scalar' && typing.node.style === 'plain';
}

const conversionKeys: ReadonlySet<string> = new Set([
  'from',
  'as',
  'format',
  'max',
  'default',
  'required',
  'lookup',
  'else',
]);

/** Turns the values of a mapping file into templates, and says everything that is wrong with them. */
export class RecordReader {
  readonly #source: MappingSource;
  readonly #dictionaries: Dictionaries;
  readonly #zone: string;
  readonly #formulas: CheckedFormulas;

  constructor(source: MappingSource, dictionaries: Dictionaries, zone: string, formulas: CheckedFormulas) {
    this.#source = source;
    this.#formulas = formulas;
    this.#dictionaries = dictionaries;
    this.#zone = zone;
  }

  map(value: Readonly<Record<string, unknown>>, path: Path): MapTemplate {
    return {
      kind: 'map',
      entries: Object.entries(value).map(([key, item]) => [key, this.#value(item, [...path, key])] as const),
    };
  }

  /** A formula or a constant; undefined for anything else, which the schema reports. */
  scalar(value: unknown, path: Path): ScalarTemplate | undefined {
    if (value === undefined || !isScalar(value)) return undefined;
    const template = scalarTemplate(value);
    const typing = this.#source.typingAt(path);
    if (template.kind === 'formula') {
      const { syntax, names } = this.#formulas.of(template.source);
      if (syntax !== undefined) this.#source.formulaFault(path, withRemedy(syntax, typing), 'error');
      for (const name of names) this.#source.formulaFault(path, name, name.level);
    } else if (typeof value === 'string' && isPlain(typing) && looksLikeReference(value)) {
      this.#source.warning(path, {
        ru: `это будет текст «${value}»; если нужно значение поля, напишите =${value}`,
        en: `this will be the text "${value}"; for the value of the field write =${value}`,
      });
    }
    return template;
  }

  #value(value: unknown, path: Path): Template {
    if (Array.isArray(value))
      return { kind: 'list', items: value.map((item: unknown, index) => this.#value(item, [...path, index])) };
    if (isConversion(value)) return this.#conversion(value, path);
    if (isMap(value)) {
      this.#askForFrom(value, path);
      return this.map(value, path);
    }
    return this.scalar(value, path) ?? constant(null);
  }

  #conversion(value: Readonly<Record<string, unknown>>, path: Path): Template {
    const { problems } = validate(conversionSchema, value);
    for (const { path: at, unknownKey, text } of problems) {
      const hint = {
        ru: `${text.ru} (объект с ключом from — это преобразование)`,
        en: `${text.en} (an object with the key from is a conversion)`,
      };
      this.#source.error([...path, ...at], unknownKey ? hint : text, { atKey: unknownKey });
    }
    const { as: name, max, lookup } = value;
    const { required } = value;
    const from = this.scalar(value['from'], [...path, 'from']);
    if (value['from'] === null)
      this.#source.error([...path, 'from'], {
        ru: 'from пуст: здесь нужна формула',
        en: 'from is empty: a formula is needed here',
      });
    const template: ConversionTemplate = {
      kind: 'conversion',
      from: from ?? constant(null),
      as: isConversionName(name) ? name : undefined,
      format: name === 'date' && isDateFormat(value['format']) ? value['format'] : undefined,
      max: typeof max === 'number' ? max : undefined,
      default: this.scalar(value['default'], [...path, 'default']),
      required: required === true,
      lookup: typeof lookup === 'string' ? lookup : undefined,
      otherwise: this.#otherwise(value['else'], [...path, 'else']),
    };
    this.#checkLookup(template, path);
    this.#checkFormat(template, value, path);
    if (template.lookup === undefined) this.#checkConstant(template, template.from, [...path, 'from']);
    this.#checkConstant(template, template.default, [...path, 'default']);
    return template;
  }

  #otherwise(value: unknown, path: Path): ConversionTemplate['otherwise'] {
    switch (value) {
      case undefined:
        return 'reject';
      case 'reject':
      case 'empty':
      case 'keep':
        return value;
      case null:
        return 'empty';
      default:
        return this.scalar(value, path) ?? 'reject';
    }
  }

  #checkLookup(template: ConversionTemplate, path: Path): void {
    const { lookup } = template;
    if (lookup === undefined) {
      if (template.otherwise !== 'reject' && template.otherwise !== 'empty')
        this.#source.error(
          [...path, 'else'],
          {
            ru: 'без lookup else говорит, что делать с неподходящим значением: empty — оставить пустым, reject — отказ; для отсутствующих значений есть default',
            en:
              'without lookup, else says what becomes of a value that does not fit: empty or reject; default is for ' +
              'missing values',
          },
          { atKey: true },
        );
      return;
    }
    if (this.#dictionaries.entries.has(lookup)) return;
    if (this.#dictionaries.faulty.has(lookup)) {
      const fault = this.#dictionaries.faulty.get(lookup);
      const [ru, en] =
        fault === undefined ? ['', ''] : [` (${formatFault(fault, 'ru')})`, ` (${formatFault(fault, 'en')})`];
      this.#source.error([...path, 'lookup'], {
        ru: `в файле словаря «${lookup}» есть ошибки: сначала исправьте их${ru}`,
        en: `the file of the dictionary "${lookup}" has faults: mend them first${en}`,
      });
      return;
    }
    const guess = guessed(lookup, [...this.#dictionaries.entries.keys()]);
    this.#source.error([...path, 'lookup'], {
      ru: `словаря «${lookup}» нет${guess.ru}: словари лежат в папке dictionaries рядом с маппингами (${lookup}.csv, ${lookup}.xlsx или ${lookup}.yaml)`,
      en: `there is no dictionary "${lookup}"${guess.en}: dictionaries are files in the folder dictionaries beside the mappings (${lookup}.csv, ${lookup}.xlsx or ${lookup}.yaml)`,
    });
  }

  #checkFormat(template: ConversionTemplate, value: Readonly<Record<string, unknown>>, path: Path): void {
    if (!Object.hasOwn(value, 'format') || template.format !== undefined) return;
    // Another key here is a misspelt `as`, and has a fault of its own.
    if (template.as !== 'date' && Object.keys(value).every((key) => conversionKeys.has(key)))
      this.#source.error(
        [...path, 'format'],
        { ru: 'format бывает только у as: date', en: 'format goes with as: date only' },
        { atKey: true },
      );
  }

  /** A constant can be converted here and now. */
  #checkConstant({ as: name, max }: ConversionTemplate, template: ScalarTemplate | undefined, path: Path): void {
    if (template?.kind !== 'constant' || template.value === null || template.value === '') return;
    const result = name === undefined ? undefined : convert(name, template.value, this.#zone);
    if (result?.ok === false) this.#source.error(path, result.text);
    const value: Json = result?.ok === true ? result.value : template.value;
    if (max !== undefined && String(value).length > max)
      this.#source.error(path, {
        ru: `это значение длиннее, чем max (${max})`,
        en: `this value is longer than max (${max})`,
      });
  }

  /** `{ form: =x, as: date }` is no conversion, and nobody means a set of fields by it. */
  #askForFrom(value: Readonly<Record<string, unknown>>, path: Path): void {
    const rest = Object.keys(value).filter((key) => key === 'from' || !conversionKeys.has(key));
    const { as: name, lookup } = value;
    const meant =
      (typeof name === 'string' && nearest(name, conversionNames) !== undefined) || typeof lookup === 'string';
    if (!meant || !rest.every((key) => nearest(key, ['from']) !== undefined)) return;
    const [misspelled] = rest;
    this.#source.error(
      misspelled === undefined ? path : [...path, misspelled],
      misspelled === undefined
        ? {
            ru: 'похоже на преобразование, но нет ключа from: { from: =…, as: … }',
            en: 'this looks like a conversion, but the key from is missing: { from: =…, as: … }',
          }
        : {
            ru: `неизвестный ключ «${misspelled}», возможно, «from»`,
            en: `unknown key "${misspelled}", did you mean "from"?`,
          },
      { atKey: misspelled !== undefined },
    );
  }
}
