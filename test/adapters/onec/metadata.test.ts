import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { formOf, likelyField } from '../../../adapters/onec/field-form.ts';
import type { Fields } from '../../../adapters/onec/field-shape.ts';
import type { Metadata } from '../../../adapters/onec/metadata.ts';
import { readMetadata } from '../../../adapters/onec/metadata-reader.ts';
import { planRecord } from '../../../adapters/onec/plan.ts';

const folder = new URL('../../fixtures/onec/', import.meta.url);

function read(name: string): Promise<Metadata> {
  return readMetadata([readFileSync(new URL(name, folder))]);
}

/** As a hand slips: two letters in the middle change places. */
function misspelled(name: string): string {
  const at = Math.floor(name.length / 2);
  return `${name.slice(0, at - 1)}${name.charAt(at)}${name.charAt(at - 1)}${name.slice(at + 1)}`;
}

describe('the $metadata reader', () => {
  it('digests the real one of an accounting base', async () => {
    const metadata = await read('metadata-accounting.xml');

    expect(metadata.names).to.have.length(94);
    expect(metadata.rowNames).to.have.length(43);
    const person = metadata.set('Catalog_ФизическиеЛица');
    expect(person?.keys).to.deep.equal(['Ref_Key']);
    expect(person?.fields['ДатаРождения']).to.deep.equal({ type: 'Edm.DateTime' });
    expect(person?.fields['ОсновнойБанковскийСчет_Key']).to.deep.equal({
      type: 'Edm.Guid',
      target: 'Catalog_БанковскиеСчета',
    });
    expect(Object.keys(person?.sections ?? {})).to.deep.equal(['КонтактнаяИнформация', 'ДополнительныеРеквизиты']);
    expect(person?.sections['КонтактнаяИнформация']?.['LineNumber']).to.deep.equal({ type: 'Edm.Int64' });
  });

  for (const name of readdirSync(new URL('edmx/', folder))) {
    it(`digests edmx/${name} and says what was meant by a misspelled field`, async () => {
      const metadata = await read(`edmx/${name}`);
      const shapes: Fields[] = [
        ...metadata.names.map((set) => metadata.set(set)?.fields ?? {}),
        ...metadata.rowNames.map((row) => metadata.row(row) ?? {}),
      ];

      const names = shapes.flatMap((fields) =>
        Object.keys(fields)
          .filter((field) => field.length > 3 && !field.endsWith('_Type'))
          .map((field) => [fields, field] as const),
      );

      expect(names).to.not.have.length(0);
      for (const [fields, field] of names)
        expect(likelyField(fields, misspelled(field)), misspelled(field)).to.equal(field.replace(/_Key$/, ''));
    });
  }

  it('says what was meant by a misspelled field of the accounting base', async () => {
    const metadata = await read('metadata-accounting.xml');
    const { problems } = planRecord(
      {
        steps: [
          {
            upsert: 'Catalog_ФизическиеЛица',
            of: { kind: 'applicant', id: 1 },
            fields: { ДатаРожедния: '1990-05-01', ОсновнойБанковскийСчёт: null },
          },
        ],
      },
      metadata,
    );

    expect(problems.map(({ path, text }) => [path.join('.'), text.en])).to.deep.equal([
      [
        'steps.0.fields.ДатаРожедния',
        'Catalog_ФизическиеЛица has no field "ДатаРожедния", did you mean "ДатаРождения"?',
      ],
      [
        'steps.0.fields.ОсновнойБанковскийСчёт',
        'Catalog_ФизическиеЛица has no field "ОсновнойБанковскийСчёт", did you mean "ОсновнойБанковскийСчет"?',
      ],
    ]);
  });

  it('takes MaxLength where it is published', async () => {
    const goods = (await read('edmx/01-catalog-with-table.xml')).set('Catalog_Номенклатура');

    expect(goods?.fields['Code']).to.deep.equal({ type: 'Edm.String', maxLength: 11 });
    expect(goods?.sections['Артикулы']?.['Артикул']).to.deep.equal({ type: 'Edm.String' });
  });

  it('finds the key of a register whose record is published apart', async () => {
    const metadata = await read('edmx/03-information-register.xml');

    expect(metadata.set('InformationRegister_ЦеныНоменклатуры')?.keys).to.deep.equal(['Period', 'Номенклатура_Key']);
  });

  it('knows references with and without _Key and those of several types', async () => {
    const metadata = await read('edmx/07-composite-ref.xml');
    const fields: Fields = { Организация_Key: { type: 'Edm.Guid' }, ...metadata.set('AccumulationRegister_X')?.fields };

    for (const name of ['Организация', 'Организация_Key'])
      expect(formOf(fields, name)).to.include({ kind: 'reference', wire: 'Организация_Key' });
    for (const name of ['Recorder', 'Recorder_Key'])
      expect(formOf(fields, name)).to.include({ kind: 'composite', wire: 'Recorder', typeWire: 'Recorder_Type' });
    expect(formOf(fields, 'LineNumber')).to.include({ kind: 'scalar' });
    expect(formOf(fields, 'constructor')).to.equal(undefined);
  });

  it('never holds the event loop for long, however large the document', async () => {
    const text = readFileSync(new URL('metadata-accounting.xml', folder), 'utf8');
    const body = text.slice(text.indexOf('<EntityType'), text.indexOf('<EntityContainer'));
    const large = text.replace('<EntityContainer', `${body.repeat(80)}<EntityContainer`);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await readMetadata([Buffer.from(large)]);
    clearInterval(timer);

    expect(turns).to.be.above(5);
  });

  it('reads it alike however it is cut into pieces', async () => {
    const bytes = readFileSync(new URL('metadata-accounting.xml', folder)).subarray(0, 60_000);
    const cut = Buffer.concat([bytes, Buffer.from('</EntityType></edmx:Edmx>')]);
    const whole = await readMetadata([cut]);
    const bits = await readMetadata(
      Array.from({ length: cut.length / 7 + 1 }, (_, at) => cut.subarray(at * 7, at * 7 + 7)),
    );

    expect(bits.rowNames).to.deep.equal(whole.rowNames);
    for (const row of whole.rowNames) expect(bits.row(row)).to.deep.equal(whole.row(row));
  });

  for (const [what, text] of [
    ['is no EDMX', '<html></html>'],
    ['has no tag at all', 'x'.repeat(100_000)],
    ['breaks off', '<edmx:Edmx><EntityType Name="Catalog_Банки"></EntityType>'],
    ['breaks off within a tag', '<edmx:Edmx><EntityType Name="Catalog_'],
  ] as const)
    it(`refuses what ${what}`, async () => {
      const error = await readMetadata([Buffer.from(text)]).then(
        () => undefined,
        (reason: unknown) => reason,
      );

      expect(error).to.be.instanceOf(Error);
    });
});
