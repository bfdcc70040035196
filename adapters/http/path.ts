import { RejectedError } from '../../src/adapter.ts';
import type { Text } from '../../src/adapter.ts';

/** One value, or several under the same name; null and undefined leave the parameter out. */
type QueryValue = string | number | boolean | null | undefined;
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

// What RFC 3986 lets stand in a path segment and encodeURIComponent would escape; 1C paths need `$` and `=`.
const plainInPath = /%(?:24|26|2B|2C|3A|3B|3D|40)/g;

/** Characters of a path, as few servers take more, and layers of encoding in it. */
const most = { length: 8000, layers: 16 } as const;

/**
 * The path of a record, percent-encoded as UTF-8, always with a leading slash, to be put after a base URL. Escapes that
 * are written already (`%2F`) stay; a lone `%` becomes `%25`.
 * @throws RejectedError when the path could leave the base URL, or is too long.
 */
export function pathWithin(path: string): string {
  const fault = faultOf(path);
  if (fault !== undefined) throw new RejectedError(fault);
  const encoded = path.replace(/^\//, '').split('/').map(encodeSegment).join('/');
  return encoded === '' ? '' : `/${encoded}`;
}

function encodeSegment(segment: string): string {
  return segment
    .split(/(%[0-9a-f]{2})/i)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part).replace(plainInPath, decodeURIComponent)))
    .join('');
}

/**
 * `?a=1&b=%D0%B0`, or nothing; a space is `%20`, never `+`. @throws RejectedError for text that is not valid Unicode.
 */
export function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  const parts = pairs.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${part(name)}=${part(String(value))}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function part(text: string): string {
  if (!text.isWellFormed()) throw new RejectedError(brokenUnicode);
  return encodeURIComponent(text);
}

function faultOf(path: string): Text | undefined {
  if (path.length > most.length) return tooLong;
  if (!path.isWellFormed()) return brokenUnicode;
  // Some servers decode an escape twice, so every layer of encoding has to be harmless.
  for (let layer = path, next = decodeOnce(layer), left = most.layers; ; layer = next, next = decodeOnce(layer)) {
    if ((left -= 1) < 0) return tooDeep;
    // And some compare by compatibility: fullwidth dots and slashes are dots and slashes to them.
    const fault = faultOfLayer(layer, layer === path) ?? faultOfLayer(layer.normalize('NFKC'), false);
    if (fault !== undefined || next === layer) return fault;
  }
}

function faultOfLayer(path: string, asWritten: boolean): Text | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(path)) {
    return {
      ru: 'В пути запроса есть управляющий символ (перевод строки, NUL и т. п.): уберите его в маппинге.',
      en: 'The request path has a control character (line break, NUL and the like): take it out in the mapping.',
    };
  }
  if (path.includes('\\')) {
    return {
      ru: 'В пути запроса есть обратная косая черта: пишите «/».',
      en: 'The request path has a backslash: write "/" instead.',
    };
  }
  if (asWritten && /[?#]/.test(path)) {
    return {
      ru: 'В пути запроса есть «?» или «#»: параметры пишите в query, а в данных такие символы кодируйте ($encodeUrlComponent).',
      en:
        'The request path has "?" or "#": put parameters in query, and encode such characters in data ' +
        '($encodeUrlComponent).',
    };
  }
  if (path.startsWith('//') || /^\/?[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    return {
      ru: 'Путь запроса называет другой сервер: он должен быть путём внутри baseUrl, например /employees.',
      en: 'The request path names another server: it has to be a path within baseUrl, for example /employees.',
    };
  }
  // %C0, %C1, %E0%80 and %F0%80 begin nothing in UTF-8 but overlong forms of `.` and `/`.
  if (/%c[01]|%e0%[89]|%f0%8/i.test(path) || path.split('/').some(isDots)) {
    return {
      ru: 'В пути запроса есть «.» или «..», что может вывести за пределы baseUrl: напишите путь полностью.',
      en: 'The request path has "." or "..", which may lead out of baseUrl: write the path in full.',
    };
  }
  return undefined;
}

/** Tomcat and its kin cut `;…` off before they resolve dots; Windows cuts blanks. */
function isDots(segment: string): boolean {
  const [bare = ''] = segment.split(';', 1);
  return /^\s*\.{1,2}\s*$/.test(bare);
}

/** `%2e`, and `%u002e` as IIS reads it. */
function decodeOnce(text: string): string {
  return text.replace(/%(?:u00)?([0-7][0-9a-f])/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const tooLong: Text = {
  ru: `Путь запроса длиннее ${most.length} знаков, серверы таких не принимают: длинный текст передавайте в body.`,
  en: `The request path is longer than ${most.length} characters, which servers do not take: put a long text into body.`,
};
const tooDeep: Text = {
  ru: 'Путь запроса закодирован слишком много раз (%2525…): уберите лишнее кодирование в маппинге.',
  en: 'The request path is encoded too many times over (%2525…): take the needless encoding out of the mapping.',
};
const brokenUnicode: Text = {
  ru: 'В адресе запроса есть половина символа (неполная суррогатная пара): исправьте текст в источнике.',
  en: 'The request address has half a character (an unpaired surrogate): mend the text where it comes from.',
};
