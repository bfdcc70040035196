import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../src/huntflow/json.ts';
import { type ConversionName, conversionNames, convert } from '../../src/mapping/conversions/conversion.ts';

const zone = 'Europe/Moscow';
const refused = Symbol('refused');

function result(name: ConversionName, value: Json, inZone = zone): unknown {
  const converted = convert(name, value, inZone);
  return converted.ok ? converted.value : refused;
}

const table: readonly (readonly [name: ConversionName, value: Json, expected: unknown])[] = [
  ['string', 'Иванова', 'Иванова'],
  ['string', 17, '17'],
  ['string', true, 'true'],
  ['string', [1], refused],
  ['string', { a: 1 }, refused],

  ['integer', '17', 17],
  ['integer', 17, 17],
  ['integer', -0, 0],
  ['integer', '1 234 567', 1234567],
  ['integer', '1\u00a0234', 1234],
  ['integer', '1\u202f234', 1234],
  ['integer', '−5', -5],
  ['integer', '+5', 5],
  ['integer', '007', 7],
  ['integer', '100000.00', 100000],
  ['integer', '100000,0', 100000],
  ['integer', '1.000', refused],
  ['integer', '1.5', refused],
  ['integer', 1.5, refused],
  ['integer', '1 23', refused],
  ['integer', '1e3', refused],
  ['integer', '0x1F', refused],
  ['integer', '10$', refused],
  ['integer', '9007199254740993', refused],
  ['integer', true, refused],
  ['integer', 'пять', refused],

  ['decimal', '1 234,50', '1234.50'],
  ['decimal', '1\u00a0234,50', '1234.50'],
  ['decimal', '0.1', '0.1'],
  ['decimal', '12345678901234567.89', '12345678901234567.89'],
  ['decimal', '0.30000000000000004', '0.30000000000000004'],
  ['decimal', 0.1, '0.1'],
  ['decimal', 100000, '100000'],
  ['decimal', 0.0000001, '0.0000001'],
  ['decimal', -1.5e-8, '-0.000000015'],
  ['decimal', '-0,00', '0.00'],
  ['decimal', '-0,05', '-0.05'],
  ['decimal', '0012,5', '12.5'],
  ['decimal', 1e21, refused],
  ['decimal', 2 ** 53 + 2, refused],
  ['decimal', '1,234.50', refused],
  ['decimal', '.5', refused],
  ['decimal', '5.', refused],
  ['decimal', '1e3', refused],
  ['decimal', '100 000 ₽', refused],

  ['boolean', true, true],
  ['boolean', 'Да', true],
  ['boolean', ' нет ', false],
  ['boolean', 1, true],
  ['boolean', '0', false],
  ['boolean', 'TRUE', true],
  ['boolean', 'ложь', false],
  ['boolean', 'может быть', refused],
  ['boolean', 2, refused],

  ['date', '2026-12-01', '2026-12-01'],
  ['date', '01.12.2026', '2026-12-01'],
  ['date', '1.5.1990', '1990-05-01'],
  ['date', '2026-12-01T23:59:59+03:00', '2026-12-01'],
  ['date', '2026-12-01T00:00:00-11:00', '2026-12-01'],
  ['date', '2026-12-01T00:30:00Z', '2026-12-01'],
  ['date', '2026-12-01T06:00:21.123456+0300', '2026-12-01'],
  ['date', '2026-12-01 10:57:42', '2026-12-01'],
  ['date', '01.12.2026 10:57', '2026-12-01'],
  ['date', ' 2026-12-01 ', '2026-12-01'],
  ['date', '2024-02-29', '2024-02-29'],
  ['date', '1900-02-29', refused],
  ['date', '2000-02-29', '2000-02-29'],
  ['date', '2026-02-31', refused],
  ['date', '31.04.2026', refused],
  ['date', '2026-13-01', refused],
  ['date', '2026-12-01T25:00:00', refused],
  ['date', '12/01/2026', refused],
  ['date', '01.12.26', refused],
  ['date', 'завтра', refused],
  ['date', 1796000000, refused],

  ['datetime', '2026-12-01', '2026-12-01T00:00:00'],
  ['datetime', '01.12.2026', '2026-12-01T00:00:00'],
  ['datetime', '2026-11-20T12:30:00+03:00', '2026-11-20T12:30:00'],
  ['datetime', '2026-11-20T12:30:00Z', '2026-11-20T15:30:00'],
  ['datetime', '2026-12-31T23:00:00Z', '2027-01-01T02:00:00'],
  ['datetime', '2026-11-20 12:30:05', '2026-11-20T12:30:05'],
  ['datetime', '2026-11-20T12:30:00.999+03:00', '2026-11-20T12:30:00'],
  ['datetime', '20.11.2026 12:30', '2026-11-20T12:30:00'],
  ['datetime', '2026-11-20T24:00:00', refused],
  ['datetime', '2026-02-30T10:00:00', refused],

  ['phone', '+7 900 000-00-00', '+79000000000'],
  ['phone', '8 (900) 000-00-00', '+79000000000'],
  ['phone', '79000000000', '+79000000000'],
  ['phone', 89000000000, '+79000000000'],
  ['phone', '900 000 00 00', '+79000000000'],
  ['phone', 'тел. +7‑900‑000‑00‑00', '+79000000000'],
  ['phone', '+375 29 123-45-67', '+375291234567'],
  ['phone', '+7 900 000-00-0', refused],
  ['phone', '+7 100 000-00-00', refused],
  ['phone', '8 900 000-00-00, 8 900 000-00-01', refused],
  ['phone', '8 900 000-00-00 доб. 5', refused],
  ['phone', 'нет', refused],

  ['snils', '112-233-445 95', '112-233-445 95'],
  ['snils', '11223344595', '112-233-445 95'],
  ['snils', '112 233 445 95', '112-233-445 95'],
  ['snils', 11223344595, '112-233-445 95'],
  ['snils', '112-233-445 94', refused],
  ['snils', '087-654-303 00', '087-654-303 00'],
  ['snils', '001-001-998 11', '001-001-998 11'],
  ['snils', '000-000-000 00', refused],
  ['snils', '112-233-445', refused],

  ['inn', '500100732259', '500100732259'],
  ['inn', '7707083893', '7707083893'],
  ['inn', 7707083893, '7707083893'],
  ['inn', ' 7707 083893 ', '7707083893'],
  ['inn', '7707083894', refused],
  ['inn', '500100732258', refused],
  ['inn', '0000000000', refused],
  ['inn', '770708389', refused],
];

describe('conversions', () => {
  for (const [name, value, expected] of table) {
    it(`${name} makes ${expected === refused ? 'nothing' : JSON.stringify(expected)} of ${JSON.stringify(value)}`, () => {
      expect(result(name, value)).to.equal(expected);
    });
  }

  it('takes a time without a zone for Moscow time and shows it in the configured zone', () => {
    expect(result('datetime', '2026-11-20 12:30:00', 'Asia/Yekaterinburg')).to.equal('2026-11-20T14:30:00');
    expect(result('datetime', '2026-11-20T12:30:00+05:00', 'Asia/Yekaterinburg')).to.equal('2026-11-20T12:30:00');
    expect(result('datetime', '2026-11-20', 'Asia/Yekaterinburg')).to.equal('2026-11-20T00:00:00');
    expect(result('datetime', '2026-07-01T12:00:00Z', 'Europe/Berlin')).to.equal('2026-07-01T14:00:00');
  });

  it('keeps a Moscow wall time that daylight saving skipped in its day', () => {
    expect(result('datetime', '2010-03-28 02:30:00')).to.equal('2010-03-28T02:30:00');
  });

  it('reads back each day of the calendar as the same day, whatever offset is written behind it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        fc.integer({ min: -14, max: 14 }),
        (date, hours) => {
          const day = date.toISOString().slice(0, 10);
          const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
          expect(result('date', `${day}T00:00:00${offset}`)).to.equal(day);
          expect(result('date', day.split('-').toReversed().join('.'))).to.equal(day);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives every digit of a decimal back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.stringMatching(/^\d{1,30}$/), (whole, fraction) => {
        expect(result('decimal', `${whole},${fraction}`)).to.equal(`${whole}.${fraction}`);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws and never quotes the value in its sentence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...conversionNames), fc.jsonValue(), (name, value) => {
        const json: Json = JSON.parse(JSON.stringify(value));
        const converted = convert(name, json, zone);
        if (!converted.ok && typeof json === 'string' && json.trim().length > 3)
          expect(converted.text.en).not.to.include(json);
      }),
      { numRuns: 500 },
    );
  });
});
