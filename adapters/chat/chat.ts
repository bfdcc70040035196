import { setTimeout as pause } from 'node:timers/promises';
import { RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';
import { bytesOf } from '../../src/toolkit.ts';
import { askedAgain } from './asked-again.ts';
import { fileName } from './file-name.ts';
import { held, holdOf } from './holds.ts';
import { KnownPeople } from './known-people.ts';
import { listed, reachedOf } from './recipients.ts';
import { nobodyOf } from './said.ts';
import { Spacing } from './spacing.ts';
import { Wire } from './wire.ts';
import { wordsOf } from './words.ts';
import type {
  Adapter,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  EntityName,
  Finding,
  Receipt,
} from '../../src/adapter.ts';
import type { Ask, ChatRefusal, ChatRequest, Dialect, Verdict, Words } from './dialect.ts';
import type { ChatRecord, Recipient } from './record.ts';
import type { ChatOptions } from './wire.ts';

/** Waits up to here are waited in place, longer ones give the delivery back; milliseconds. */
const shortWait = 250;

/** What all chats have in common: whom to tell, in which order, how fast, and what an answer means for the delivery. */
export class Chat implements Adapter<ChatRecord> {
  readonly #dialect: Dialect;
  readonly #wire: Wire;
  readonly #tools: AdapterTools;
  readonly #spacing: Spacing;
  readonly #known: KnownPeople;

  constructor(dialect: Dialect, options: ChatOptions, tools: AdapterTools) {
    this.#dialect = dialect;
    this.#tools = tools;
    this.#spacing = new Spacing(dialect.spacing, tools.now);
    this.#known = new KnownPeople(tools.now);
    this.#wire = new Wire(options, tools, dialect.keyHolds > 0);
  }

  /**
   * Reaches the first recipient who can be reached, or all of them; who refused is passed over and named in the
   * receipt.
   */
  async deliver(record: ChatRecord, delivery: DeliveryContext): Promise<Receipt> {
    const { all, list } = listed(record.to);
    const before = reachedOf(delivery.progress);
    const reached = new Set(before.reached);
    const refused = new Set(before.refused);
    const refusals: RejectedError[] = [];
    let later: unknown;

    for (const [place, recipient] of list.entries()) {
      if (reached.has(place) || refused.has(place)) continue;
      if (!all && reached.size > 0) break;
      try {
        await this.#tell(recipient, record, delivery, `${delivery.idempotencyKey}/${place}`).catch(held(list));
        reached.add(place);
      } catch (error) {
        if (error instanceof RejectedError) {
          refused.add(place);
          refusals.push(error);
        } else if (all) {
          later ??= error; // the others need not wait for this one
          continue;
        } else throw error;
      }
      if (list.length > 1) await delivery.saveProgress({ reached: [...reached], refused: [...refused] });
    }
    if (later !== undefined) throw later;
    if (reached.size === 0) {
      // Whoever retries the dead letter has mended something: everybody is asked again then.
      if (refused.size > 0 && list.length > 1) await delivery.saveProgress({ reached: [], refused: [] });
      throw nobodyOf(list.length, refusals, this.#dialect.name);
    }
    return {
      summary: list.length === 1 ? 'sent' : `sent to ${reached.size} of ${list.length}`,
      warnings: refusals.map(({ text }) => text),
    };
  }

  /** A pause of one chat holds what goes to it alone; a list of recipients is held by itself. */
  holdName({ to }: ChatRecord): string | undefined {
    const [only, another] = listed(to).list;
    return only === undefined || another !== undefined ? undefined : holdOf(only);
  }

  /** Asks the chat who we are, where it tells. */
  async check({ signal }: CheckContext): Promise<Finding[]> {
    const request = this.#dialect.check;
    if (request === undefined) return [];
    try {
      const verdict = this.#dialect.verdict(await this.#wire.ask(request, signal), '');
      return verdict.is === 'refused' ? [{ level: 'error', text: verdict.error.text }] : [];
    } catch (error) {
      if (error instanceof UnavailableError || error instanceof UncertainError)
        return [{ level: 'error', text: error.text }];
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#wire.close();
  }

  async #tell(recipient: Recipient, record: ChatRecord, delivery: DeliveryContext, key: string): Promise<void> {
    const given =
      typeof recipient === 'object' ? await this.#found(recipient.email, delivery) : String(recipient).trim();
    const to = (await delivery.references.find(this.#nameOf(given))) ?? given;
    const answered = await this.#turn(to, key, delivery.signal);
    try {
      await this.#send({ given, to }, record, delivery, key);
    } finally {
      answered();
    }
  }

  async #send(
    { given, to }: { readonly given: string; readonly to: string },
    record: ChatRecord,
    delivery: DeliveryContext,
    key: string,
  ): Promise<void> {
    const words = wordsOf(record, key);
    const file = record.file ? await this.#file(record.file, delivery) : undefined;
    const verdict = await this.#post(to, words, delivery, file);
    if (verdict.is === 'refused') throw verdict.error;
    if (verdict.is === 'taken') return;
    await delivery.references.keep(this.#nameOf(given), verdict.to);
    this.#tools.warn('a chat has a new id and gets its posts there from now on: put the new id into the mapping', {
      chat: given,
      now: verdict.to,
    });
    const again = await this.#post(verdict.to, words, delivery, file);
    if (again.is === 'refused') throw again.error;
  }

  #nameOf(chat: string): EntityName {
    return { kind: 'chat', id: chat, set: this.#dialect.name };
  }

  async #post(to: string, words: Words, delivery: DeliveryContext, file: File | undefined): Promise<Verdict> {
    try {
      const request = await this.#requestFor(to, words, delivery, file);
      if (request instanceof Error) return { is: 'refused', error: request };
      const { signal } = delivery;
      const ask = async () => this.#dialect.verdict(await this.#wire.ask(request, signal, delivery), to);
      return await askedAgain(ask, { keyHolds: this.#dialect.keyHolds, signal });
    } catch (error) {
      if (error instanceof UncertainError) throw this.#lost(error);
      throw error;
    }
  }

  async #requestFor(
    to: string,
    words: Words,
    delivery: DeliveryContext,
    file: File | undefined,
  ): Promise<ChatRequest | ChatRefusal> {
    const { postFile, bringFile } = this.#dialect;
    if (file === undefined) return this.#dialect.post(to, words);
    if (postFile !== undefined) return postFile(to, words, file);
    // What was brought and not posted is seen by nobody: it may be brought again.
    const ask: Ask = (request) => this.#wire.ask(request, delivery.signal, delivery).catch(broughtAgain);
    const brought = bringFile === undefined ? this.#dialect.post(to, words) : await bringFile(to, words, file, ask);
    return brought instanceof UncertainError ? new UnavailableError(brought.text) : brought;
  }

  /** Whole in memory: chats take 50 MB at most. */
  async #file({ file, name }: NonNullable<ChatRecord['file']>, delivery: DeliveryContext): Promise<File> {
    if (this.#dialect.postFile === undefined && this.#dialect.bringFile === undefined) {
      throw new RejectedError({
        ru: `${this.#dialect.name}: файлы этот адаптер не отправляет; уберите file и дайте ссылку (link).`,
        en: `${this.#dialect.name}: this adapter sends no files; take file out and give a link.`,
      });
    }
    const kept = await this.#tools.attachment(file, delivery.scope);
    return new File([new Uint8Array(await bytesOf(kept))], fileName(name, kept.type), { type: kept.type });
  }

  async #found(email: string, delivery: DeliveryContext): Promise<string> {
    const { find, name } = this.#dialect;
    if (find === undefined) {
      throw new RejectedError({
        ru: `${name} не находит людей по почте: укажите в to id или возьмите его из справочника (lookup).`,
        en: `${name} finds nobody by an e-mail address: give an id in to, or take it from a dictionary (lookup).`,
      });
    }
    const address = email.trim().toLowerCase();
    const known = this.#known.find(address);
    if (known !== undefined) return known;
    const found = await find(address, (request) => this.#wire.ask(request, delivery.signal, delivery));
    if (found instanceof Error) throw found;
    this.#known.keep(address, found.id);
    return found.id;
  }

  /** The turn of the post; what is returned is called once it is over. */
  async #turn(chat: string, post: string, signal: AbortSignal): Promise<() => void> {
    let wait = this.#spacing.wait(chat, post);
    while (wait > 0) {
      if (wait > shortWait) throw this.#tooSoon(wait);
      const before = this.#tools.now();
      await pause(wait, undefined, { signal }).catch(() => undefined); // an aborted signal ends the request as well
      wait = this.#spacing.wait(chat, post); // timers may be a millisecond early
      if (signal.aborted || this.#tools.now() === before) break; // a clock that stands still
    }
    return this.#spacing.leave(chat);
  }

  #tooSoon(wait: number): UnavailableError {
    return new UnavailableError(
      {
        ru: `${this.#dialect.name} принимает сообщения не чаще положенного: отправим через ${wait} мс.`,
        en: `${this.#dialect.name} takes posts at a limited rate: it is sent in ${wait} ms.`,
      },
      { retryAfter: wait / 1000, holds: 'delivery' },
    );
  }

  #lost({ text }: UncertainError): UncertainError {
    const { name, keyHolds } = this.#dialect;
    const why =
      keyHolds === 0
        ? { ru: 'не знает ключей повтора', en: 'knows no key of ours' }
        : { ru: 'узнаёт повтор лишь недолго', en: 'knows a repetition for a short while only' };
    return new UncertainError({
      ru: `${text.ru} ${name} ${why.ru}: сообщение может прийти дважды.`,
      en: `${text.en} ${name} ${why.en}: it may come twice.`,
    });
  }
}

function broughtAgain(error: unknown): never {
  throw error instanceof UncertainError ? new UnavailableError(error.text) : error;
}
