import { HttpStandIn } from '../http-stand-in.ts';
import { fieldsOf, Posts } from './posts.ts';

/** A portal's incoming webhook (facts/targets.md 4). */
export class Bitrix24StandIn {
  readonly posts: Posts;
  /** E-mail → ids of employees. */
  readonly people = new Map<string, readonly string[]>();
  /** Person or dialog → status and `error`. */
  readonly errors = new Map<string, { readonly status: number; readonly error: string; readonly time?: object }>();
  readonly #http: HttpStandIn;

  private constructor(http: HttpStandIn, now?: () => number) {
    this.#http = http;
    this.posts = new Posts({ chat: 50, all: 50 }, now);
    http.answer = ({ url, body }, response) => {
      const say = (status: number, content: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      };
      const fields = fieldsOf(body);
      if (!url.startsWith('/rest/1/secret')) return say(401, { error: 'NO_AUTH_FOUND', error_description: 'no' });
      if (url.endsWith('/user.current')) return say(200, { result: { ID: '1' } });
      if (url.endsWith('/user.get')) {
        const filter = fieldsOf(JSON.stringify(fields['FILTER']));
        return say(200, { result: (this.people.get(String(filter['EMAIL'])) ?? []).map((ID) => ({ ID })) });
      }
      const chat = String(fields['USER_ID'] ?? fields['DIALOG_ID']);
      const error = this.errors.get(chat);
      if (error !== undefined) {
        return say(error.status, {
          error: error.error,
          error_description: 'no',
          ...(error.time && { time: error.time }),
        });
      }
      this.posts.take(chat, String(fields['MESSAGE']), fields);
      return say(200, { result: this.posts.taken.length });
    };
  }

  static async start(now?: () => number): Promise<Bitrix24StandIn> {
    return new Bitrix24StandIn(await HttpStandIn.start(), now);
  }

  get webhook(): string {
    return `${this.#http.url}/rest/1/secret/`;
  }

  stop(): Promise<void> {
    return this.#http.stop();
  }
}
