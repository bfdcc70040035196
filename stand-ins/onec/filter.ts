import { Refused } from './refused.ts';
import { type FieldModel, type SetModel, wireFields } from './shape.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Stored = Readonly<Record<string, unknown>>;

/** A value of an expression; `type` is what comparison heeds: a bare guid never equals a reference of several types. */
interface Value {
  readonly type: 'string' | 'guid' | 'date' | 'number' | 'boolean' | 'typed';
  readonly value: string | number | boolean;
}

type Term = (row: Stored) => Value;
type Fields = Readonly<Record<string, FieldModel>>;

/** How the database compares texts. */
export interface Comparing {
  readonly ignoresCase: boolean;
  readonly likePatterns: boolean;
}

/** Compiles `$filter` (facts/1c.md 1.6). @throws Refused with code 14. */
export function compileFilter(text: string, set: SetModel, how: Comparing): (row: Stored) => boolean {
  const parser = new FilterParser(tokensOf(text), set, how);
  const term = parser.either(set.fields, '');
  parser.end();
  return (row) => term(row).value === true;
}

class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #set: SetModel;
  readonly #how: Comparing;
  #at = 0;

  constructor(tokens: readonly Token[], set: SetModel, how: Comparing) {
    this.#how = how;
    this.#tokens = tokens;
    this.#set = set;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw bad();
  }

  either(fields: Fields, alias: string): Term {
    let left = this.#both(fields, alias);
    while (this.#take('or')) {
      const [a, b] = [left, this.#both(fields, alias)];
      left = (row) => truth(a(row).value === true || b(row).value === true);
    }
    return left;
  }

  #both(fields: Fields, alias: string): Term {
    let left = this.#compared(fields, alias);
    while (this.#take('and')) {
      const [a, b] = [left, this.#compared(fields, alias)];
      left = (row) => truth(a(row).value === true && b(row).value === true);
    }
    return left;
  }

  #compared(fields: Fields, alias: string): Term {
    if (this.#take('not')) {
      const term = this.#compared(fields, alias);
      return (row) => truth(term(row).value !== true);
    }
    const left = this.#term(fields, alias);
    const operator = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'].find((word) => this.#take(word));
    if (operator === undefined) return left;
    const right = this.#term(fields, alias);
    return (row) => truth(compare(operator, this.#folded(left(row)), this.#folded(right(row))));
  }

  #term(fields: Fields, alias: string): Term {
    if (this.#take('(')) {
      const inner = this.either(fields, alias);
      this.#must(')');
      return inner;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined) throw bad();
    this.#at += 1;
    switch (token.kind) {
      case 'guid':
        return constant({ type: 'guid', value: token.text.toLowerCase() });
      case 'datetime':
        return constant({ type: 'date', value: token.text });
      case 'string':
        return constant({ type: 'string', value: token.text });
      case 'number':
        return constant({ type: 'number', value: Number(token.text) });
      case 'mark':
        throw bad();
      case 'word':
        return this.#word(token.text, fields, alias);
    }
  }

  #word(word: string, fields: Fields, alias: string): Term {
    if (word === 'true' || word === 'false') return constant({ type: 'boolean', value: word === 'true' });
    if (this.#take('(')) return this.#function(word, fields, alias);
    if (word === alias) {
      this.#must('/');
      return this.#field(this.#name(), fields);
    }
    const columns = Object.hasOwn(this.#set.sections, word) ? this.#set.sections[word] : undefined;
    return columns !== undefined && this.#take('/') ? this.#lambda(word, columns) : this.#field(word, fields);
  }

  #lambda(section: string, columns: Fields): Term {
    const all = this.#name() === 'all';
    this.#must('(');
    const alias = this.#name();
    this.#must(':');
    const inner = this.either(columns, alias);
    this.#must(')');
    return (row) => {
      const rows = rowsIn(row[section]);
      return truth(
        all ? rows.every((one) => inner(one).value === true) : rows.some((one) => inner(one).value === true),
      );
    };
  }

  #function(name: string, fields: Fields, alias: string): Term {
    const first = this.#term(fields, alias);
    this.#must(',');
    const second = this.#term(fields, alias);
    this.#must(')');
    const text = (term: Term, row: Stored): string => String(this.#folded(term(row)).value);
    switch (name) {
      case 'substringof':
        return (row) =>
          truth(
            this.#how.likePatterns
              ? like(text(first, row)).test(text(second, row))
              : text(second, row).includes(text(first, row)),
          );
      case 'startswith':
        return (row) => truth(text(first, row).startsWith(text(second, row)));
      case 'endswith':
        return (row) => truth(text(first, row).endsWith(text(second, row)));
      case 'cast':
        return (row) => ({ type: 'typed', value: `${text(first, row)} StandardODATA.${text(second, row)}` });
      default:
        throw bad();
    }
  }

  #folded(value: Value): Value {
    return this.#how.ignoresCase && value.type === 'string'
      ? { ...value, value: String(value.value).toLowerCase() }
      : value;
  }

  #field(name: string, fields: Fields): Term {
    const field = wireFields(fields).find((one) => one.name === name);
    if (field === undefined) throw bad();
    if (field.model.type === 'composite')
      return (row) => ({ type: 'typed', value: `${String(row[name])} ${String(row[`${name}_Type`])}` });
    const type =
      (
        {
          'Edm.Guid': 'guid',
          'Edm.DateTime': 'date',
          'Edm.Boolean': 'boolean',
          'Edm.Int64': 'number',
          'Edm.Double': 'number',
        } as const
      )[field.edm] ?? 'string';
    return (row) => {
      const value = row[name];
      if (type === 'number') return { type, value: Number(value) };
      // Trailing spaces of fixed-length texts do not count in a comparison.
      return { type, value: typeof value === 'boolean' ? value : typeof value === 'string' ? value.trimEnd() : '' };
    };
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word') throw bad();
    this.#at += 1;
    return token.text;
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token !== undefined && (token.kind === 'word' || token.kind === 'mark') && token.text === text;
    if (found) this.#at += 1;
    return found;
  }

  #must(text: string): void {
    if (!this.#take(text)) throw bad();
  }
}

function compare(operator: string, a: Value, b: Value): boolean {
  // Without cast the result is empty, and no error (facts/1c.md 1.6).
  if (a.type !== b.type) return false;
  switch (operator) {
    case 'eq':
      return a.value === b.value;
    case 'ne':
      return a.value !== b.value;
    case 'gt':
      return a.value > b.value;
    case 'ge':
      return a.value >= b.value;
    case 'lt':
      return a.value < b.value;
    default:
      return a.value <= b.value;
  }
}

/** ПОДОБНО: `%` any text, `_` any character, `[…]` one of these, `[^…]` none of them. */
function like(pattern: string): RegExp {
  const parts = pattern.split(/(%|_|\[\^?[^\]]+\])/).map((part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    if (/^\[\^?[^\]]+\]$/.test(part)) return part.replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  });
  return new RegExp(parts.join(''), 's');
}

function constant(value: Value): Term {
  return () => value;
}

function truth(value: boolean): Value {
  return { type: 'boolean', value };
}

function rowsIn(value: unknown): Stored[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((row): row is Stored => typeof row === 'object' && row !== null);
}

function bad(): Refused {
  return new Refused(400, '14', 'Error parsing $filter query option');
}
