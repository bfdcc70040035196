import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import { pause } from './pause.ts';

/** What the sink does with a request: takes it, takes it and hangs up without an answer, refuses it, never answers. */
export type Fate = 'take' | 'take and drop' | 'refuse' | 'hang';

export interface Effect {
  readonly applicant: number;
  readonly log: number;
}

/**
 * A target that heeds Idempotency-Key, as the documentation asks of one: the same key has one effect, however often it
 * comes.
 */
export class Sink {
  /** In the order in which they came about. */
  readonly effects: Effect[] = [];
  /** Requests by idempotency key, effective or not. */
  readonly arrivals = new Map<string, number>();
  /** Requests that it took without an answer. */
  dropped = 0;
  /** Decides what happens to the n-th request. */
  fate: (count: number) => Fate = () => 'take';
  /** Milliseconds that it thinks. */
  delay = 0;
  readonly #http: HttpStandIn;
  readonly #taken = new Set<string>();
  #count = 0;

  private constructor(http: HttpStandIn) {
    this.#http = http;
  }

  static async start(): Promise<Sink> {
    const http = await HttpStandIn.start();
    const sink = new Sink(http);
    http.answer = ({ headers, body }, response, socket) => {
      const key = String(headers['idempotency-key']);
      sink.#count += 1;
      sink.arrivals.set(key, (sink.arrivals.get(key) ?? 0) + 1);
      const fate = sink.fate(sink.#count);
      if (fate === 'hang') return;
      if (fate !== 'refuse') sink.#take(key, body);
      if (fate === 'take and drop') {
        sink.dropped += 1;
        socket.destroy();
      } else void pause(sink.delay).then(() => response.writeHead(fate === 'refuse' ? 503 : 200).end('{}'));
    };
    return sink;
  }

  get url(): string {
    return this.#http.url;
  }

  get port(): number {
    return this.#http.port;
  }

  stop(): Promise<void> {
    return this.#http.stop();
  }

  #take(key: string, body: string): void {
    if (this.#taken.has(key)) return;
    this.#taken.add(key);
    const { applicant, log } = JSON.parse(body);
    this.effects.push({ applicant, log });
  }
}
