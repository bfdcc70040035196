import { isEntity, textAt } from './difference.ts';
import { attribute, descendant, parseXml, type XmlNode } from './xml.ts';

/** What a body that is no success says. Only `odata` proves that 1C itself has judged the request (facts/1c.md 1.8). */
export type ErrorBody =
  | { readonly form: 'odata'; readonly code: string; readonly message: string }
  /** The session pool of the publication: `vrscore` XML with its reason, e.g. 406. */
  | { readonly form: 'session'; readonly code: string; readonly message: string }
  | { readonly form: 'text' | 'html' | 'empty' };

/** Reads JSON, prefixed and bare XML, `vrscore` XML, plain text, HTML and nothing, whatever Content-Type says. */
export function errorBody(text: string): ErrorBody {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return { form: 'empty' };
  if (body.startsWith('{')) return fromJson(body);
  if (/^<(!doctype\s+html|html)\b/i.test(body)) return { form: 'html' };
  if (body.startsWith('<')) return fromXml(body);
  return { form: 'text' };
}

function fromJson(body: string): ErrorBody {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = isEntity(parsed) ? parsed['odata.error'] : undefined;
    if (!isEntity(error)) return { form: 'text' };
    const message = error['message'];
    const value = isEntity(message) ? message['value'] : message;
    return { form: 'odata', code: textAt(error, 'code'), message: typeof value === 'string' ? value : '' };
  } catch {
    return { form: 'text' };
  }
}

function fromXml(body: string): ErrorBody {
  try {
    const root = parseXml(body);
    if (root.name === 'error') return { form: 'odata', code: textOf(root, 'code'), message: textOf(root, 'message') };
    if (root.name === 'exception')
      return { form: 'session', code: attribute(root, 'reason') ?? '', message: textOf(root, 'descr') };
    return { form: /^html$/i.test(root.name) ? 'html' : 'text' };
  } catch {
    return { form: 'text' };
  }
}

function textOf(root: XmlNode, name: string): string {
  return descendant(root, name)?.text.trim() ?? '';
}
