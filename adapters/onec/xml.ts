import { XMLParser } from 'fast-xml-parser';

/** An element with its order kept; prefixes of names are gone. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly nodes: readonly XmlNode[];
  /** The text directly inside, white space included. */
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
});

/** Characters of an answer that are parsed: a second of work, where 1C's own pages of a list have some hundred KB. */
const longest = 4_000_000;

/** The root element; a byte order mark is fine. @throws Error when there is none, or too much of it. */
export function parseXml(text: string): XmlNode {
  if (text.length > longest || !/^\s*\uFEFF?\s*</.test(text.slice(0, 1000))) throw new Error('no XML of this kind');
  const parsed: unknown = parser.parse(text.replace(/^\uFEFF/, ''));
  const root = nodesOf(parsed).find((node) => node.name !== '#text');
  if (root === undefined) throw new Error('no XML element');
  return root;
}

export function children(node: XmlNode, name: string): readonly XmlNode[] {
  return node.nodes.filter((child) => child.name === name);
}

export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.nodes.find((one) => one.name === name);
}

export function attribute(node: XmlNode, name: string): string | undefined {
  return Object.hasOwn(node.attributes, name) ? node.attributes[name] : undefined;
}

/** The first element of this name, at any depth. */
export function descendant(node: XmlNode, name: string): XmlNode | undefined {
  if (node.name === name) return node;
  for (const one of node.nodes) {
    const found = descendant(one, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

// fast-xml-parser gives an element as { name: children, ':@': attributes } and a text as { '#text': text }.
function nodesOf(parsed: unknown): XmlNode[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const entries: [string, unknown][] = Object.entries(one);
    const element = entries.find(([name]) => name !== ':@');
    if (element === undefined) return [];
    const [name, content] = element;
    if (name === '#text') return [{ name, attributes: {}, nodes: [], text: String(content) }];
    const nodes = nodesOf(content);
    const text = nodes
      .filter((node) => node.name === '#text')
      .map((node) => node.text)
      .join('');
    return [
      {
        name,
        attributes: attributesOf(Reflect.get(one, ':@')),
        nodes: nodes.filter((node) => node.name !== '#text'),
        text,
      },
    ];
  });
}

function attributesOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}
