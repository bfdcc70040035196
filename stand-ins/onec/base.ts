import { randomUUID } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import type { Configuration } from './configuration.ts';
import type { Stored } from './filter.ts';
import { Refused } from './refused.ts';
import { emptyOf, type FieldModel, isObject, keyNames, type SetModel, type WireField, wireFields } from './shape.ts';

/** Something the base did without a word; tests hold what the adapter reports against this list. */
export interface SilentDeed {
  readonly set: string;
  readonly key: string;
  readonly field: string;
  readonly what: 'cut' | 'dropped';
}

/** The infobase itself: objects in memory, written the way 1C writes them (facts/1c.md 1.7). */
export class Base {
  readonly sets: ReadonlyMap<string, SetModel>;
  readonly silent: SilentDeed[] = [];
  readonly behaviour: Behaviour;
  readonly #configuration: Configuration<Base>;
  readonly #rows = new Map<string, Map<string, Record<string, unknown>>>();
  #version = 0;

  constructor(configuration: Configuration<Base>, behaviour: Behaviour) {
    this.sets = new Map(configuration.sets.map((set) => [set.name, set]));
    this.#configuration = configuration;
    this.behaviour = behaviour;
    configuration.seed(this);
  }

  all(set: string): Stored[] {
    return [...this.#rowsOf(set).values()];
  }

  /** Undefined when there is none; a register's key has all its parts. */
  find(set: SetModel, key: Readonly<Record<string, string>>): Stored | undefined {
    return this.#rowsOf(set.name).get(idOf(set, key));
  }

  /** What people have typed in: its key is given, whatever the base does with the keys of clients. */
  add(set: SetModel, values: Stored): Stored {
    return this.create(set, values, true);
  }

  create(set: SetModel, body: Stored, keepsKeys = this.behaviour.keepsKeys): Stored {
    const row = this.#blank(set);
    if (!isObject(set)) return this.#createRecord(set, row, body);
    const wanted = body['Ref_Key'];
    const key = keepsKeys && typeof wanted === 'string' && wanted !== '' ? wanted.toLowerCase() : randomUUID();
    if (this.#rowsOf(set.name).has(key)) throw new Refused(400, '15', 'Сущность с таким ключом уже существует');
    row['Ref_Key'] = key;
    if ('Code' in row) row['Code'] = String(this.#rowsOf(set.name).size + 1).padStart(9, '0');
    if (set.kind === 'document') row['Number'] = String(this.#rowsOf(set.name).size + 1).padStart(11, '0');
    this.#write(set, row, body);
    this.#rowsOf(set.name).set(key, row);
    return row;
  }

  #createRecord(set: SetModel, row: Record<string, unknown>, body: Stored): Stored {
    this.#write(set, row, body);
    const id = idOf(set, row);
    if (this.#rowsOf(set.name).has(id))
      throw new Refused(400, this.behaviour.repeatedRecordCode, 'Запись с такими ключевыми полями уже существует');
    this.#rowsOf(set.name).set(id, row);
    return row;
  }

  change(set: SetModel, key: Readonly<Record<string, string>>, body: Stored, ifMatch: string | undefined): Stored {
    const row = this.#rowsOf(set.name).get(idOf(set, key));
    if (row === undefined) throw new Refused(404, '9', 'Entity instance not found');
    if (this.behaviour.heedsIfMatch && ifMatch !== undefined && ifMatch !== row['DataVersion'])
      throw new Refused(412, '', 'Версия данных не совпадает');
    const changed = structuredClone(row);
    this.#write(set, changed, body);
    if (changed['DeletionMark'] === true && changed['Posted'] === true) this.#setPosted(set, changed, false);
    this.#rowsOf(set.name).set(idOf(set, key), changed);
    return changed;
  }

  post(set: SetModel, key: Readonly<Record<string, string>>, mode: string | null): Stored {
    const row = this.#rowsOf(set.name).get(idOf(set, key));
    if (row === undefined) throw new Refused(404, '9', 'Entity instance not found');
    if (mode === null) throw new Refused(400, '12', 'Не задан обязательный аргумент PostingModeOperational');
    if (mode !== 'false') throw new Refused(500, '-1', 'Оперативное проведение документа запрещено');
    if (row['DeletionMark'] === true) throw new Refused(500, '-1', 'Нельзя провести документ, помеченный на удаление');
    this.#setPosted(set, row, true);
    this.#bump(row);
    return row;
  }

  unpost(set: SetModel, key: Readonly<Record<string, string>>): Stored {
    const row = this.#rowsOf(set.name).get(idOf(set, key));
    if (row === undefined) throw new Refused(404, '9', 'Entity instance not found');
    this.#setPosted(set, row, false);
    this.#bump(row);
    return row;
  }

  #setPosted(set: SetModel, row: Record<string, unknown>, posted: boolean): void {
    row['Posted'] = posted;
    if (this.behaviour.configurationLogic) this.#configuration.onPosting(this, set, row, posted);
  }

  /** A record of a register or constant as the configuration itself keeps it, instead of the one with the same key. */
  put(name: string, values: Stored): void {
    const set = this.sets.get(name);
    if (set === undefined) return;
    const row = { ...this.#blank(set), ...values };
    this.#rowsOf(name).set(idOf(set, row), row);
  }

  discard(name: string, which: (row: Stored) => boolean): void {
    for (const [id, row] of this.#rowsOf(name)) if (which(row)) this.#rowsOf(name).delete(id);
  }

  /** What a person does in the 1C client, past the interface. */
  edit(set: string, key: string, values: Stored): void {
    const row = this.#rowsOf(set).get(key);
    if (row === undefined) throw new Error(`no ${set} ${key}`);
    Object.assign(row, values);
    this.#bump(row);
  }

  remove(set: string, key: string): void {
    this.#rowsOf(set).delete(key);
  }

  #rowsOf(set: string): Map<string, Record<string, unknown>> {
    const rows = this.#rows.get(set) ?? new Map<string, Record<string, unknown>>();
    this.#rows.set(set, rows);
    return rows;
  }

  #blank(set: SetModel): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    for (const field of wireFields(set.fields)) row[field.name] = emptyOf(field);
    for (const section of Object.keys(set.sections)) row[section] = [];
    return row;
  }

  #write(set: SetModel, row: Record<string, unknown>, body: Stored): void {
    const silent: SilentDeed[] = [];
    const notes = (field: string, what: SilentDeed['what']): void => {
      silent.push({ set: set.name, key: typeof row['Ref_Key'] === 'string' ? row['Ref_Key'] : '', field, what });
    };
    for (const field of wireFields(set.fields)) {
      if (['Ref_Key', 'DataVersion', 'Posted'].includes(field.name) || !Object.hasOwn(body, field.name)) continue;
      if (this.behaviour.ignores.includes(`${set.name}.${field.name}`)) notes(field.name, 'dropped');
      else row[field.name] = stored(field, body[field.name], () => notes(field.name, 'cut'));
    }
    for (const [name, columns] of Object.entries(set.sections))
      if (Object.hasOwn(body, name)) row[name] = rowsOf(name, columns, body[name], row['Ref_Key'], notes);
    const sent = wireFields(set.fields).filter(({ name }) => Object.hasOwn(body, name));
    const asSent = new Map(sent.map(({ name }) => [name, row[name]]));
    if (this.behaviour.configurationLogic) this.#configuration.beforeWrite(this, set, row);
    for (const { name } of sent) if (row[name] !== asSent.get(name)) notes(name, 'dropped');
    for (const field of wireFields(set.fields))
      if (this.behaviour.mandatory.includes(`${set.name}.${field.name}`) && row[field.name] === emptyOf(field))
        throw new Refused(500, '-1', `Поле "${synonymOf(field.name)}" не заполнено`);
    this.#bump(row);
    this.silent.push(...silent);
  }

  /** A new version at every write, also at one that changes nothing. */
  #bump(row: Record<string, unknown>): void {
    if (!('DataVersion' in row)) return;
    this.#version += 1;
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(this.#version, 0);
    row['DataVersion'] = bytes.toString('base64');
  }
}

function idOf(set: SetModel, key: Stored): string {
  return !isObject(set)
    ? keyNames(set)
        .map((name) => String(key[name]))
        .join('|')
    : String(key['Ref_Key']).toLowerCase();
}

/** `ГруппаДоступа_Key` as people see it: «Группа доступа». */
function synonymOf(name: string): string {
  const words = name.replace(/_Key$/, '').split(/(?=\p{Lu}\p{Ll})/u);
  return words.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(' ');
}

/** A section is replaced whole; a row without LineNumber breaks the server (facts/1c.md 1.7). */
function rowsOf(
  section: string,
  columns: Readonly<Record<string, FieldModel>>,
  value: unknown,
  owner: unknown,
  notes: (field: string, what: SilentDeed['what']) => void,
): Stored[] {
  if (value === '') return []; // an empty collection of Atom
  if (!Array.isArray(value))
    throw new Refused(
      500,
      '-1',
      'Произошла внутренняя ошибка OData сервиса. Дополнительные сведения можно найти в технологическом журнале',
    );
  return value.map((given: unknown, at): Stored => {
    const cells: Stored = typeof given === 'object' && given !== null ? { ...given } : {};
    if (!Object.hasOwn(cells, 'LineNumber'))
      throw new Refused(
        500,
        '-1',
        'Произошла внутренняя ошибка OData сервиса. Дополнительные сведения можно найти в технологическом журнале',
      );
    const row: Record<string, unknown> = { Ref_Key: owner, LineNumber: String(at + 1) };
    for (const field of wireFields(columns)) {
      row[field.name] = Object.hasOwn(cells, field.name)
        ? stored(field, cells[field.name], () => notes(`${section}[${at + 1}].${field.name}`, 'cut'))
        : emptyOf(field);
    }
    return row;
  });
}

/** The value as the base keeps it: typed or refused, texts cut to length. */
function stored(field: WireField, value: unknown, onCut: () => void): unknown {
  if (value === null || value === undefined) return emptyOf(field);
  if (typeof value === 'object')
    throw new Refused(
      500,
      '-1',
      'Произошла внутренняя ошибка OData сервиса. Дополнительные сведения можно найти в технологическом журнале',
    );
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const unreadable = (): Refused =>
    new Refused(400, '1', `Не удалось разобрать строку '${text}' как значение типа ${field.edm}!`);
  switch (field.edm) {
    case 'Edm.Guid':
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) throw unreadable();
      return text.toLowerCase();
    case 'Edm.Boolean':
      if (text !== 'true' && text !== 'false') throw unreadable();
      return text === 'true';
    case 'Edm.DateTime':
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) throw unreadable();
      return text;
    case 'Edm.Binary':
      if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) throw unreadable();
      return text;
    case 'Edm.Int64':
      if (!/^-?\d+$/.test(text)) throw unreadable();
      return text;
    case 'Edm.Double':
      if (Number.isNaN(Number(text))) throw unreadable();
      return Number(text);
    default: {
      const { length, fixed } = field.model;
      if (length !== undefined && text.length > length) onCut();
      const cut = length === undefined ? text : text.slice(0, length);
      return fixed === true && length !== undefined ? cut.padEnd(length) : cut;
    }
  }
}
