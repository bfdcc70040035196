import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, type Reply, type Request } from './answer.ts';
import { Base } from './base.ts';
import { type Behaviour, type Trouble, type TroubleAsked, usualBehaviour } from './behaviour.ts';
import { errorText, gatewayHtml, lockMessage, loginHtml, poolXml, Refused } from './refused.ts';
import { Sample } from './sample.ts';
import { Zup } from './zup/zup.ts';

export interface StandInOptions {
  readonly compositeNames?: boolean;
  /** ЗУП 3.1 with its own names and rules, instead of the small base that is enough for the wire. */
  readonly zup?: boolean;
  readonly behaviour?: Partial<Behaviour>;
}

/** A request as the stand-in saw it; `url` decoded. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly raw: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A 1C:ZUP that is none: an HTTP server on loopback that answers `…/zup/odata/standard.odata` as facts/1c.md says 1C
 * does.
 */
export class OnecStandIn {
  readonly behaviour: Behaviour;
  readonly base: Base;
  readonly seen: Seen[] = [];
  /** What goes wrong with a request; undefined lets it pass. */
  trouble: (asked: TroubleAsked) => Trouble | undefined = () => undefined;
  /** From now on nobody gets an answer. */
  hanging = false;
  readonly #server = http.createServer((request, response) => void this.#take(request, response));
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<string>();
  #atOnce = 0;
  /** Requests in work at the same time. */
  mostAtOnce = 0;
  #port = 0;
  #warm = false;

  constructor({ compositeNames = true, zup = false, behaviour = {} }: StandInOptions = {}) {
    this.behaviour = { ...usualBehaviour(), ...(zup ? { ignoresCase: true, likePatterns: true } : {}), ...behaviour };
    this.base = new Base(zup ? new Zup({ compositeNames }) : new Sample({ compositeNames }), this.behaviour);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options?: StandInOptions): Promise<OnecStandIn> {
    const standIn = new OnecStandIn(options);
    await standIn.listen(0);
    return standIn;
  }

  /** Again on the same port after `stop`. */
  async listen(port = this.#port): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening'); // rejects when the port cannot be had
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/zup/odata/standard.odata`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** As after a restart of 1C. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
    const raw = request.url ?? '/';
    const seen: Seen = {
      method: request.method ?? 'GET',
      url: decodeURIComponent(raw),
      raw,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.seen.push(seen);
    if (this.hanging) return;
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    response.once('close', () => {
      this.#atOnce -= 1;
    });
    if (!this.#warm) {
      this.#warm = true;
      await pause(this.behaviour.firstDelay);
    }
    if (raw.endsWith('$metadata')) await pause(this.behaviour.metadataDelay);
    const set = /standard\.odata\/([^(/?]+)/.exec(seen.url)?.[1] ?? '';
    await this.#answer(seen, this.trouble({ method: seen.method, set }), response);
  }

  async #answer(seen: Seen, trouble: Trouble | undefined, response: ServerResponse): Promise<void> {
    const atom = !/json/.test(`${seen.url} ${seen.headers.accept ?? ''}`);
    switch (trouble?.kind) {
      case 'drop':
        return void response.socket?.destroy();
      case 'badGateway':
        return send(response, { status: 502, type: 'text/html', body: gatewayHtml });
      case 'loginPage':
        return send(response, { status: 200, type: 'text/html', body: loginHtml });
      case 'pool':
        return send(response, { status: 406, type: 'application/xml', body: poolXml });
      case 'lock':
        return send(response, { status: 500, type: typeOf(atom), body: errorText('-1', lockMessage, atom) });
      case 'says':
        return send(
          response,
          trouble.plain === true
            ? { status: 500, type: 'text/plain;charset=utf-8', body: trouble.sentence }
            : { status: 500, type: typeOf(atom), body: errorText('-1', trouble.sentence, atom) },
        );
      case 'slow':
        await pause(trouble.after);
        return send(response, this.#reply(seen, atom));
      case 'commitLate':
        await (typeof trouble.after === 'number' ? pause(trouble.after) : trouble.after);
        this.#reply(seen, atom);
        return;
      case 'commitThenDrop':
        this.#reply(seen, atom);
        return void response.socket?.destroy();
      case 'commitThen500':
        this.#reply(seen, atom);
        return send(response, { status: 500, type: 'text/html', body: gatewayHtml });
      case undefined:
        return send(response, this.#reply(seen, atom));
    }
  }

  #reply(seen: Seen, atom: boolean): Reply {
    const request: Request = { ...seen, path: seen.raw.replace(/\?.*$/s, ''), root: this.url, atom };
    try {
      return answerOf(request, this.base, this.behaviour, this.#sessions);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, type: typeOf(atom), body: errorText(error.code, error.message, atom) };
    }
  }
}

function typeOf(atom: boolean): string {
  return atom ? 'application/xml;charset=utf-8' : 'application/json;charset=utf-8';
}

function send(response: ServerResponse, reply: Reply): void {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.writeHead(reply.status, { 'Content-Type': reply.type, DataServiceVersion: '3.0' });
  response.end(reply.body);
}
