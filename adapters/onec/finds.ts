import { RejectedError } from '../../src/adapter.ts';
import { textAt } from './difference.ts';
import type { Entities } from './entities.ts';
import type { Line } from './infobase.ts';
import { own } from './metadata.ts';
import type { PlannedFind } from './planned.ts';
import { milliseconds, type Settings } from './settings.ts';

/** What nobody means: marked for deletion, a folder, a closed division or staff position (facts/1c-zup.md 4). */
const gone = ['DeletionMark', 'IsFolder', 'Расформировано', 'Закрыта'];

/**
 * Looks up what people keep in 1C (positions, divisions) and remembers what it found for a while; what is missing is
 * asked for again.
 */
export class Finds {
  readonly #entities: Entities;
  readonly #lifetime: number;
  readonly #limit: number;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly key: string; readonly until: number }>();

  constructor(entities: Entities, settings: Settings, now: () => number) {
    this.#entities = entities;
    this.#lifetime = milliseconds(settings.finds.lifetime);
    this.#limit = settings.finds.limit;
    this.#now = now;
  }

  /** The Ref_Key of the one object, undefined when there is none. @throws RejectedError when there are several. */
  async find(find: PlannedFind, condition: string, line: Line): Promise<string | undefined> {
    const question = `${find.set.name} ${condition}`;
    const known = this.#known.get(question);
    const now = this.#now();
    // What seems to be known for longer was found before the clock was set back.
    if (known !== undefined && known.until > now && known.until <= now + this.#lifetime) return known.key;
    this.#known.delete(question);
    const asked = new Set(find.by.map(({ form }) => form.wire));
    // A key that was asked for by name may be a folder's.
    const usable = gone.filter(
      (name) =>
        own(find.set.fields, name) !== undefined && !asked.has(name) && !(name === 'IsFolder' && asked.has('Ref_Key')),
    );
    const filter = [condition, ...usable.map((name) => `${name} eq false`)].join(' and ');
    const hits = await this.#entities.search(find.set, filter, line, { top: 2, select: 'Ref_Key' });
    if (hits.length > 1) throw several(find);
    const [hit] = hits;
    if (hit === undefined) return undefined;
    this.#remember(question, textAt(hit, 'Ref_Key'));
    return textAt(hit, 'Ref_Key');
  }

  #remember(question: string, key: string): void {
    const oldest = this.#known.size >= this.#limit ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(question, { key, until: this.#now() + this.#lifetime });
  }
}

function several(find: PlannedFind): RejectedError {
  return new RejectedError({
    ru: `${find.label}: в ${find.set.name} подходит несколько объектов; уточните условие by в маппинге или оставьте в 1С один.`,
    en:
      `${find.label}: several objects of ${find.set.name} fit; make the condition in by narrower or leave one ` +
      'of them in 1C.',
  });
}

/** A find that may not come to nothing. */
export function missing(find: PlannedFind): RejectedError {
  return new RejectedError({
    ru: `${find.label}: в ${find.set.name} нет подходящего объекта (помеченные на удаление не в счёт); заведите его в 1С или поправьте маппинг и повторите доставку.`,
    en:
      `${find.label}: no object of ${find.set.name} fits (those marked for deletion do not count); add it in ` +
      '1C or mend the mapping, then retry the delivery.',
  });
}
