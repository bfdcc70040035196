import type { Draft } from '../api/answers.ts';

interface DraftToKeep {
  readonly text: string;
  readonly base: string | null;
  /** When the draft before was kept, null: there was none; undefined: it does not matter. */
  readonly seen: string | null | undefined;
}

/** Where a draft is kept, and what waits for a while. */
export interface DraftPlace {
  /** The draft, or the file where there is none. */
  readonly read: () => Promise<Draft>;
  /** When it was kept, ISO. */
  readonly save: (draft: DraftToKeep) => Promise<string>;
  readonly drop: () => Promise<void>;
  /** It was refused because somebody else has kept another meanwhile. */
  readonly isClash: (why: unknown) => boolean;
  /** The answer calls it off. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
}

/** How the text in the editor stands to the file and to what the service keeps. */
export type DraftStanding =
  | { readonly is: 'file' }
  | { readonly is: 'typed' }
  | { readonly is: 'kept'; readonly at: string }
  | { readonly is: 'unkept'; readonly why: unknown }
  | { readonly is: 'clash' }
  | { readonly is: 'dropped' };

/** Whoever rests for so long has his words kept; milliseconds. */
const quiet = 1000;
/** After which a service that did not keep them is asked again. */
const patience = 5000;

/** Keeps what somebody writes without being told to: leaving loses nothing, and what was dropped can be taken back. */
export class DraftKeeper {
  readonly #place: DraftPlace;
  readonly #heard = new Set<() => void>();
  #begun: Draft;
  #text: string;
  #kept: string;
  #seen: string | null | undefined;
  #standing: DraftStanding;
  #dropped: string | undefined;
  #keeping: Promise<void> | undefined;
  #callOff: (() => void) | undefined;

  constructor(begun: Draft, place: DraftPlace) {
    this.#place = place;
    this.#begun = begun;
    this.#text = begun.text;
    this.#kept = begun.text;
    this.#seen = begun.savedAt;
    this.#standing = standingOf(begun);
  }

  /** What the work on the text began with. */
  get begun(): Draft {
    return this.#begun;
  }

  get text(): string {
    return this.#text;
  }

  get standing(): DraftStanding {
    return this.#standing;
  }

  /** The service does not have what stands in the editor. */
  get isUnkept(): boolean {
    return this.#text !== this.#kept;
  }

  readonly hear = (told: () => void): (() => void) => {
    this.#heard.add(told);
    return () => this.#heard.delete(told);
  };

  write(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#stand({ is: 'typed' });
    this.#soon(quiet);
  }

  /** Until it is kept, or the standing says why it is not. */
  async keep(): Promise<void> {
    this.#callOff?.();
    this.#keeping ??= this.#save().finally(() => {
      this.#keeping = undefined;
    });
    await this.#keeping;
  }

  /** The file takes its place: its text. Throws what the service says instead. */
  async drop(): Promise<string> {
    await this.keep();
    await this.#place.drop();
    this.#dropped = this.#text;
    this.#begun = await this.#place.read();
    this.#seen = this.#begun.savedAt;
    this.#text = this.#begun.text;
    this.#kept = this.#begun.text;
    this.#stand({ is: 'dropped' });
    return this.#text;
  }

  /** The text of this tab is the one that counts. */
  insist(): void {
    this.#seen = undefined;
    void this.keep();
  }

  /** The text that was kept elsewhere is the one that counts: it. */
  async giveWay(): Promise<string> {
    this.#begun = await this.#place.read();
    this.#seen = this.#begun.savedAt;
    this.#text = this.#begun.text;
    this.#kept = this.#begun.text;
    this.#stand(standingOf(this.#begun));
    return this.#text;
  }

  /** What was dropped last is the text again. */
  takeBack(): string {
    this.write(this.#dropped ?? this.#text);
    void this.keep();
    return this.#text;
  }

  /** The text that the service had has become the file. */
  async written(): Promise<void> {
    this.#begun = await this.#place.read();
    this.#seen = this.#begun.savedAt;
    this.#kept = this.#begun.text;
    if (this.isUnkept) this.#soon(0);
    else this.#stand(standingOf(this.#begun));
  }

  async #save(): Promise<void> {
    while (this.isUnkept) {
      const text = this.#text;
      const { source, sourceHash, base } = this.#begun;
      try {
        // Who undid everything has no draft.
        const at =
          text === source && base === sourceHash
            ? await this.#place.drop()
            : await this.#place.save({ text, base, seen: this.#seen });
        this.#kept = text;
        this.#seen = at ?? null;
        if (!this.isUnkept) this.#stand(at === undefined ? { is: 'file' } : { is: 'kept', at });
      } catch (why) {
        const isClash = this.#place.isClash(why);
        this.#stand(isClash ? { is: 'clash' } : { is: 'unkept', why });
        if (!isClash) this.#soon(patience);
        return;
      }
    }
  }

  #soon(milliseconds: number): void {
    this.#callOff?.();
    this.#callOff = this.#place.after(milliseconds, () => void this.keep());
  }

  #stand(standing: DraftStanding): void {
    this.#standing = standing;
    for (const told of this.#heard) told();
  }
}

function standingOf({ savedAt }: Draft): DraftStanding {
  return savedAt === null ? { is: 'file' } : { is: 'kept', at: savedAt };
}
