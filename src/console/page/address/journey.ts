/** What it needs of a browser. */
export interface Wayside {
  readonly location: { readonly href: string };
  readonly history: {
    readonly state: unknown;
    go(by: number): void;
    pushState(state: unknown, unused: string, address?: string): void;
    replaceState(state: unknown, unused: string, address?: string): void;
  };
}

export interface Going {
  /** Back does not come here again. */
  readonly instead?: boolean;
  /** What was typed here is sent: nobody has to be asked. */
  readonly done?: boolean;
}

/**
 * Where the page stands and how it moves on. While somebody has typed what nobody has sent, links as well as Back and
 * Forward wait for his answer; the browser tells of the latter when it has moved already, so it is sent back first.
 */
export class Journey {
  readonly #window: Wayside;
  readonly #heard = new Set<() => void>();
  readonly #unsent = new Set<object>();
  #shown: string;
  /** Entries of the history since the page was loaded. */
  #at: number;
  #returning = false;
  #asked: (() => void) | undefined;

  constructor(window: Wayside) {
    this.#window = window;
    this.#shown = window.location.href;
    this.#at = this.#placeOf() ?? 0;
    if (this.#placeOf() === undefined) window.history.replaceState({ at: 0 }, '');
  }

  /** The address of what is shown. */
  get address(): string {
    return this.#shown;
  }

  /** Somebody wants to leave what is not sent, and has to say so. */
  get isAsked(): boolean {
    return this.#asked !== undefined;
  }

  readonly hear = (told: () => void): (() => void) => {
    this.#heard.add(told);
    return () => this.#heard.delete(told);
  };

  /** Until the answer is called, nobody leaves unasked. */
  stay(): () => void {
    const unsent = {};
    this.#unsent.add(unsent);
    return () => this.#unsent.delete(unsent);
  }

  go(address: string, { instead = false, done = false }: Going = {}): void {
    if (done) this.#unsent.clear();
    const move = (): void => {
      const { history } = this.#window;
      if (!instead) this.#at += 1;
      if (instead) history.replaceState({ at: this.#at }, '', address);
      else history.pushState({ at: this.#at }, '', address);
      this.#show();
    };
    if (this.#unsent.size > 0) this.#ask(move);
    else move();
  }

  /** The browser has moved by itself. */
  moved(): void {
    if (this.#returning) {
      this.#returning = false;
      return;
    }
    const at = this.#placeOf() ?? this.#at;
    const by = at - this.#at;
    if (this.#unsent.size > 0 && by !== 0) {
      this.#returning = true;
      this.#window.history.go(-by);
      this.#ask(() => this.#window.history.go(by));
      return;
    }
    this.#at = at;
    this.#show();
  }

  leave(): void {
    const leave = this.#asked;
    this.#unsent.clear();
    this.remain();
    leave?.();
  }

  remain(): void {
    this.#asked = undefined;
    this.#tell();
  }

  #ask(leave: () => void): void {
    this.#asked = leave;
    this.#tell();
  }

  #show(): void {
    this.#shown = this.#window.location.href;
    this.#tell();
  }

  #tell(): void {
    for (const told of this.#heard) told();
  }

  /** Undefined: an entry that is not ours. */
  #placeOf(): number | undefined {
    const { state } = this.#window.history;
    if (typeof state !== 'object' || state === null || !('at' in state)) return undefined;
    return typeof state.at === 'number' ? state.at : undefined;
  }
}
