import { performance } from 'node:perf_hooks';
import { setImmediate as breathe } from 'node:timers/promises';
import { Metadata } from './metadata.ts';
import { attributeOf, Tags } from './metadata-tags.ts';
import { TypeDraft, type TypeTags } from './type-draft.ts';
import { Words } from './words.ts';

/**
 * Bytes that are looked at without a look at the clock. Their text has to fit among V8's young objects: pieces of 64 KB
 * live longer than their use and cost 40 MB at 45 MB of description (measured).
 */
const pieceSize = 16 * 1024;
/** Milliseconds of work before others get the event loop. */
const stretch = 10;

/**
 * Reads `$metadata` (UTF-8) as it comes: 15 MB of a whole ЗУП are reported, 45 MB must neither hold anybody up nor fill
 * the memory (facts/1c-zup.md 6), so the document is never there as a whole.
 * @throws Error when it is no EDMX document, or not all of it; whatever the source throws.
 */
export async function readMetadata(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Metadata> {
  const reader = new MetadataReader();
  let since = performance.now();
  for await (const chunk of source)
    for (let at = 0; at < chunk.length; at += pieceSize) {
      reader.take(chunk.subarray(at, at + pieceSize));
      if (performance.now() - since < stretch) continue;
      await breathe();
      since = performance.now();
    }
  return reader.end();
}

interface OpenType extends TypeTags {
  readonly into: Map<string, TypeDraft>;
  readonly name: string;
}

class MetadataReader {
  readonly #decoder = new TextDecoder();
  readonly #tags = new Tags((name, text) => this.#take(name, text));
  readonly #words = new Words();
  readonly #ends = new Map<number, number>();
  readonly #types = new Map<string, TypeDraft>();
  readonly #rows = new Map<string, TypeDraft>();
  readonly #sets = new Map<string, string>();
  #open: OpenType | undefined;
  #association = 0;
  #stage: 'before' | 'within' | 'after' = 'before';

  take(bytes: Uint8Array): void {
    this.#tags.read(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): Metadata {
    if (this.#stage === 'before') throw new Error(notEdmx);
    if (this.#stage === 'within') throw new Error('an EDMX document without its end');
    return new Metadata({ sets: this.#sets, types: this.#types, rows: this.#rows });
  }

  #take(tag: string, text: string): void {
    const word = (attribute: string): number => this.#words.id(bare(attributeOf(text, attribute)));
    const { keys, properties, ways } = this.#open ?? nowhere;
    switch (tag) {
      case 'Property':
        return void properties?.push(word('Name'), word('Type'), Number(attributeOf(text, 'MaxLength')));
      case 'PropertyRef':
        return void keys?.push(word('Name'));
      case 'NavigationProperty':
        return void ways?.push(word('Name'), endOf(word('Relationship'), word('ToRole')));
      case 'EntityType':
        return this.#begin(this.#types, attributeOf(text, 'Name'));
      case 'ComplexType':
        return this.#begin(this.#rows, attributeOf(text, 'Name'));
      case '/EntityType':
      case '/ComplexType':
        return this.#close();
      case 'Association':
        this.#association = word('Name');
        return;
      case 'End':
        return void this.#ends.set(endOf(this.#association, word('Role')), word('Type'));
      case 'EntitySet':
        return void this.#sets.set(
          this.#words.kept(attributeOf(text, 'Name')),
          this.#words.kept(bare(attributeOf(text, 'EntityType'))),
        );
      default:
        return this.#frame(tag);
    }
  }

  #begin(into: OpenType['into'], name: string): void {
    this.#close();
    this.#open = { into, name: this.#words.kept(name), keys: [], properties: [], ways: [] };
  }

  #close(): void {
    if (this.#open !== undefined)
      this.#open.into.set(this.#open.name, new TypeDraft(this.#words, this.#ends, this.#open));
    this.#open = undefined;
  }

  #frame(tag: string): void {
    if (tag === '/Edmx') {
      this.#close();
      this.#stage = 'after';
    }
    if (this.#stage !== 'before' || tag.startsWith('?') || tag.startsWith('!')) return;
    if (tag !== 'Edmx') throw new Error(notEdmx);
    this.#stage = 'within';
  }
}

const nowhere: Partial<TypeTags> = {};
const notEdmx = 'not an EDMX document';

function bare(name: string): string {
  return name.startsWith('StandardODATA.') ? name.slice('StandardODATA.'.length) : name;
}

/** The role of an association, in one number: a base has tens of thousands of them. */
function endOf(association: number, role: number): number {
  return association * 2 ** 24 + role;
}
