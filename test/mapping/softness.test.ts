import { expect } from 'chai';
import { conversionNames } from '../../src/mapping/conversions/conversion.ts';
import { faultsOf, failureOf, head, recordOf } from './sample.ts';

describe('a value that does not fit its conversion', () => {
  const odd = '\'="доб. 12, +7 900 000-00-00 или +7 900 000-00-01"\'';

  for (const name of conversionNames.filter((one) => one !== 'string'))
    it(`is refused, or left empty where the mapping says so: ${name}`, async () => {
      expect(await failureOf(`a: { from: ${odd}, as: ${name} }`)).to.match(/here/);
      expect(await recordOf(`a: { from: ${odd}, as: ${name}, else: empty }\nb: kept`)).to.deep.equal({
        a: null,
        b: 'kept',
      });
      expect(await failureOf(`a: { from: ${odd}, as: ${name}, else: reject }`)).to.match(/here/);
    });

  it('is left empty also when it is a list, or longer than max', async () => {
    expect(
      await recordOf(
        'a: { from: "=[1, 2]", as: string, else: empty }\nb: { from: =applicant.last_name, max: 3, else: empty }',
      ),
    ).to.deep.equal({ a: null, b: null });
  });

  it('is refused all the same where a value is required', async () => {
    expect(await failureOf('a: { from: \'="доб. 12"\', as: phone, required: true, else: empty }')).to.include(
      'a single phone number',
    );
  });

  it('cannot be kept or replaced without a dictionary', async () => {
    expect((await faultsOf(`${head}record: { a: { from: =applicant.phone, as: phone, else: keep } }\n`))[0]).to.match(
      /^4:51 without lookup, else says what becomes of a value that does not fit: empty or reject/,
    );
  });
});

describe('the form of a date', () => {
  const forms: readonly (readonly [format: string, expected: string])[] = [
    ['dd.mm.yyyy', '01.05.1990'],
    ['d.m.yy', '1.5.90'],
    ['DD/MM/YYYY', '01/05/1990'],
    ['yyyymmdd', '19900501'],
    ['дд.мм.гггг', '01.05.1990'],
    ['mm.yyyy', '05.1990'],
  ];
  for (const [format, expected] of forms)
    it(`is what the mapping says: ${format}`, async () => {
      expect(await recordOf(`a: { from: =applicant.birthday, as: date, format: ${format} }`)).to.deep.equal({
        a: expected,
      });
    });

  it('leaves a missing date empty, and counts for max', async () => {
    expect(
      await recordOf(
        'a: { from: =applicant.nothing, as: date, format: dd.mm.yyyy }\nb: { from: =applicant.birthday, as: ' +
          'date, format: d.m.yy, max: 6 }',
      ),
    ).to.deep.equal({ a: null, b: '1.5.90' });
  });

  it('is made of day, month and year, each once, and goes with dates alone', async () => {
    const fault = async (rest: string) =>
      (await faultsOf(`${head}record: { a: { from: =applicant.birthday, ${rest} } }\n`))[0];
    for (const format of ['dd.dd.yyyy', 'hh:mm', 'text', '"-"', '7'])
      expect(await fault(`as: date, format: ${format}`), format).to.match(/^4:\d+ the form of a date is needed/);
    expect(await fault('as: datetime, format: dd.mm.yyyy')).to.match(/^4:\d+ format goes with as: date only/);
  });
});
