import type { Exchange } from '../adapter.ts';
import type { RecordedExchange } from '../outbox/delivery.ts';
import { maskedBody } from '../report/mask.ts';
import { exchangesWithin } from './exchange-budget.ts';

interface OpenExchange {
  readonly sent: RecordedExchange['sent'];
  received: RecordedExchange['received'];
}

const exchangesKept = 50;

/** What an attempt has said of the wire. */
export class ExchangeLog {
  readonly #exchanges: OpenExchange[] = [];
  #count = 0;
  #answered = 0;
  /** Whether the last request has its answer. */
  #lastAnswered = false;

  /** A request leaves; what it returns is told of the answer. */
  sent(request: Exchange): (response: Exchange) => void {
    const exchange: OpenExchange = { sent: masked(request), received: null };
    const place = (this.#count += 1);
    this.#lastAnswered = false;
    if (this.#exchanges.length < exchangesKept) this.#exchanges.push(exchange);
    return (response) => {
      if (exchange.received === null) this.#answered += 1;
      exchange.received = masked(response);
      if (place === this.#count) this.#lastAnswered = true;
    };
  }

  /** Whether nothing has left, as far as it was told. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** One request at most, and no answer: an adapter may then know that no connection came about. */
  get maybeNeverConnected(): boolean {
    return this.#count <= 1 && this.#answered === 0;
  }

  /** Whether the target had answered a request before the one at which the attempt ended. */
  get answeredBefore(): boolean {
    return this.#answered > (this.#lastAnswered ? 1 : 0);
  }

  /** As the attempt's row keeps it; `taken`: bytes of earlier attempts. */
  kept(taken: number): readonly RecordedExchange[] {
    return exchangesWithin(this.#exchanges, taken);
  }
}

/** Never throws: what cannot be recorded changes no outcome. */
function masked(exchange: Exchange): RecordedExchange['sent'] {
  try {
    return { summary: exchange.summary.slice(0, 500), body: maskedBody(exchange.body) };
  } catch {
    return { summary: '', body: null };
  }
}
