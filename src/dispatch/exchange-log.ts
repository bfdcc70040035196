import type { Exchange } from '../adapter.ts';
import type { RecordedExchange } from '../outbox/delivery.ts';
import { recordedBody, recordedText, withoutSecrets } from '../report/recorded-body.ts';
import { exchangesWithin } from './exchange-budget.ts';

interface OpenExchange {
  readonly sent: RecordedExchange['sent'];
  received: RecordedExchange['received'];
}

const exchangesKept = 50;

/** What an attempt has said of the wire, as it was; it is masked when it is shown. */
export class ExchangeLog {
  /** Texts that open a door; they are struck out. */
  readonly #secrets: readonly string[];
  readonly #exchanges: OpenExchange[] = [];
  #count = 0;
  #answered = 0;
  /** Whether the last request has its answer. */
  #lastAnswered = false;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** A request leaves; what it returns is told of the answer. */
  sent(request: Exchange): (response: Exchange) => void {
    const exchange: OpenExchange = { sent: this.#recorded(request), received: null };
    const place = (this.#count += 1);
    this.#lastAnswered = false;
    if (this.#exchanges.length < exchangesKept) this.#exchanges.push(exchange);
    return (response) => {
      if (exchange.received === null) this.#answered += 1;
      exchange.received = this.#recorded(response);
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

  /** Never throws: what cannot be recorded changes no outcome. */
  #recorded(exchange: Exchange): RecordedExchange['sent'] {
    try {
      const summary = withoutSecrets(exchange.summary.slice(0, 1000), this.#secrets);
      return { summary: recordedText(summary, 500), body: recordedBody(exchange.body, this.#secrets) };
    } catch {
      return { summary: '…', body: null };
    }
  }
}
