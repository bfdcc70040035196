import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { namesOf, sentTexts } from '../../../adapters/onec/error-words.ts';
import { type Verdict, verdictOf } from '../../../adapters/onec/verdict.ts';

const locks = [/конфликт блокировок/iu];

function body(name: string): string {
  return readFileSync(new URL(`../../fixtures/onec/errors/${name}`, import.meta.url), 'utf8');
}

function verdict(status: number, text: string, writes = true, session = false): Verdict {
  return verdictOf(
    { status, text, retryAfter: undefined },
    { summary: 'POST Catalog_X', writes, session, sent: [] },
    locks,
  );
}

/** kind, and for a refusal how it is to be taken. */
function short(found: Verdict): string {
  return found.kind === 'refused' ? `refused ${String(adapterErrorKind(found.error))}` : found.kind;
}

function odata(code: string, message: string): string {
  return JSON.stringify({ 'odata.error': { code, message: { lang: 'ru', value: message } } });
}

const lock =
  'Конфликт блокировок при выполнении транзакции:\nПревышено максимальное время ожидания предоставления блокировки';
const html = '<html><body><h1>Internal Server Error</h1></body></html>';

const table: readonly (readonly [number, string, string, string])[] = [
  [200, '{}', 'any', 'done'],
  [204, '', 'nothing', 'done'],
  [400, body('odata-json-400-code1-parse.json'), 'code 1', 'refused rejected'],
  [400, body('odata-json-400-code14.json'), 'code 14', 'refused rejected'],
  [400, body('odata-json-code6-method.json'), 'code 6', 'refused rejected'],
  [400, body('odata-json-code0-unsupported-param.json'), 'code 0', 'refused rejected'],
  [400, odata('15', 'Сущность с таким ключом уже существует'), 'code 15', 'exists'],
  [400, '', 'nothing', 'refused rejected'],
  [401, html, 'HTML', 'refused unavailable'],
  [401, '', 'nothing', 'refused unavailable'],
  [401, odata('20', 'Недостаточно прав'), 'code 20', 'refused rejected'],
  [402, '', 'nothing', 'refused unavailable'],
  [403, html, 'HTML', 'refused unavailable'],
  [404, body('odata-json-404-code8.json'), 'code 8', 'refused rejected'],
  [404, body('odata-json-404-code9.json'), 'code 9', 'absent'],
  [404, body('odata-xml-official.xml'), 'prefixed XML', 'absent'],
  [404, body('plain-404-publication.txt'), 'plain text', 'refused unavailable'],
  [405, odata('19', 'нельзя'), 'code 19', 'refused rejected'],
  [406, body('vrs-exception-406.xml'), 'vrscore XML', 'refused unavailable'],
  [412, '', 'nothing', 'changed'],
  [429, '', 'nothing', 'refused unavailable'],
  [500, odata('-1', lock), 'a lock conflict', 'refused unavailable'],
  [500, body('odata-json-500-minus1-handler.json'), 'code -1', 'refused rejected'],
  [500, body('odata-json-500-minus1-internal.json'), 'code -1', 'refused rejected'],
  [500, html, 'HTML', 'doubt'],
  [500, '', 'nothing', 'doubt'],
  [501, body('odata-xml-batch-501.xml'), 'bare XML', 'refused rejected'],
  [502, html, 'HTML', 'doubt'],
  [503, html, 'HTML', 'refused unavailable'],
  [504, '', 'nothing', 'doubt'],
  [302, html, 'HTML', 'refused unavailable'],
];

describe('the verdict on an answer of 1C', () => {
  for (const [status, text, what, expected] of table) {
    it(`is "${expected}" for a write that gets ${status} with ${what}`, () => {
      expect(short(verdict(status, text))).to.equal(expected);
    });
  }

  it('leaves no doubt about a reading', () => {
    for (const status of [500, 502, 504]) expect(short(verdict(status, html, false))).to.equal('refused unavailable');
  });

  it('takes 400 without a body for a lost session when a cookie went along', () => {
    expect(short(verdict(400, '', true, true))).to.equal('sessionLost');
  });

  it('understands every body with a byte order mark', () => {
    expect(short(verdict(404, `\uFEFF${body('odata-json-404-code9.json')}`))).to.equal('absent');
  });

  it('says what to do in both languages', () => {
    for (const [status, text] of table) {
      const found = verdict(status, text);
      if (found.kind !== 'refused') continue;
      expect(found.error.text.ru, `${status}`).to.match(/^POST Catalog_X: .*[а-я]{3}/);
      expect(found.error.text.en, `${status}`).to.match(/^POST Catalog_X: .*[a-z]{3}/);
    }
  });
});

describe("1C's own words in an error", () => {
  it('are the names of fields, sets and handlers, and nothing else', () => {
    const { message } = JSON.parse(body('odata-json-500-minus1-handler.json'))['odata.error'];
    expect(namesOf(message.value)).to.equal('«ПриЗаписи»');
    expect(namesOf('Поле "Группа доступа" не заполнено')).to.equal('«Группа доступа»');
    expect(namesOf(`"Catalog_Поставщики" (guid'41aa6331-954f-11e3-814b-005056c00008') not found`)).to.equal(
      '«Catalog_Поставщики»',
    );
  });

  it('name nobody and no value', () => {
    const sent = sentTexts({ steps: [{ fields: { ФИО: 'ли Анна', Табельный: 12345 } }] });
    for (const words of [
      'Не удалось разобрать \'Сидорова\' и "Сидоров": сотрудник Сидорова Мария Ивановна (112-233-445 95)',
      'Работник ПЕТРОВ ПЁТР ПЕТРОВИЧ уже принят',
      'У анна уже есть номер 12345 и ли Анна',
      'Поле "ли Анна" занято, поле «+7 900 000-00-00» занято, реквизит "Анна Сидорова"',
    ])
      expect(namesOf(words, sent), words).to.equal('');
  });
});

describe('what people reported of other connectors', () => {
  function words(status: number, text: string): string {
    const found = verdict(status, text);
    return found.kind === 'refused' ? found.error.message : found.kind;
  }

  it('is told with its cause: an internal error, a request that is too large', () => {
    const internal =
      'Произошла внутренняя ошибка OData сервиса. Дополнительные сведения можно найти в технологическом журнале.';
    expect(words(500, odata('-1', internal))).to.match(/log of its server/);
    expect(words(500, odata('-1', 'Не заполнено поле'))).to.match(/configuration of 1C refused/);
    for (const status of [413, 414, 431]) expect(words(status, html)).to.match(/maxAllowedContentLength/);
  });
});
