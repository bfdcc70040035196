import { declaration } from './xml-document.ts';
import { child, children, descendant, parseXml, type XmlNode } from './xml.ts';

export type SoapVersion = '1.1' | '1.2';

const namespaces: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

export function envelope(version: SoapVersion, element: string): string {
  return (
    `${declaration}<soap:Envelope ` +
    `xmlns:soap="${namespaces[version]}"><soap:Body>${element}</soap:Body></soap:Envelope>`
  );
}

/** The action is a header in 1.1 and a parameter of Content-Type in 1.2. */
export function soapHeaders(version: SoapVersion, action: string): Record<string, string> {
  const quoted = `"${action.replace(/["\\]/g, '')}"`;
  if (version === '1.1') return { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: quoted };
  return { 'Content-Type': `application/soap+xml; charset=utf-8${action === '' ? '' : `; action=${quoted}`}` };
}

/** What an answer says: the reason of its Fault, that it has none, or that it is no envelope at all. */
export function soapAnswer(text: string): { readonly fault: string } | 'success' | 'no envelope' {
  const body = bodyOf(text);
  if (body === undefined) return 'no envelope';
  const fault = child(body, 'Fault');
  if (fault === undefined) return 'success';
  const reason = child(fault, 'faultstring') ?? descendant(fault, 'Text');
  return {
    fault: [reason?.text, ...children(fault, 'detail').map(allText)]
      .filter((part) => part !== undefined && part.trim() !== '')
      .join(' ')
      .trim(),
  };
}

function bodyOf(text: string): XmlNode | undefined {
  try {
    const root = parseXml(text);
    return root.name === 'Envelope' ? child(root, 'Body') : undefined;
  } catch {
    return undefined;
  }
}

function allText(node: XmlNode): string {
  return [node.text, ...node.nodes.map(allText)].join(' ').trim();
}
