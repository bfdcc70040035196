/**
 * Sessions of the infobase that are kept between requests (facts/1c.md 1.9). A session serves one request at a time. A
 * base that gives no cookie, as an IIS publication did, is simply used without.
 */
export class IbSessions {
  readonly #free: string[] = [];
  readonly #enabled: boolean;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  /** The headers for one request, and the cookie that it takes along. */
  take(): { readonly headers: Readonly<Record<string, string>>; readonly cookie: string | undefined } {
    if (!this.#enabled) return { headers: {}, cookie: undefined };
    const cookie = this.#free.pop();
    return cookie === undefined ? { headers: { IBSession: 'start' }, cookie } : { headers: { Cookie: cookie }, cookie };
  }

  /** After an answer: the session is free for the next request. */
  giveBack(cookie: string | undefined, setCookie: string | undefined): void {
    const fresh = /\bibsession=[^;,\s]+/.exec(setCookie ?? '')?.[0] ?? cookie;
    if (this.#enabled && fresh !== undefined) this.#free.push(fresh);
  }

  /** Every session that is free, to be ended. */
  drain(): readonly string[] {
    return this.#free.splice(0);
  }
}
