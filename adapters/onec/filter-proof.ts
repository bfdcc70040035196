import { RejectedError, type Text, UnavailableError } from '../../src/adapter.ts';
import { textAt } from './difference.ts';
import type { Entities } from './entities.ts';
import type { Line } from './infobase.ts';
import { guid } from './literal.ts';
import type { SetShape } from './metadata.ts';
import { isKey, sameKey } from './object-key.ts';

/** The key of no object: version 4, and nobody draws it. */
const nobody = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
/** Seconds until a base is asked again whether it has been mended. */
const askAgain = 300;

const words: Readonly<Record<'empty' | 'ignored', Text>> = {
  empty: {
    ru: '1С ничего не находит по $filter, хотя объект есть: так отвечают базы в старом режиме совместимости и прокси, которые режут параметры адреса. Людей нельзя было бы найти, и они удвоились бы, поэтому ничего не записывается. Проверьте режим совместимости конфигурации, платформу и прокси.',
    en:
      '1C finds nothing by $filter although the object is there: so answer bases in an old mode of compatibility, and ' +
      'proxies that cut parameters off. People could not be found and would be doubled, so nothing is written. See to ' +
      'the compatibility mode of the configuration, the platform, and the proxy.',
  },
  ignored: {
    ru: '1С не смотрит на $filter и отвечает чужими объектами: обычно параметры адреса теряет прокси. Нельзя было бы отличить одного человека от другого, поэтому ничего не записывается. Проверьте прокси и публикацию.',
    en:
      '1C does not heed $filter and answers with other objects: mostly a proxy loses the parameters of the address. One ' +
      'person could not be told from another, so nothing is written. See to the proxy and the publication.',
  },
};

/**
 * Whether a base heeds `$filter`: everything that keeps a person from being doubled rests on it, and one that does not
 * says nothing of it (kilylabs/odata-1c#6). Asked once, before the first record.
 */
export class FilterProof {
  readonly #entities: Entities;
  #proven = false;

  constructor(entities: Entities) {
    this.#entities = entities;
  }

  /** @throws UnavailableError for the whole target as long as the base does not heed it, or cannot be asked. */
  async before(sets: readonly SetShape[], line: Line): Promise<void> {
    if (this.#proven) return;
    const fault = await this.fault(sets, line).catch((error: unknown) => {
      // What this set refuses, the record's own requests say better.
      if (error instanceof RejectedError) return undefined;
      throw error;
    });
    if (fault !== undefined) throw new UnavailableError(fault, { retryAfter: askAgain, holds: 'target' });
  }

  /** What is wrong; undefined where nothing is, or where there is no object to look for. */
  async fault(sets: readonly SetShape[], line: Line): Promise<Text | undefined> {
    for (const set of sets.filter(({ keys }) => keys.length === 1 && keys[0] === 'Ref_Key')) {
      const key = await this.#anyKey(set, line);
      if (key === undefined) continue;
      // Whoever deletes the object in between deserves a second look.
      const kind = (await this.#fault(set, key, line)) && (await this.#again(set, line));
      this.#proven = kind === undefined;
      return kind === undefined ? undefined : words[kind];
    }
    return undefined;
  }

  async #again(set: SetShape, line: Line): Promise<keyof typeof words | undefined> {
    const key = await this.#anyKey(set, line);
    return key === undefined ? undefined : this.#fault(set, key, line);
  }

  async #anyKey(set: SetShape, line: Line): Promise<string | undefined> {
    const [object] = await this.#entities.search(set, '', line, { top: 1, select: 'Ref_Key' });
    const key = object === undefined ? '' : textAt(object, 'Ref_Key');
    return isKey(key) ? key : undefined;
  }

  async #fault(set: SetShape, key: string, line: Line): Promise<keyof typeof words | undefined> {
    const by = async (wanted: string): Promise<readonly string[]> => {
      const options = { top: 2, select: 'Ref_Key' };
      const found = await this.#entities.search(set, `Ref_Key eq ${guid(wanted)}`, line, options);
      return found.map((object) => textAt(object, 'Ref_Key'));
    };
    const found = await by(key);
    if (found.length === 0) return 'empty';
    return found.every((one) => sameKey(one, key)) && (await by(nobody)).length === 0 ? undefined : 'ignored';
  }
}
