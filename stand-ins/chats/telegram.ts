import { HttpStandIn } from '../http-stand-in.ts';
import { fieldsOf, Posts } from './posts.ts';

/** What a chat of the stand-in answers in place of taking a post (facts/targets.md 2.2). */
export interface TelegramTrouble {
  readonly code: number;
  readonly description: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

/** The Bot API of one bot, as far as `sendMessage` and `getMe` go. */
export class TelegramStandIn {
  readonly posts: Posts;
  /** Chats by id that answer otherwise. */
  readonly troubles = new Map<string, TelegramTrouble>();
  readonly #http: HttpStandIn;

  private constructor(http: HttpStandIn, token: string, now?: () => number) {
    this.#http = http;
    this.posts = new Posts({ chat: 1, all: 30, group: 20 }, now);
    http.answer = ({ url, body }, response) => {
      const say = (code: number, content: object): void => {
        response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      };
      const refuse = ({ code, description, parameters }: TelegramTrouble): void =>
        say(code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });
      if (!url.startsWith(`/bot${token}/`)) {
        refuse({ code: 401, description: 'Unauthorized' });
        return;
      }
      if (url.endsWith('/getMe')) {
        say(200, { ok: true, result: { id: 1, is_bot: true } });
        return;
      }
      const fields = url.endsWith('/sendDocument') ? partsOf(body) : fieldsOf(body);
      const chat = String(fields['chat_id']);
      const words = fields['text'] ?? fields['caption'];
      const text = typeof words === 'string' ? words : '';
      const trouble = this.troubles.get(chat);
      if (trouble !== undefined) refuse(trouble);
      else if (text.length > 4096) refuse({ code: 400, description: 'Bad Request: message is too long' });
      else {
        const pause = this.posts.take(chat, text, fields);
        if (pause === undefined) say(200, { ok: true, result: { message_id: this.posts.taken.length } });
        else {
          const description = `Too Many Requests: retry after ${pause}`;
          refuse({ code: 429, description, parameters: { retry_after: pause } });
        }
      }
    };
  }

  static async start(token: string, now?: () => number): Promise<TelegramStandIn> {
    return new TelegramStandIn(await HttpStandIn.start(), token, now);
  }

  get url(): string {
    return this.#http.url;
  }

  /** Requests that arrived, posts and others. */
  get arrivals(): number {
    return this.#http.arrivals.length;
  }

  stop(): Promise<void> {
    return this.#http.stop();
  }
}

/** The fields of a multipart body whose parts are text, or nearly. */
function partsOf(body: string): Readonly<Record<string, unknown>> {
  const boundary = body.slice(0, body.indexOf('\r\n'));
  return Object.fromEntries(
    body.split(boundary).flatMap((part) => {
      const [head = '', content] = part.split(/\r\n\r\n([^]*)/);
      const name = /name="([^"]*)"/.exec(head)?.[1];
      return name === undefined || content === undefined ? [] : [[name, content.replace(/\r\n$/, '')]];
    }),
  );
}
