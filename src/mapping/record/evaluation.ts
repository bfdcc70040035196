import type { Json, JsonObject } from '../../huntflow/json.ts';
import type { HuntflowView } from '../../huntflow/view.ts';
import type { Path } from '../../files/validation.ts';
import { CompiledFormulas } from './compiled-formulas.ts';
import { explainFields } from './explainer.ts';
import type { Explanation } from './explanation.ts';
import { FieldReader } from './field.ts';
import { defaultKey, isStorable } from './key.ts';
import { MappingFailure } from './mapping-failure.ts';
import type { MapOutcome } from './outcome.ts';
import type { Program } from './program.ts';
import type { MapTemplate, ScalarTemplate, Template } from './template.ts';

/** One mapping, ready to be applied to events: when, then key, once and the record. */
export class Evaluation {
  readonly #program: Program;
  readonly #formulas: CompiledFormulas;

  constructor(program: Program) {
    this.#program = program;
    this.#formulas = new CompiledFormulas(program.candidateLink);
  }

  async map(view: HuntflowView): Promise<MapOutcome> {
    const fields = new FieldReader(this.#program, this.#formulas, view);
    try {
      if (!(await this.#passes(fields))) return { outcome: 'skipped' };
      const key = await this.#key(fields, view);
      const once = await label(fields, this.#program.once, 'once');
      return { outcome: 'record', record: await mapOf(fields, this.#program.record, []), key, once };
    } catch (error) {
      if (!(error instanceof MappingFailure)) throw error;
      return { outcome: 'failed', text: error.text, key: await this.key(view) };
    }
  }

  /** The same once more with every field's origin; for people, so twice the work does not matter. */
  async explain(view: HuntflowView): Promise<Explanation> {
    const fields = await explainFields(new FieldReader(this.#program, this.#formulas, view), this.#program);
    return { outcome: await this.map(view), fields };
  }

  /** The key alone, for an event whose mapping failed; the default one when the formula of the key is what fails. */
  async key(view: HuntflowView): Promise<string | null> {
    try {
      return await this.#key(new FieldReader(this.#program, this.#formulas, view), view);
    } catch (error) {
      if (!(error instanceof MappingFailure)) throw error;
      return defaultKey(view);
    }
  }

  async #passes(fields: FieldReader): Promise<boolean> {
    if (this.#program.when === undefined) return true;
    const passes = await fields.scalar(this.#program.when, ['when']);
    if (typeof passes === 'boolean') return passes;
    throw new MappingFailure(
      ['when'],
      passes === null
        ? {
            ru: 'условие не дало значения: нужно true или false (проверьте поле через $exists)',
            en: 'the condition gave no value: true or false is needed (ask for the field with $exists)',
          }
        : { ru: 'условие должно дать true или false', en: 'the condition must give true or false' },
    );
  }

  async #key(fields: FieldReader, view: HuntflowView): Promise<string | null> {
    return this.#program.key === undefined ? defaultKey(view) : label(fields, this.#program.key, 'key');
  }
}

/** A text, number or boolean as text; null when there is no value. */
async function label(
  fields: FieldReader,
  template: ScalarTemplate | undefined,
  name: 'key' | 'once',
): Promise<string | null> {
  if (template === undefined) return null;
  const value = await fields.scalar(template, [name]);
  if (value === null || value === '') return null;
  if (typeof value === 'object')
    throw new MappingFailure([name], {
      ru: 'здесь нужен текст или число, а получился список или набор полей',
      en: 'a text or number is needed here, and a list or a set of fields came out',
    });
  const text = String(value);
  if (isStorable(text)) return text;
  throw new MappingFailure([name], {
    ru: 'значение длиннее 200 знаков или содержит недопустимые знаки',
    en: 'the value is longer than 200 characters or has characters that cannot be stored',
  });
}

async function valueOf(fields: FieldReader, template: Template, path: Path): Promise<Json> {
  switch (template.kind) {
    case 'constant':
    case 'formula':
      return fields.scalar(template, path);
    case 'conversion':
      return fields.conversion(template, path);
    case 'map':
      return mapOf(fields, template, path);
    case 'list': {
      const items: Json[] = [];
      for (const [index, item] of template.items.entries()) items.push(await valueOf(fields, item, [...path, index]));
      return items;
    }
  }
}

/** One field after the other: a deadline belongs to one formula at a time, and so does the blame. */
async function mapOf(fields: FieldReader, template: MapTemplate, path: Path): Promise<JsonObject> {
  const entries: [string, Json][] = [];
  for (const [key, item] of template.entries) {
    entries.push([key, item.kind === 'constant' ? item.value : await valueOf(fields, item, [...path, key])]);
  }
  return Object.fromEntries(entries);
}
