import { RejectedError, type Text, UnavailableError } from '../../src/adapter.ts';
import { type Entity, textAt } from './difference.ts';
import type { Entities } from './entities.ts';
import type { Line } from './infobase.ts';
import { guid, literal } from './literal.ts';
import { own, type SetShape } from './metadata.ts';
import { isKey, sameKey } from './object-key.ts';
import { isFilled, personSet } from './person/identity-field.ts';

/** The key of no object: version 4, and nobody draws it. */
const nobody = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
/** Seconds until a base is asked again whether it has been mended. */
const askAgain = 300;

type Kind = 'empty' | 'ignored' | 'partly';

/** An object to look for, by its key and by what else is looked for with. */
interface Sample {
  readonly key: string;
  readonly also: readonly string[];
  readonly hasText: boolean;
}

const words: Readonly<Record<Kind, Text>> = {
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
  partly: {
    ru: '1С находит объект по ключу, но не по названию или дате вместе с ним: $filter понят не целиком. Людей нельзя было бы найти по имени и дню рождения, и они удвоились бы, поэтому ничего не записывается. Проверьте платформу, режим совместимости и прокси: обычно портят кавычки, кириллицу или скобки в адресе.',
    en:
      '1C finds an object by its key, but not by its name or date beside it: $filter is understood in part. People could ' +
      'not be found by name and birthday and would be doubled, so nothing is written. See to the platform, the mode of ' +
      'compatibility and the proxy: mostly quotes, Cyrillic letters or brackets of the address are spoilt.',
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
    const catalogs = sets.filter(({ keys }) => keys.length === 1 && keys[0] === 'Ref_Key');
    const people = catalogs.filter(({ name }) => name === personSet);
    // One catalog stands for all; people are found by their birthday too.
    for (const some of [catalogs, people]) {
      const found = await this.#firstFilled(some, line);
      if (found === undefined) continue;
      // Whoever deletes or renames the object in between deserves a second look.
      const kind = (await this.#fault(found.set, found.sample, line)) && (await this.#again(found.set, line));
      this.#proven = kind === undefined;
      if (kind !== undefined) return words[kind];
    }
    return undefined;
  }

  async #firstFilled(sets: readonly SetShape[], line: Line): Promise<{ set: SetShape; sample: Sample } | undefined> {
    for (const set of sets) {
      const sample = await this.#sample(set, line);
      if (sample !== undefined) return { set, sample };
    }
    return undefined;
  }

  async #again(set: SetShape, line: Line): Promise<Kind | undefined> {
    const sample = await this.#sample(set, line);
    return sample === undefined ? undefined : this.#fault(set, sample, line);
  }

  async #sample(set: SetShape, line: Line): Promise<Sample | undefined> {
    const select = sampledFields(set).join(',');
    const samples = (await this.#entities.search(set, '', line, { top: 20, select }))
      .filter((object) => isKey(textAt(object, 'Ref_Key')))
      .map((object) => sampleOf(set, object));
    return samples.toSorted((a, b) => b.also.length - a.also.length)[0];
  }

  async #fault(set: SetShape, { key, also, hasText }: Sample, line: Line): Promise<Kind | undefined> {
    const by = async (filter: string): Promise<readonly string[]> => {
      const found = await this.#entities.search(set, filter, line, { top: 2, select: 'Ref_Key' });
      return found.map((object) => textAt(object, 'Ref_Key'));
    };
    const [one, none] = [`Ref_Key eq ${guid(key)}`, `Ref_Key eq ${guid(nobody)}`];
    const found = await by(`(${none}) or (${[one, ...also].join(' and ')})`);
    if (found.length === 0) return (await by(one)).length === 0 ? 'empty' : 'partly';
    const strangers = hasText ? `(${none}) or (Description eq ${literal('Edm.String', nobody)})` : none;
    return found.every((each) => sameKey(each, key)) && (await by(strangers)).length === 0 ? undefined : 'ignored';
  }
}

/** Names that no proxy and no web server stumbles over: whether odd ones are found is not what is asked here. */
const plainName = /^[\p{L}\p{N}](?:[\p{L}\p{N} .,-]{0,58}[\p{L}\p{N}])?$/u;

function sampledFields({ fields }: SetShape): readonly string[] {
  return ['Ref_Key', 'Description', 'ДатаРождения'].filter((name) => own(fields, name) !== undefined);
}

function sampleOf(set: SetShape, object: Entity): Sample {
  const name = textAt(object, 'Description');
  const day = textAt(object, 'ДатаРождения');
  const hasText = own(set.fields, 'Description')?.type === 'Edm.String' && plainName.test(name);
  const hasDay = /^\d{4}-\d\d-\d\dT00:00:00$/.test(day) && isFilled('ДатаРождения', object);
  return {
    key: textAt(object, 'Ref_Key'),
    hasText,
    also: [
      ...(hasText ? [`Description eq ${literal('Edm.String', name)}`] : []),
      ...(hasDay ? [`ДатаРождения eq ${literal('Edm.DateTime', day)}`] : []),
    ],
  };
}
