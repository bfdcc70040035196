import { RejectedError, type Text, UnavailableError } from '../../src/adapter.ts';
import type { Entity } from './difference.ts';
import type { Format } from './format.ts';
import type { Infobase, InfobaseRequest, Line, Reply } from './infobase.ts';
import { guid } from './literal.ts';
import { own, type SetShape } from './metadata.ts';

/** Objects in the first answer, and in each further one. */
const firstPage = 20;
const pageSize = 1000;
/** Candidates that one search may come to; no question of a hire comes near to it. */
const mostHits = 5000;

/** What a search has found; without `isWhole` the objects have the selected fields alone. */
export interface Found {
  readonly entities: readonly Entity[];
  readonly isWhole: boolean;
}

/** What of a long list is asked for and kept. */
export interface Among {
  readonly select?: string;
  readonly takes: (entity: Entity) => boolean;
}

/** How a write ended. */
export type Written =
  | { readonly kind: 'written'; readonly entity: Entity }
  /** Nothing was written. */
  | { readonly kind: 'exists' | 'absent' | 'changed' }
  | { readonly kind: 'refused'; readonly error: UnavailableError | RejectedError; readonly status: number }
  /** Perhaps it was. */
  | { readonly kind: 'doubt'; readonly reason: Text };

/**
 * Reading and writing single objects and records of one infobase in one format. There is no deleting (facts/1c.md 1.7).
 */
export class Entities {
  readonly #infobase: Infobase;
  readonly #format: Format;

  constructor(infobase: Infobase, format: Format) {
    this.#infobase = infobase;
    this.#format = format;
  }

  /** `predicate` is what stands in the brackets. @throws UnavailableError, RejectedError. */
  async read(set: SetShape, predicate: string, line: Line): Promise<Entity | undefined> {
    const summary = `GET ${set.name}`;
    const reply = await this.#send(
      { method: 'GET', path: pathOf(set, predicate), summary, query: { ...this.#format.query, $select: lean(set) } },
      line,
    );
    if (reply.verdict.kind === 'absent') return undefined;
    return answered(reply, summary, () => this.#format.readOne(reply.text));
  }

  /** @throws UnavailableError, RejectedError. */
  async search(
    set: SetShape,
    filter: string,
    line: Line,
    options: {
      readonly top: number;
      readonly select?: string | undefined;
      readonly skip?: number | undefined;
      readonly orderby?: string | undefined;
    },
  ): Promise<readonly Entity[]> {
    const summary = `GET ${set.name}?$filter`;
    const query = {
      ...this.#format.query,
      $filter: filter === '' ? undefined : filter,
      $top: options.top,
      $skip: options.skip,
      $orderby: options.orderby,
      $select: options.select ?? lean(set),
    };
    const reply = await this.#send({ method: 'GET', path: `/${set.name}`, summary, query }, line);
    return answered(reply, summary, () => this.#format.readMany(reply.text));
  }

  /**
   * Everything that fits: mostly one short answer. A longer list is asked for again in pages ordered by key, so that no
   * page hides a candidate, and then with the fields of `select` alone. However long the list, only what `among` takes
   * is kept of it: twenty thousand people may share a birthday.
   * @throws RejectedError beyond `mostHits` candidates, UnavailableError where 1C gives the same page again.
   */
  async searchAll(set: SetShape, filter: string, line: Line, among: Among = { takes: () => true }): Promise<Found> {
    const { select, takes } = among;
    const first = await this.search(set, filter, line, { top: firstPage });
    if (first.length < firstPage) return { entities: first, isWhole: true };
    const entities: Entity[] = [];
    let before = '';
    for (let skip = 0; ; skip += pageSize) {
      const options = { top: pageSize, skip: skip || undefined, orderby: set.keys[0], select };
      const page = await this.search(set, filter, line, options);
      entities.push(...page.filter(takes));
      if (page.length < pageSize) return { entities, isWhole: select === undefined };
      if (entities.length >= mostHits) throw tooMany(set);
      const begins = JSON.stringify(page[0]);
      if (begins === before) throw samePage(set);
      before = begins;
    }
  }

  /** `files` go along and are not told of: an attempt has no room for them. */
  insert(set: SetShape, entity: Entity, line: Line, files: Entity = {}): Promise<Written> {
    const request: InfobaseRequest = { method: 'POST', path: `/${set.name}`, summary: `POST ${set.name}` };
    return this.#write(request, set, entity, line, files);
  }

  /** `version` goes along as If-Match, which 1C mostly ignores: a help, no guard (facts/1c.md 0.3). */
  change(set: SetShape, predicate: string, entity: Entity, version: string, line: Line): Promise<Written> {
    const headers = version === '' ? {} : { 'If-Match': version };
    return this.#write(
      { method: 'PATCH', path: pathOf(set, predicate), summary: `PATCH ${set.name}`, headers },
      set,
      entity,
      line,
    );
  }

  /** Posts a document; real-time posting is denied for hires (facts/1c.md 1.7). The body of the answer says nothing. */
  async post(
    set: SetShape,
    key: string,
    line: Line,
  ): Promise<Exclude<Written, { kind: 'written' }> | { readonly kind: 'posted' }> {
    const path = `${pathOf(set, guid(key))}/Post`;
    const reply = await this.#send(
      { method: 'POST', path, summary: `POST ${set.name}/Post`, query: { PostingModeOperational: false } },
      line,
    );
    return reply.verdict.kind === 'done' ? { kind: 'posted' } : unwritten(reply);
  }

  async #write(
    request: InfobaseRequest,
    set: SetShape,
    entity: Entity,
    line: Line,
    files: Entity = {},
  ): Promise<Written> {
    const body = this.#format.write(set, { ...entity, ...files });
    const headers = { ...request.headers, 'Content-Type': this.#format.contentType };
    const reply = await this.#send({ ...request, query: this.#format.query, headers, body, entity }, line);
    if (reply.verdict.kind !== 'done') return unwritten(reply);
    try {
      return { kind: 'written', entity: this.#format.readOne(reply.text) };
    } catch {
      return { kind: 'doubt', reason: { ru: 'ответ об успехе нечитаем', en: 'the answer of success cannot be read' } };
    }
  }

  #send(request: InfobaseRequest, line: Line): Promise<Reply> {
    return this.#infobase.send({ ...request, headers: { Accept: this.#format.accept, ...request.headers } }, line);
  }
}

/** All but the bytes of files, where a set holds files: megabytes that nobody here looks at. */
function lean({ fields, sections }: SetShape): string | undefined {
  const names = Object.keys(fields);
  const isFile = (name: string): boolean => ['Edm.Binary', 'Edm.Stream'].includes(own(fields, name)?.type ?? '');
  if (!names.some(isFile)) return undefined;
  return [...names.filter((name) => !isFile(name)), ...Object.keys(sections)].join(',');
}

function tooMany(set: SetShape): RejectedError {
  return new RejectedError({
    ru: `${set.name}: под условие поиска подходит больше ${mostHits} объектов; уточните match в маппинге и повторите доставку.`,
    en:
      `${set.name}: more than ${mostHits} objects fit the search; make match narrower in the mapping, then ` +
      'retry the delivery.',
  });
}

/** A proxy that leaves the page out of its key, or a base that does not heed $skip: a list without end. */
function samePage(set: SetShape): UnavailableError {
  return new UnavailableError({
    ru: `GET ${set.name}?$filter: на $skip приходит одна и та же страница списка; посмотрите, не отвечает ли вместо 1С кеш или прокси.`,
    en:
      `GET ${set.name}?$filter: the same page of the list comes whatever $skip says; see whether a cache or a ` +
      'proxy answers in place of 1C.',
  });
}

function pathOf(set: SetShape, predicate: string): string {
  return `/${set.name}(${predicate})`;
}

function unwritten({ verdict }: Reply): Exclude<Written, { kind: 'written' }> {
  switch (verdict.kind) {
    case 'exists':
    case 'absent':
    case 'changed':
      return { kind: verdict.kind };
    case 'refused':
      return verdict;
    case 'doubt':
      return verdict;
    case 'done':
    case 'sessionLost':
      return { kind: 'doubt', reason: { ru: 'сеанс 1С закрыт', en: 'the session was closed by 1C' } };
  }
}

function answered<T>(reply: Reply, summary: string, read: () => T): T {
  if (reply.verdict.kind === 'refused') throw reply.verdict.error;
  try {
    if (reply.verdict.kind === 'done') return read();
  } catch (error) {
    throw strange(summary, error);
  }
  throw strange(summary, undefined);
}

function strange(summary: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    {
      ru: `${summary}: ответ не похож на OData (страница входа или прокси?); проверьте url в settings, повторим сами.`,
      en:
        `${summary}: the answer is not OData (a login page or a proxy?); check url in settings, it will be ` +
        'tried again.',
    },
    { cause },
  );
}
