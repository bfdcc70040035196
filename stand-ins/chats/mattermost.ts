import { HttpStandIn } from '../http-stand-in.ts';
import { fieldsOf, Posts } from './posts.ts';

/** Posts by the API with a bot's token, and one incoming webhook (facts/targets.md 4). */
export class MattermostStandIn {
  readonly posts: Posts;
  /** E-mail → id of a person. */
  readonly people = new Map<string, string>();
  /** Channel → status and error id. */
  readonly errors = new Map<string, { readonly status: number; readonly id: string }>();
  /** What was brought, posted or not. */
  readonly files: { readonly id: string; readonly channel: string; readonly name: string; readonly content: string }[] =
    [];
  readonly #pending = new Map<string, { readonly id: string; readonly at: number }>();
  readonly #http: HttpStandIn;

  private constructor(http: HttpStandIn, token: string, now: () => number = Date.now) {
    this.#http = http;
    this.posts = new Posts({ chat: 100, all: 100 }, now);
    http.answer = ({ url, headers, body }, response) => {
      const say = (status: number, content: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      };
      const refuse = (status: number, id: string): void => say(status, { id, message: 'no', status_code: status });
      if (url.startsWith('/hooks/')) {
        const fields = fieldsOf(body);
        const error = this.errors.get(String(fields['channel']));
        if (error !== undefined) return refuse(error.status, error.id);
        this.posts.take('channel' in fields ? String(fields['channel']) : 'hook', String(fields['text']), fields);
        response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
        return;
      }
      if (headers.authorization !== `Bearer ${token}`) return refuse(401, 'api.context.session_expired.app_error');
      if (url === '/api/v4/users/me') return say(200, { id: 'bot' });
      if (url.startsWith('/api/v4/users/email/')) {
        const id = this.people.get(decodeURIComponent(url.slice('/api/v4/users/email/'.length)));
        return id === undefined ? refuse(404, 'app.user.missing_account.const') : say(200, { id });
      }
      if (url === '/api/v4/channels/direct') return say(201, { id: `direct-${body.replace(/\W+/g, '-')}` });
      if (url === '/api/v4/files') {
        void new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } })
          .formData()
          .then(async (form) => {
            const file = form.get('files');
            const channel = form.get('channel_id');
            if (!(file instanceof File) || typeof channel !== 'string')
              return refuse(400, 'api.file.upload_file.no_files.app_error');
            const id = `file-${this.files.length + 1}`;
            this.files.push({
              id,
              channel,
              name: file.name,
              content: await file.text(),
            });
            return say(201, { file_infos: [{ id, name: file.name }], client_ids: [] });
          });
        return;
      }
      const fields = fieldsOf(body);
      const channel = String(fields['channel_id']);
      const error = this.errors.get(channel);
      if (error !== undefined) return refuse(error.status, error.id);
      // The same pending_post_id returns the first post, for 30 s.
      const key = String(fields['pending_post_id']);
      const known = this.#pending.get(key);
      if (known !== undefined && now() - known.at < 30_000) return say(201, { id: known.id });
      this.posts.take(channel, String(fields['message']), fields);
      const id = `post-${this.posts.taken.length}`;
      this.#pending.set(key, { id, at: now() });
      return say(201, { id });
    };
  }

  static async start(token: string, now?: () => number): Promise<MattermostStandIn> {
    return new MattermostStandIn(await HttpStandIn.start(), token, now);
  }

  get url(): string {
    return this.#http.url;
  }

  stop(): Promise<void> {
    return this.#http.stop();
  }
}
