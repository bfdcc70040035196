import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { formOf, likelyField } from '../../../adapters/onec/field-form.ts';
import { type Fields, type Metadata, readMetadata } from '../../../adapters/onec/metadata.ts';
import { planRecord } from '../../../adapters/onec/plan.ts';

const folder = new URL('../../fixtures/onec/', import.meta.url);

function read(name: string): Promise<Metadata> {
  return readMetadata(readFileSync(new URL(name, folder), 'utf8'));
}

/** As a hand slips: two letters in the middle change places. */
function misspelled(name: string): string {
  const at = Math.floor(name.length / 2);
  return `${name.slice(0, at - 1)}${name.charAt(at)}${name.charAt(at - 1)}${name.slice(at + 1)}`;
}

describe('the $metadata reader', () => {
  it('digests the real one of an accounting base', async () => {
    const { sets, rows } = await read('metadata-accounting.xml');

    expect(Object.keys(sets)).to.have.length(94);
    expect(Object.keys(rows)).to.have.length(43);
    const person = sets['Catalog_ФизическиеЛица'];
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
      const { sets, rows } = await read(`edmx/${name}`);
      const shapes: Fields[] = [...Object.values(sets).map(({ fields }) => fields), ...Object.values(rows)];

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
    const { sets } = await read('edmx/01-catalog-with-table.xml');

    expect(sets['Catalog_Номенклатура']?.fields['Code']).to.deep.equal({ type: 'Edm.String', maxLength: 11 });
    expect(sets['Catalog_Номенклатура']?.sections['Артикулы']?.['Артикул']).to.deep.equal({ type: 'Edm.String' });
  });

  it('finds the key of a register whose record is published apart', async () => {
    const { sets } = await read('edmx/03-information-register.xml');

    expect(sets['InformationRegister_ЦеныНоменклатуры']?.keys).to.deep.equal(['Period', 'Номенклатура_Key']);
  });

  it('knows references with and without _Key and those of several types', async () => {
    const { sets } = await read('edmx/07-composite-ref.xml');
    const fields: Fields = { Организация_Key: { type: 'Edm.Guid' }, ...sets['AccumulationRegister_X']?.fields };

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
    await readMetadata(large);
    clearInterval(timer);

    expect(turns).to.be.above(5);
  });

  it('refuses what is no EDMX', async () => {
    const error = await readMetadata('<html></html>').then(
      () => undefined,
      (reason: unknown) => reason,
    );

    expect(error).to.be.instanceOf(Error);
  });
});
