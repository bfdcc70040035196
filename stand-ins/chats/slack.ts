import { HttpStandIn } from '../http-stand-in.ts';
import { fieldsOf, Posts } from './posts.ts';

/** The Web API and one incoming webhook, as far as posts go (facts/targets.md 3). */
export class SlackStandIn {
  readonly posts: Posts;
  /** E-mail → id of a person. */
  readonly people = new Map<string, string>();
  /** What was brought, posted or not. */
  readonly files: { readonly id: string; readonly name: string; readonly size: number; content?: string }[] = [];
  /** Channel → `error` of the answer 200. */
  readonly errors = new Map<string, string>();
  /** What the webhook answers in place of `ok`. */
  hook: { readonly status: number; readonly text: string } | undefined;
  readonly #http: HttpStandIn;

  private constructor(http: HttpStandIn, token: string, now?: () => number) {
    this.#http = http;
    this.posts = new Posts({ chat: 1, all: 100 }, now);
    http.answer = ({ url, headers, body }, response) => {
      const say = (content: object, status = 200, more: Readonly<Record<string, string>> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(content));
      };
      const { pathname, searchParams } = new URL(url, http.url);
      if (pathname.startsWith('/upload/')) {
        const file = this.files.find(({ id }) => pathname.endsWith(`/${id}`));
        if (file === undefined || headers.authorization !== undefined) return say({ ok: false }, 404);
        file.content = body;
        response.writeHead(200).end(`OK - ${body.length}`);
        return;
      }
      const fields = fieldsOf(body);
      if (pathname.startsWith('/services/')) {
        const { status, text } = this.hook ?? { status: 200, text: 'ok' };
        if (status === 200) this.posts.take('hook', String(fields['text']), fields);
        response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
        return;
      }
      if (headers.authorization !== `Bearer ${token}`) return say({ ok: false, error: 'invalid_auth' });
      if (pathname === '/api/auth.test') return say({ ok: true });
      if (pathname === '/api/users.lookupByEmail') {
        const id = this.people.get(searchParams.get('email') ?? '');
        return say(id === undefined ? { ok: false, error: 'users_not_found' } : { ok: true, user: { id } });
      }
      if (pathname === '/api/files.getUploadURLExternal') {
        const id = `F${this.files.length + 1}`;
        this.files.push({ id, name: searchParams.get('filename') ?? '', size: Number(searchParams.get('length')) });
        return say({ ok: true, file_id: id, upload_url: `http://${headers.host}/upload/v1/${id}?ticket=1` });
      }
      if (pathname === '/api/conversations.open')
        return say({ ok: true, channel: { id: `D${String(fields['users'])}` } });
      const channel = String(fields['channel'] ?? fields['channel_id']);
      const error = this.errors.get(channel);
      if (error !== undefined) return say({ ok: false, error });
      const pause = this.posts.take(channel, String(fields['text'] ?? fields['initial_comment']), fields);
      if (pause !== undefined) return say({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(pause) });
      return say({ ok: true, ts: '1.1', channel });
    };
  }

  static async start(token: string, now?: () => number): Promise<SlackStandIn> {
    return new SlackStandIn(await HttpStandIn.start(), token, now);
  }

  get url(): string {
    return this.#http.url;
  }

  get arrivals(): readonly { readonly url: string }[] {
    return this.#http.arrivals;
  }

  stop(): Promise<void> {
    return this.#http.stop();
  }
}
