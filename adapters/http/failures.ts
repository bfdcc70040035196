import { UnavailableError, UncertainError } from '../../src/adapter.ts';
import type { Text } from '../../src/adapter.ts';
import { cutCodes } from './cut-codes.ts';

/** Why there is no answer. */
export interface Failure {
  /** The system's or the parser's code, e.g. ECONNRESET, HPE_INVALID_CONSTANT, or one of ours; names no data. */
  readonly code: string;
  /** Whether the target may have received the request. */
  readonly sent: boolean;
  readonly method: string;
  /** Host and port, as the settings name them. */
  readonly host: string;
  /** Milliseconds. */
  readonly timeout: number;
}

// RFC 9110 9.2.2: doing these twice does no more than doing them once.
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isRepeatable(method: string): boolean {
  return repeatable.has(method);
}

/** Unavailable when nothing can have reached the target or a repetition does no harm, else uncertain. */
export function failureError(failure: Failure): UnavailableError | UncertainError {
  const text = failure.sent ? lost(failure) : unreached(failure);
  return failure.sent && !isRepeatable(failure.method) ? new UncertainError(text) : new UnavailableError(text);
}

function lost(failure: Failure): Text {
  const why = whyLost(failure);
  // A check, or a look before a create, leaves nothing behind.
  if (reading.has(failure.method))
    return {
      ru: `Запрос ${failure.method} ушёл на ${failure.host}, но ответа нет (${why.ru}).`,
      en: `The ${failure.method} request left for ${failure.host}, but there is no answer (${why.en}).`,
    };
  return {
    ru: `Запрос ${failure.method} ушёл на ${failure.host}, но ответа нет (${why.ru}): запись могла быть принята.`,
    en:
      `The ${failure.method} request left for ${failure.host}, but there is no answer (${why.en}): the record ` +
      'may have been taken.',
  };
}

function whyLost({ code, timeout }: Failure): Text {
  if (code === cutCodes.aborted)
    return { ru: 'ожидание прервано остановкой службы', en: 'the wait was cut short as the service stops' };
  if (code === cutCodes.late) return { ru: `ждали ${timeout} мс`, en: `waited ${timeout} ms` };
  if (code === cutCodes.large) return { ru: 'ответ слишком велик', en: 'the answer is too large' };
  if (code.startsWith('HPE_'))
    return { ru: `ответ не похож на HTTP, ${code}`, en: `what came back is not proper HTTP, ${code}` };
  return { ru: `соединение оборвано, ${code}`, en: `the connection broke, ${code}` };
}

function unreached(failure: Failure): Text {
  const why = whyUnreached(failure);
  return { ru: `Нет связи с ${failure.host}: ${why.ru}.`, en: `Cannot reach ${failure.host}: ${why.en}.` };
}

function whyUnreached({ code, timeout }: Failure): Text {
  if (code.startsWith('PROXY_')) return proxyWhy(code.slice(6));
  if (code === cutCodes.aborted)
    return { ru: 'запрос отменён до отправки', en: 'the request was cancelled before it was sent' };
  if (code === cutCodes.late) {
    return {
      ru: `соединение не установлено за ${timeout} мс; проверьте сеть и адрес`,
      en: `no connection within ${timeout} ms; check the network and the address`,
    };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      ru: `имя сервера не находится (${code}); проверьте адрес и DNS`,
      en: `the host name is not found (${code}); check the address and DNS`,
    };
  }
  if (code === 'ECONNREFUSED') {
    return {
      ru: `соединение отвергнуто (${code}); проверьте, запущен ли сервер и верен ли порт`,
      en: `the connection was refused (${code}); check that the server runs and that the port is right`,
    };
  }
  if (/UNSUPPORTED/.test(code)) {
    return {
      ru: `ключ или PFX записан старым способом (${code}); выгрузите его заново с AES или возьмите PEM`,
      en: `the key or PFX is of an old make (${code}); export it again with AES, or use PEM`,
    };
  }
  if (code === 'ERR_TLS_CLIENT_CERTIFICATE_REFUSED') {
    return {
      ru: `TLS не установлен (${code}); сервер не принял сертификат клиента: проверьте срок и файлы в settings.tls`,
      en: `TLS failed (${code}); the server refused the client's certificate: check its date and the files of settings.tls`,
    };
  }
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO|ISSUER/.test(code)) {
    return {
      ru: `TLS не установлен (${code}); проверьте сертификат сервера, свой центр сертификации задаёт settings.tls.ca или NODE_EXTRA_CA_CERTS`,
      en:
        `TLS failed (${code}); check the server's certificate, a private authority is named by settings.tls.ca or ` +
        'NODE_EXTRA_CA_CERTS',
    };
  }
  return { ru: `${code}; проверьте сеть и адрес`, en: `${code}; check the network and the address` };
}

/** It is the proxy that refuses, not the target: 407 and its like are its own. */
function proxyWhy(code: string): Text {
  if (code === '407' || code === 'SOCKS_AUTHENTICATION') {
    return {
      ru: `прокси требует вход (${code}); проверьте логин и пароль в settings.proxy`,
      en: `the proxy wants a login (${code}); check user and password in settings.proxy`,
    };
  }
  if (/^\d{3}$/.test(code)) {
    return {
      ru: `прокси отказал (ответ ${code}); проверьте, пускает ли он к этому адресу`,
      en: `the proxy refused (answer ${code}); check that it lets this address through`,
    };
  }
  return {
    ru: `нет связи через прокси (${code}); проверьте settings.proxy и сам прокси`,
    en: `no way through the proxy (${code}); check settings.proxy and the proxy itself`,
  };
}
