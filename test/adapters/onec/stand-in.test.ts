import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parseXml, descendant, type XmlNode } from '../../../adapters/onec/xml.ts';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';
import { seeded } from '../../../stand-ins/onec/sample-seed.ts';

const folder = new URL('../../fixtures/onec/', import.meta.url);
const authorization = `Basic ${Buffer.from('Обмен:секрет').toString('base64')}`;
const nometadata = 'application/json;odata=nometadata';

function sample(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** The body of a recorded exchange. */
function recorded(name: string): string {
  return sample(`msodata-v3-wcfds/${name}`)
    .split(/\r?\n\r?\n/)
    .slice(1)
    .join('\n')
    .trim();
}

/** Names with the types of their values, sections by their first row. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]: [string, unknown]) => [name, shape(one)]));
}

/** `shape` of both for the names that both have. */
function common(a: unknown, b: unknown): { readonly a: unknown; readonly b: unknown } {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return { a, b };
  const names = Object.keys(a).filter((name) => Object.hasOwn(b, name));
  const pick = (from: object): unknown => Object.fromEntries(names.map((name) => [name, Reflect.get(from, name)]));
  return { a: pick(a), b: pick(b) };
}

/** Elements and their m:type, without values. */
function outline(node: XmlNode): unknown {
  return [
    node.name,
    Object.keys(node.attributes)
      .filter((name) => name !== 'etag' && name !== 'georss' && name !== 'gml')
      .sort(),
    node.nodes.map(outline),
  ];
}

describe('the 1C stand-in', () => {
  let standIn: OnecStandIn;

  beforeEach(async () => {
    standIn = await OnecStandIn.start();
  });

  afterEach(() => standIn.stop());

  async function ask(
    path: string,
    { method = 'GET', accept = nometadata, body }: { method?: string; accept?: string; body?: unknown } = {},
  ): Promise<{ status: number; text: string; type: string }> {
    const response = await fetch(`${standIn.url}/${path}`, {
      method,
      headers: { authorization, accept, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      text: Buffer.from(await response.arrayBuffer()).toString('utf8'),
      type: response.headers.get('content-type') ?? '',
    };
  }

  async function json(path: string, options?: Parameters<typeof ask>[1]): Promise<unknown> {
    return JSON.parse((await ask(path, options)).text);
  }

  const person = {
    Description: 'Тестов Тест',
    ФИО: 'Тестов Тест',
    КонтактнаяИнформация: [{ LineNumber: 1, Тип: 'Телефон' }],
  };

  it('answers a list of documents in the shape of a real one', async () => {
    await ask('Document_ПриемНаРаботу', { method: 'POST', body: { Date: '2026-12-01T00:00:00' } });
    const ours = shape(await json('Document_ПриемНаРаботу', { accept: 'application/json' }));
    const real = shape(JSON.parse(sample('responses/collection-document-minimalmetadata.json')));

    expect(Object.keys(Object(ours))).to.deep.equal(Object.keys(Object(real)));
    const [a, b] = [ours, real].map((one) => Reflect.get(Object(Reflect.get(Object(one), 'value')), 0));
    const both = common(a, b);
    expect(both.a).to.deep.equal(both.b);
    expect(Object.keys(Object(both.a))).to.include.members([
      'Ref_Key',
      'DataVersion',
      'DeletionMark',
      'Number',
      'Date',
      'Posted',
      'Комментарий',
    ]);
    expect(Object.keys(Object(a)).filter((name) => name.endsWith('@navigationLinkUrl'))).to.not.have.length(0);
  });

  it('answers a single object in the shape of a real one', async () => {
    const ours = shape(await json(`Catalog_Организации(guid'${seeded.organisation}')`, { accept: 'application/json' }));
    const both = common(ours, shape(JSON.parse(sample('responses/single-catalog-minimalmetadata.json'))));

    expect(both.a).to.deep.equal(both.b);
    expect(Object.keys(Object(both.a))).to.include.members([
      'odata.metadata',
      'Ref_Key',
      'Code',
      'Description',
      'DeletionMark',
      'DataVersion',
    ]);
  });

  it('answers a person in the shape of a real one', async () => {
    await ask('Catalog_ФизическиеЛица', { method: 'POST', body: person });
    const list = await json('Catalog_ФизическиеЛица');
    const both = common(
      shape(Reflect.get(Object(Reflect.get(Object(list), 'value')), 0)),
      shape(JSON.parse(sample('responses/person-BP-REDACTED.json'))),
    );

    expect(both.a).to.deep.equal(both.b);
    expect(Object.keys(Object(both.a))).to.have.length.above(14);
  });

  it('answers plain v3 requests in the shapes of a real v3 server', async () => {
    const created = await ask('Catalog_ФизическиеЛица', {
      method: 'POST',
      body: { ...person, Ref_Key: '41aa6331-954f-11e3-814b-005056c00008' },
    });
    const real = common(
      shape(JSON.parse(created.text)),
      shape(JSON.parse(recorded('01-post-json.http').replaceAll(':null', ':""'))),
    );
    const counted = await json(
      'Catalog_ФизическиеЛица?$inlinecount=allpages&$filter=' +
        encodeURIComponent("substringof('Тестов',Description) eq true"),
    );
    const theirs = JSON.parse(recorded('04-get-filter-cyr.http'));

    expect(created.status).to.equal(201);
    expect(Reflect.get(Object(real.a), 'КонтактнаяИнформация')[0]).to.include({ LineNumber: 'string', Тип: 'string' });
    expect(Reflect.get(Object(real.b), 'КонтактнаяИнформация')[0]).to.include({ LineNumber: 'string', Тип: 'string' });
    expect(Object.keys(Object(counted))).to.deep.equal(Object.keys(theirs));
    expect(Reflect.get(Object(counted), 'odata.count')).to.equal('1');
  });

  it('answers an Atom entry in the shape of a real v3 server', async () => {
    await ask('Catalog_ФизическиеЛица', {
      method: 'POST',
      body: { ...person, КонтактнаяИнформация: [], Ref_Key: '41aa6331-954f-11e3-814b-005056c00008' },
    });
    const ours = parseXml(
      (await ask("Catalog_ФизическиеЛица(guid'41aa6331-954f-11e3-814b-005056c00008')", { accept: '*/*' })).text,
    );
    const theirs = parseXml(recorded('05-get-key-atom.http'));
    const without = (node: XmlNode): XmlNode => ({
      ...node,
      nodes: node.nodes.filter(({ name }) => name !== 'content'),
    });

    expect(outline(without(ours))).to.deep.equal(outline(without(theirs)));
    const types = (node: XmlNode): Map<string, string> =>
      new Map(
        descendant(node, 'properties')?.nodes.map(({ name, attributes }) => [name, attributes['type'] ?? 'Edm.String']),
      );
    const [a, b] = [types(ours), types(theirs)];
    const shared = [...a.keys()].filter((name) => b.has(name));
    expect(shared.map((name) => [name, a.get(name)])).to.deep.equal(shared.map((name) => [name, b.get(name)]));
    expect(shared).to.include.members([
      'Ref_Key',
      'DataVersion',
      'DeletionMark',
      'ДатаРождения',
      'КонтактнаяИнформация',
    ]);
  });

  for (const [path, status, file] of [
    ["Catalog_ФизическиеЛица(guid'41aa6331-954f-11e3-814b-005056c00008')", 404, 'odata-json-404-code9.json'],
    ['CatalogПоставщики', 404, 'odata-json-404-code8.json'],
    ['Catalog_ФизическиеЛица?$filter=foo(', 400, 'odata-json-400-code14.json'],
    ['Catalog_ФизическиеЛица?$expan=x', 400, 'odata-json-code0-unsupported-param.json'],
    ['$batch', 501, 'odata-xml-batch-501.xml'],
  ] as const) {
    it(`refuses with the real body ${file}`, async () => {
      const { status: got, text } = await ask(path);

      expect([got, text.trim()]).to.deep.equal([status, sample(`errors/${file}`).trim()]);
    });
  }

  it('refuses in real words when its pool, its publication or a value is bad', async () => {
    const literal = await ask('Catalog_ФизическиеЛица', { method: 'POST', body: { Parent_Key: '<значение>' } });
    standIn.trouble = () => ({ kind: 'pool' });
    const pool = await ask('Catalog_ФизическиеЛица');
    standIn.trouble = () => undefined;
    standIn.behaviour.switchedOff = true;
    const gone = await ask('Catalog_ФизическиеЛица');

    expect([literal.status, literal.text]).to.deep.equal([
      400,
      sample('errors/odata-json-400-code1-parse.json').trim(),
    ]);
    expect([pool.status, pool.text]).to.deep.equal([406, sample('errors/vrs-exception-406.xml').trim()]);
    expect([gone.status, gone.text]).to.deep.equal([404, sample('errors/plain-404-publication.txt').trim()]);
  });

  it('does in silence what 1C does in silence', async () => {
    standIn.behaviour.ignores = ['Catalog_ФизическиеЛица.ИНН'];
    const broken = '11111111-1111-4111-8111-111111111111';
    const stored = await json('Catalog_ФизическиеЛица', {
      method: 'POST',
      body: { ...person, Опечатка: 1, Имя: 'И'.repeat(60), Parent_Key: broken, ИНН: '5' },
    });

    expect(stored)
      .to.include({ Имя: 'И'.repeat(50), Parent_Key: broken, ИНН: '' })
      .and.to.not.have.property('Опечатка');
  });

  it('gives a new DataVersion to a write that changes nothing, and heeds no If-Match', async () => {
    const path = `Catalog_Организации(guid'${seeded.organisation}')`;
    const before = await json(path);
    const response = await fetch(`${standIn.url}/${path}`, {
      method: 'PATCH',
      headers: { authorization, accept: nometadata, 'content-type': 'application/json', 'if-match': 'AAAA' },
      body: '{}',
    });
    const after: unknown = await response.json();

    expect(response.status).to.equal(200);
    expect(Reflect.get(Object(after), 'DataVersion')).to.not.equal(Reflect.get(Object(before), 'DataVersion'));
  });

  it('replaces a section whole and breaks on a row without LineNumber', async () => {
    const created = await json('Catalog_ФизическиеЛица', { method: 'POST', body: person });
    const path = `Catalog_ФизическиеЛица(guid'${String(Reflect.get(Object(created), 'Ref_Key'))}')`;
    const without = await ask(path, { method: 'PATCH', body: { КонтактнаяИнформация: [{ Тип: 'Адрес' }] } });
    const replaced = await json(path, {
      method: 'PATCH',
      body: { КонтактнаяИнформация: [{ LineNumber: 1, Тип: 'Адрес' }] },
    });

    expect(without.status).to.equal(500);
    expect(Reflect.get(Object(replaced), 'КонтактнаяИнформация')).to.have.length(1);
  });

  it('refuses a plus in $filter and finds nothing for a reference of several types without cast', async () => {
    await ask('InformationRegister_ФИОФизическихЛиц', {
      method: 'POST',
      body: {
        Period: '2026-12-01T00:00:00',
        ФизическоеЛицо: seeded.sales,
        ФизическоеЛицо_Type: 'StandardODATA.Catalog_ФизическиеЛица',
      },
    });
    const plus = await ask("Catalog_Должности?$filter=Description+eq+'Бухгалтер'");
    const bare = await json(
      `InformationRegister_ФИОФизическихЛиц?$filter=${encodeURIComponent(`ФизическоеЛицо eq guid'${seeded.sales}'`)}`,
    );
    const cast = await json(
      `InformationRegister_ФИОФизическихЛиц?$filter=${encodeURIComponent(`ФизическоеЛицо eq cast(guid'${seeded.sales}','Catalog_ФизическиеЛица')`)}`,
    );

    expect(plus.status).to.equal(400);
    expect(Reflect.get(Object(bare), 'value')).to.have.length(0);
    expect(Reflect.get(Object(cast), 'value')).to.have.length(1);
  });

  it('posts only with PostingModeOperational=false', async () => {
    const created = await json('Document_ПриемНаРаботу', { method: 'POST', body: {} });
    const path = `Document_ПриемНаРаботу(guid'${String(Reflect.get(Object(created), 'Ref_Key'))}')/Post`;

    expect((await ask(path, { method: 'POST' })).status).to.equal(400);
    expect((await ask(`${path}?PostingModeOperational=true`, { method: 'POST' })).status).to.equal(500);
    expect(await json(`${path}?PostingModeOperational=false`, { method: 'POST' })).to.include({ Posted: true });
  });

  it('answers Atom to who asks for nothing, $count and $metadata with a byte order mark, and a Location in raw bytes', async () => {
    expect((await ask('Catalog_Должности', { accept: '*/*' })).type).to.include('application/atom+xml');
    expect((await ask('Catalog_Должности/$count')).text).to.equal('\uFEFF4');
    expect((await ask('$metadata')).text.charCodeAt(0)).to.equal(0xfeff);
    const response = await fetch(`${standIn.url}/Catalog_Должности`, {
      method: 'POST',
      headers: { authorization, accept: nometadata, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(Buffer.from(response.headers.get('location') ?? '', 'latin1').toString('utf8')).to.include(
      'Catalog_Должности(guid',
    );
  });
});
