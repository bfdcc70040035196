import type { Path } from '../../files/validation.ts';
import { isConversion, isMap } from '../record/template.ts';
import type { Preset } from './preset.ts';

/** A preset with its parameters filled in. */
export interface Expansion {
  /** `on`, `when`, `key`, `once`, `record`, as a mapping file would have them. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Where each parameter's value has gone to, as it is. */
  readonly origins: readonly Origin[];
  /** Formulas that parameters have become a part of. */
  readonly composed: readonly Path[];
  /** Parameters given as conversions that stand inside of a formula, where only a formula can stand. */
  readonly misplaced: ReadonlySet<string>;
}

interface Origin {
  readonly path: Path;
  readonly parameter: string;
}

/** A parameter and nothing else, or another one where the first has no value. */
const alone = /^=\s*\$with\.([A-Za-z]+)(?:\s*\?\?\s*\$with\.([A-Za-z]+))?\s*$/;
const within = /\$with\.([A-Za-z]+)/;

/** `values`: what the mapping gives, defaults included; a parameter without a value leaves its places empty. */
export function expand(preset: Preset, values: ReadonlyMap<string, unknown>): Expansion {
  const filler = new Filler(values);
  const content = Object.entries(preset.content).map(([key, value]) => [key, filler.filled(value, [key])] as const);
  return {
    content: Object.fromEntries(content),
    origins: filler.origins,
    composed: filler.composed,
    misplaced: filler.misplaced,
  };
}

class Filler {
  readonly origins: Origin[] = [];
  readonly composed: Path[] = [];
  readonly misplaced = new Set<string>();
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  filled(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return value.startsWith('=') ? this.#formula(value, path) : value;
    if (Array.isArray(value))
      return value
        .filter(
          (item: unknown) => !isMap(item) || typeof item['if'] !== 'string' || this.#values.get(item['if']) === true,
        )
        .map((item: unknown, index) => this.filled(item, [...path, index]));
    if (isConversion(value)) return this.#conversion(value, path);
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) =>
        key === 'if' ? [] : [[key, this.filled(item, [...path, key])] as const],
      ),
    );
  }

  #formula(value: string, path: Path): unknown {
    const [, first, second] = alone.exec(value) ?? [];
    if (first !== undefined) {
      const parameter = second !== undefined && (this.#values.get(first) ?? null) === null ? second : first;
      this.origins.push({ path, parameter });
      return structuredClone(this.#values.get(parameter) ?? null);
    }
    if (within.test(value)) this.composed.push(path);
    return value.replaceAll(new RegExp(within, 'g'), (_, name: string) => this.#term(name));
  }

  /** A conversion given for `from` keeps what it has, and goes on through what the preset does to the value. */
  #conversion(value: Readonly<Record<string, unknown>>, path: Path): unknown {
    const from = this.filled(value['from'], [...path, 'from']);
    if (from === null || from === undefined) return null;
    const { from: _, ...rest } = value;
    return isConversion(from) ? { ...from, ...rest } : { from, ...rest };
  }

  /** As JSONata; `()` is no value, and unlike null it joins to nothing. */
  #term(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return '()';
    if (isMap(value)) this.misplaced.add(name);
    if (typeof value === 'string' && value.startsWith('='))
      return /^=[\w.]+$/.test(value) ? value.slice(1) : `(${value.slice(1)})`;
    return JSON.stringify(typeof value === 'string' && /^'+=/.test(value) ? value.slice(1) : value);
  }
}
