import { writeFileSync } from 'node:fs';
import type { Workspace } from './workspace.ts';

/**
 * A customer's adapter, written into the workspace: outside of this project, with nothing but the published names.
 * Its records say what it does; each `deliver` is a line `id attempt` of the file `journal`.
 */
export function writeScriptedAdapter(workspace: Workspace): string {
  writeFileSync(
    workspace.path('scripted.ts'),
    `import { appendFileSync, existsSync } from 'node:fs';
import { number, object, string } from 'yup';
import { RejectedError, UnavailableError, UncertainError } from 'huntflow-connector/adapter';
import type { AdapterClass, AdapterTools, DeliveryContext, Receipt } from 'huntflow-connector/adapter';

interface Order { readonly id: number; readonly does: string }

export default class Scripted {
  static readonly type = 'scripted';
  static readonly settings = object({ journal: string().required(), password: string(), wait: number() }).noUnknown();
  static readonly record = object({ id: number().required(), does: string().required() }).noUnknown();
  readonly #journal: string;

  constructor(settings: { readonly journal: string }, tools: AdapterTools) {
    this.#journal = tools.resolvePath(settings.journal);
  }

  async deliver(order: Order, delivery: DeliveryContext): Promise<Receipt> {
    appendFileSync(this.#journal, order.id + ' ' + delivery.attempt + '\\n');
    switch (order.does) {
      case 'reject': throw new RejectedError({ ru: 'нельзя', en: 'not this one' });
      case 'later': throw new UnavailableError('closed for lunch');
      case 'much later': throw new UnavailableError('closed for lunch', { retryAfter: 5000 });
      case 'unsure': throw new UncertainError('no answer came');
      case 'bug': return JSON.parse('{"surname": ' + order.does + '}');
      case 'value': throw 'a text';
      case 'second time': if (delivery.attempt < 2) throw new UnavailableError('not yet'); break;
      case 'hang on the wire':
        delivery.sent({ summary: 'POST /x', body: order });
        return this.#hang(delivery.signal);
      case 'hang before the wire': return this.#hang(delivery.signal, new UnavailableError('stopped before it was sent'));
      case 'hang for good': delivery.sent({ summary: 'POST /x' }); return new Promise(() => undefined);
      case 'until told': while (!existsSync(this.#journal + '.go')) await new Promise((resolve) => setTimeout(resolve, 5)); break;
      default:
    }
    if (order.does.startsWith('quote ')) throw new Error('cannot write ' + JSON.stringify(order));
    return { summary: 'done' };
  }

  #hang(signal: AbortSignal, error: Error = new Error('cut')): Promise<Receipt> {
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(error), { once: true });
    });
  }
}

Scripted satisfies AdapterClass;
`,
  );
  return workspace.path('scripted.ts');
}
