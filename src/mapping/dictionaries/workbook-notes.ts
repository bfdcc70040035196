import { XMLParser } from 'fast-xml-parser';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** What a sheet says beside the values of its cells, which the reader of values leaves out; by address, `B2`. */
export interface SheetNotes {
  readonly hidden: boolean;
  /** Numbers shown with zeros before them (format `00000`): how many digits. */
  readonly digits: ReadonlyMap<string, number>;
  /** Formulas that came to `#N/A` and the like, or to nothing yet (undefined). */
  readonly failed: ReadonlyMap<string, string | undefined>;
  /** Cells that show the value of another, of which they are a merged part. */
  readonly merged: ReadonlyMap<string, string>;
}

export interface WorkbookNotes {
  readonly sheets: ReadonlyMap<string, SheetNotes>;
  /** The workbook as the reader of values takes it. */
  readonly bytes: Uint8Array;
}

/** Which of the files in the archive are looked at; pictures and the like stay packed. */
const looked = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|styles\.xml|worksheets\/[^/]+\.xml)$/;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  isArray: (name) => ['sheet', 'Relationship', 'xf', 'numFmt'].includes(name),
});

export function workbookNotes(bytes: Uint8Array): WorkbookNotes {
  const files = unzipSync(bytes, { filter: ({ name }) => looked.test(name) });
  const text = (name: string): string => (files[name] === undefined ? '' : strFromU8(files[name]));
  const book = text('xl/workbook.xml');
  const paths = new Map(
    elements(parser.parse(text('xl/_rels/workbook.xml.rels')), 'Relationships', 'Relationship').map((one) => [
      one['Id'],
      inArchive(one['Target'] ?? ''),
    ]),
  );
  const widths = digitsOfStyles(parser.parse(text('xl/styles.xml')));
  const sheets = elements(parser.parse(book), 'workbook', 'sheets', 'sheet').map((sheet) => {
    const content = text(paths.get(sheet['id']) ?? '');
    const notes = {
      hidden: /hidden/i.test(sheet['state'] ?? ''),
      ...cellNotes(content, widths),
      merged: merged(content),
    };
    return [sheet['name'] ?? '', notes] as const;
  });
  return { sheets: new Map(sheets), bytes: withPlainEpoch(bytes, book) };
}

/** The reader knows `date1904="1"` and not the `true` that LibreOffice writes. */
function withPlainEpoch(bytes: Uint8Array, book: string): Uint8Array {
  const plain = book.replace(/(<(?:\w+:)?workbookPr\b[^>]*\bdate1904=")true"/, '$11"');
  if (plain === book) return bytes;
  return zipSync({ ...unzipSync(bytes), 'xl/workbook.xml': strToU8(plain) }, { level: 0 });
}

/** A target is relative to `xl/`, or begins at the root of the archive. */
function inArchive(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

type Attributes = Readonly<Record<string, string | undefined>>;

function elements(tree: unknown, ...names: readonly string[]): readonly Attributes[] {
  const found = names.reduce<unknown>(
    (node, name) =>
      typeof node === 'object' && node !== null ? Object.entries(node).find(([key]) => key === name)?.[1] : undefined,
    tree,
  );
  if (!Array.isArray(found)) return [];
  return found.map((each: unknown) =>
    typeof each === 'object' && each !== null
      ? Object.fromEntries(Object.entries(each).filter(([, value]) => typeof value === 'string'))
      : {},
  );
}

/** By number of a style: how many digits its format shows at least, where it is made of noughts. */
function digitsOfStyles(styles: unknown): ReadonlyMap<string, number> {
  const formats = new Map(
    elements(styles, 'styleSheet', 'numFmts', 'numFmt').map((one) => [one['numFmtId'], one['formatCode'] ?? '']),
  );
  return new Map(
    elements(styles, 'styleSheet', 'cellXfs', 'xf').flatMap((style, index) => {
      const digits = /^0{2,}/.exec(formats.get(style['numFmtId']) ?? '')?.[0].length;
      return digits === undefined || !/^0+(?:;.*)?$/.test(formats.get(style['numFmtId']) ?? '')
        ? []
        : [[String(index), digits] as const];
    }),
  );
}

/** One pass over the text of a sheet: its cells may be a million, and few of them have anything to note. */
function cellNotes(sheet: string, widths: ReadonlyMap<string, number>): Pick<SheetNotes, 'digits' | 'failed'> {
  const digits = new Map<string, number>();
  const failed = new Map<string, string | undefined>();
  for (const [, head = '', body = ''] of sheet.matchAll(/<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g)) {
    const address = attribute(head, 'r');
    const width = widths.get(attribute(head, 's'));
    if (width !== undefined) digits.set(address, width);
    const value = /<(?:\w+:)?v>([^<]*)</.exec(body)?.[1];
    if (attribute(head, 't') === 'e') failed.set(address, value);
    else if (value === undefined && /<(?:\w+:)?f\b/.test(body)) failed.set(address, undefined);
  }
  return { digits, failed };
}

function attribute(head: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(head)?.[1] ?? '';
}

/** Merged downwards only: a title over several columns is one cell for its reader. */
function merged(sheet: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, column = '', from = '', to = ''] of sheet.matchAll(
    /<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g,
  ))
    for (let row = Number(from) + 1; row <= Math.min(Number(to), Number(from) + mostMerged); row += 1)
      found.set(`${column}${row}`, `${column}${from}`);
  return found;
}

const mostMerged = 10_000;
