import MailComposer from 'nodemailer/lib/mail-composer';
import { UnavailableError } from '../src/adapter.ts';
import { bytesOf } from '../src/toolkit.ts';
import { shortName } from './chat/file-name.ts';
import { foreseenOf } from './http/tls-files.ts';
import { mailboxes, mailboxOf, oneLine, wireAddress } from './mail/address.ts';
import { mailRecord } from './mail/record.ts';
import { mailSettings } from './mail/settings.ts';
import { onlyCopies, putOff } from './mail/refusal.ts';
import { Smtp } from './mail/smtp.ts';
import { subjectOf } from './mail/subject.ts';
import { after, progressOf, standingOf } from './mail/standing.ts';
import type {
  Adapter,
  AdapterClass,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  Exchange,
  Finding,
  ForesightContext,
  Receipt,
} from '../src/adapter.ts';
import type { MailRecord } from './mail/record.ts';
import type { MailSettings } from './mail/settings.ts';

/**
 * One letter a record, by SMTP. Its Message-ID is the same over attempts, so that most programs show a letter once that
 * came twice; servers need not heed it.
 */
export class Mail implements Adapter<MailRecord> {
  static readonly type = 'mail';
  static readonly settings = mailSettings;
  static readonly record = mailRecord;
  static readonly order = 'none';
  /** Milliseconds; servers look for viruses before they answer the last dot (RFC 5321 4.5.3.2 allows them more). */
  static readonly defaults = { timeout: 120_000 };

  static foresees({ ca }: MailSettings, context: ForesightContext): readonly Finding[] {
    return foreseenOf(ca === undefined ? undefined : { ca }, context);
  }

  readonly #settings: MailSettings;
  readonly #smtp: Smtp;
  readonly #tools: AdapterTools;

  constructor(settings: MailSettings, tools: AdapterTools) {
    this.#settings = settings;
    this.#tools = tools;
    this.#smtp = new Smtp(settings, tools.timeout, tools.resolvePath);
  }

  async deliver(record: MailRecord, delivery: DeliveryContext): Promise<Receipt> {
    const to = mailboxes(record.to);
    const cc = mailboxes(record.cc);
    const from = mailboxOf(this.#settings.from) ?? { name: '', address: '' };
    const composer = new MailComposer({
      from,
      to,
      cc,
      subject: subjectOf(record.subject),
      ...(record.text && { text: record.text }),
      ...(record.html && { html: record.html }),
      attachments: await Promise.all((record.attachments ?? []).map((one) => this.#attached(one, delivery.scope))),
      messageId: `<${delivery.idempotencyKey}@${from.address.split('@').at(-1)}>`,
      date: new Date(delivery.createdAt),
      headers: { 'X-Huntflow-Connector-Id': String(delivery.id) },
      // `path` and `href` would read files and addresses that a record names (facts/targets.md 5).
      disableFileAccess: true,
      disableUrlAccess: true,
      textEncoding: 'base64',
    });
    const bytes = await composer.compile().build();
    const addresses = [...new Set([...to, ...cc].map(({ address }) => wireAddress(address)))];
    const before = standingOf(addresses, delivery.progress);
    const open = addresses.filter((address) => !before.have.has(address) && !before.refused.has(address));
    let answered: ((response: Exchange) => void) | undefined;
    const letter = { from: wireAddress(from.address), to: open, bytes };
    const { reply, refused } = await this.#smtp.send(letter, delivery.signal, () => {
      answered = delivery.sent({ summary: `SMTP ${this.#settings.host}`, body: record });
    });
    answered?.({ summary: /^\d{3}/.exec(reply)?.[0] ?? '250', body: reply });
    const standing = after(before, open, refused);
    const later = addresses.length - standing.have.size - standing.refused.size;
    if (standing.have.size === addresses.length) return { summary: 'sent' };
    // Greylisting puts off one of two (RFC 6647): the others have it, and get no second one.
    if (later > 0) {
      await delivery.saveProgress(progressOf(addresses, standing));
      throw putOff(this.#settings.host, later);
    }
    if (to.every(({ address }) => standing.refused.has(wireAddress(address)))) {
      // Whoever retries it has mended something.
      await delivery.saveProgress(progressOf(addresses, { ...standing, refused: new Set() }));
      throw onlyCopies(this.#settings.host);
    }
    return sentToSome(standing.have.size, addresses.length);
  }

  async #attached(
    { name, content, file, type }: NonNullable<MailRecord['attachments']>[number],
    scope: string,
  ): Promise<{ readonly filename: string; readonly content: string | Buffer; readonly contentType: string }> {
    const filename = shortName(oneLine(name).replaceAll(/[/\\]/g, '_'));
    if (file === undefined || file === null) return { filename, content: content ?? '', contentType: type };
    const kept = await this.#tools.attachment(file, scope);
    return { filename, content: await bytesOf(kept), contentType: kept.type };
  }

  async check({ signal }: CheckContext): Promise<Finding[]> {
    try {
      await this.#smtp.greet(signal);
      return [];
    } catch (error) {
      if (error instanceof UnavailableError) return [{ level: 'error', text: error.text }];
      throw error;
    }
  }
}

function sentToSome(have: number, all: number): Receipt {
  return {
    summary: `sent to ${have} of ${all}`,
    attention: [
      {
        ru: `Сервер отказал части адресатов (${all - have} из ${all}): проверьте их адреса.`,
        en: `The server refused some of the recipients (${all - have} of ${all}): check their addresses.`,
      },
    ],
  };
}

export default Mail satisfies AdapterClass;
