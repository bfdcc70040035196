import { RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';

/** What is read of an error of nodemailer, whose texts quote the server and are not shown. */
export interface SmtpFault {
  readonly code: string;
  /** The reply that caused it. */
  readonly reply: number | undefined;
  readonly command: string;
  /** Replies to the recipients that were refused, when all of them were. */
  readonly recipients: readonly number[];
}

/** Credentials or a right of ours: 530, 534, 535, 538 (RFC 4954 6). */
const ours: ReadonlySet<number> = new Set([530, 534, 535, 538]);

/**
 * What a failed letter means (facts/targets.md 5.1).
 * @param begun whether the server had asked for the letter and got of it: then silence means that it may have it.
 */
export function refusalOf(
  fault: SmtpFault,
  host: string,
  begun: boolean,
): UnavailableError | RejectedError | UncertainError {
  const { code, reply, command } = fault;
  if (begun && reply === undefined) {
    return new UncertainError({
      ru: `Письмо ушло на ${host}, но подтверждения нет (${code}): оно могло быть принято, повтор может прийти дважды.`,
      en: `The letter left for ${host} without a confirmation (${code}): it may have been taken and may come twice.`,
    });
  }
  if (code === 'ETLS' || code === 'EAUTH' || (reply !== undefined && ours.has(reply))) {
    return new UnavailableError({
      ru: `Сервер ${host} не пустил нас (${code}${after(reply)}): проверьте tls, user и password в settings.`,
      en: `The server ${host} did not let us in (${code}${after(reply)}): check tls, user and password in settings.`,
    });
  }
  if (/^ERR_SSL_(?:WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST)/.test(code)) {
    return new UnavailableError({
      ru: `TLS с ${host} не установлен (${code}): на этом порту сервер начинает открытым текстом. Поставьте tls: starttls (порт 587 или 25); tls: true — для порта 465.`,
      en: `No TLS with ${host} (${code}): at this port the server begins in clear. Put tls: starttls (port 587 or 25); tls: true is for port 465.`,
    });
  }
  if (/CERT|ISSUER|SIGNATURE|ALTNAME/.test(code)) {
    return new UnavailableError({
      ru: `Сертификат почтового сервера ${host} не принят (${code}): проверьте имя в host и срок; свой центр сертификации задаёт settings.ca.`,
      en: `The certificate of the mail server ${host} is not trusted (${code}): check the name in host and its date; an authority of your own is named by settings.ca.`,
    });
  }
  if (reply === undefined || command === 'CONN' || command === '') {
    return new UnavailableError({
      ru: `Нет связи с почтовым сервером ${host} (${code}${after(reply)}): проверьте адрес, порт, сеть и tls (true — для порта 465, starttls — для 587 и 25).`,
      en: `Cannot reach the mail server ${host} (${code}${after(reply)}): check address, port, network and tls (true for port 465, starttls for 587 and 25).`,
    });
  }
  const replies = fault.recipients.length > 0 ? fault.recipients : [reply];
  // 503 speaks of the order of commands, not of the letter.
  if (replies.every((one) => one >= 500 && one !== 503 && !ours.has(one))) {
    return new RejectedError({
      ru: `Сервер ${host} не принял письмо (${command}: ${replies.join(', ')}): проверьте адреса и размер, затем повторите.`,
      en:
        `The server ${host} refused the letter (${command}: ${replies.join(', ')}): check addresses and size, ` +
        'then retry.',
    });
  }
  return new UnavailableError({
    ru: `Сервер ${host} сейчас не берёт письмо (${command}: ${replies.join(', ')}): попытка повторится.`,
    en: `The server ${host} does not take the letter now (${command}: ${replies.join(', ')}): it is tried again.`,
  });
}

/** The others have the letter. */
export function putOff(host: string, count: number): UnavailableError {
  return new UnavailableError({
    ru: `Сервер ${host} пока не берёт письмо для части адресатов (${count}), остальным оно ушло: повторим для них одних.`,
    en: `The server ${host} puts off some of the recipients (${count}), the others have it: it is tried again for them alone.`,
  });
}

/** Nobody it was for, only who gets a copy. */
export function onlyCopies(host: string): RejectedError {
  return new RejectedError({
    ru: `Сервер ${host} отказал всем, кому письмо (to), и взял его только для копий (cc): исправьте адреса в to и повторите, копии второй раз не уйдут.`,
    en:
      `The server ${host} refused everybody the letter is for (to) and took it for the copies (cc) alone: mend the ` +
      'addresses of to and retry, the copies do not go out twice.',
  });
}

const after = (reply: number | undefined): string => (reply === undefined ? '' : `, ${reply}`);
