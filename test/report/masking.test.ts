import { expect } from 'chai';
import fc from 'fast-check';
import { mask, maskKey } from '../../src/report/mask.ts';
import { recordedBody } from '../../src/report/recorded-body.ts';
import { shownExchanges } from '../../src/report/shown-attempt.ts';
import { threadTime } from '../support/thread-time.ts';

const record = {
  Фамилия: 'Крыжовников',
  Имя: 'Пётр',
  Отчество: 'Ильич',
  phone: '+7 912 345-67-89',
  ЗП: 9500,
  set: 'Catalog_ФизическиеЛица',
  Комментарий: 'сотрудник уже принят на склад',
};

function shown(received: string, of: unknown = record): string {
  const [exchange] = shownExchanges(
    [{ sent: { summary: 'POST', body: null }, received: { summary: '400', body: received } }],
    of,
  );
  return exchange?.received?.body ?? '';
}

describe('What we write ourselves', () => {
  it('is shown: tokens in comments, roles of entities, names of fields in a JSON text', () => {
    const own = { Комментарий: 'HF log 9041 1df52125', role: 'vacancy 9' };
    expect(mask(own)).to.deep.equal(own);
    expect(mask({ Комментарий: 'HF log 9041 1df52125 Крыжовников' })).to.not.deep.equal({
      Комментарий: 'HF log 9041 1df52125 Крыжовников',
    });
    expect(JSON.stringify(mask({ Значение: '{"value":"+79000000000","type":"Телефон"}' })))
      .to.include('value')
      .and.to.include('type')
      .and.to.not.include('9000');
  });
});

describe('What stands in a field of codes', () => {
  for (const code of ['E-17', '00-00000017', '0000-000123', 'v2.14.0', '1204', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'])
    it(`is shown: ${code}`, () => {
      expect(mask({ code, type: code, ref: code })).to.deep.equal({ code, type: code, ref: code });
    });

  for (const name of ['Ivanova', 'Anna.Ivanova', 'Ivanova-Petrova', 'A_Ivanova'])
    it(`is hidden where it is written as a name is: ${name}`, () => {
      expect(JSON.stringify(mask({ code: name, type: name }))).to.not.match(/vanova|nna/);
    });

  for (const word of ['STATUS', 'created', 'BadRequest', 'utf-8', 'ZUP_3', 'Edm.DateTime'])
    it(`is shown where it is a word of programs: ${word}`, () => {
      expect(mask({ code: word })).to.deep.equal({ code: word });
    });

  for (const [what, number] of Object.entries({
    phone: '79123456789',
    'a phone with dashes': '8-912-345-67-89',
    'a phone behind a word': 'tel89123456789',
    snils: '112-233-445.95',
    inn: '500100732259',
    passport: '4509.123456',
    birthday: '1990-05-01',
  }))
    it(`is hidden where it is somebody's ${what}`, () => {
      const shown = JSON.stringify(mask({ code: number, reason_code: number, column: [number] }));
      expect(shown.replaceAll(/\D/g, '')).to.have.length.below(7);
    });
});

describe('What a target said, as it is shown', () => {
  const readable = [
    '{"error":"unknown_department","field":"department"}',
    '{"error":{"code":"E-17","message":"Поле \\"Группа доступа\\" не заполнено"}}',
    'Поле "Группа доступа" не заполнено',
    'Поле «Вид занятости» не заполнено',
    'Не заполнена колонка "Подразделение" в строке 3',
    '{"odata.error":{"code":"8","message":{"lang":"ru","value":"Сущность не найдена: Catalog_ФизическиеЛица"}}}',
    '{"title":"Unprocessable Entity","status":422,"errors":{"last_name":["is required"]}}',
    '{"type":"validation_error","path":"applicant.first_name","code":1204}',
    'Internal Server Error',
    '{"ok":false,"error":"channel_not_found"}',
    '{"id":"10017","applicant_id":60,"state":"created"}',
  ];
  for (const text of readable) it(`stays readable: ${text}`, () => expect(shown(text)).to.equal(text));

  const telling: readonly (readonly [string, readonly string[]])[] = [
    ['Работник ПЕТРОВ ПЁТР ПЕТРОВИЧ уже принят', ['ПЕТРОВ', 'ПЁТР', 'ПЕТРОВИЧ']],
    ['Работник петров пётр петрович уже принят', ['петров', 'пётр', 'петрович']],
    ['Работник Мельник О. П. уже принят', ['Мельник', ' О. П']],
    ['Приказ для крыжовникова уже есть', ['крыжовникова']],
    ['КРЫЖОВНИКОВУ отказано', ['КРЫЖОВНИКОВ']],
    ['Employee John Smith already exists', ['John', 'Smith']],
    ['СНИЛС 112-233-445 95 занят', ['112', '233', '445', '95']],
    ['СНИЛС 11223344595 занят', ['11223344595']],
    ['паспорт 45 08 123456 недействителен', ['45', '08', '123456']],
    ['Телефон +7(912)345‑67‑89 уже есть', ['912', '345']],
    ['Телефон 8 912 345 67 89 уже есть', ['912', '345']],
    ['Телефон 8.912.345.67.89 уже есть', ['912', '345']],
    ['phone 8\u200b912\u200b345\u200b67\u200b89', ['912', '345']],
    ['Дата рождения 12.05.1990 неверна', ['12', '05', '1990']],
    ['оклад 9500 выше ставки', ['9500']],
    ['адрес petr.k@mail.example занят', ['petr', 'mail']],
    ['см. https://hr.example/people/kryzhovnikov?id=7', ['people', 'kryzhovnikov']],
    ['name=%D0%98%D0%B2%D0%B0%D0%BD', ['%D0%98']],
    ['{"name":"Мельник","salary":95000,"note":"живёт в Омске"}', ['Мельник', '95000', 'живёт', 'Омске']],
    ['{"error":"Сотрудник Мельник уже есть"}', ['Мельник']],
    ['{"79123456789":{"Мельник Олеся":1}}', ['79123456789', 'Мельник', 'Олеся']],
    ['{"error":{"name":"\\u041c\\u0435\\u043b\\u044c\\u043d\\u0438\\u043a"}}', ['Мельник', '041c']],
    ['<r><Фамилия>Мельник</Фамилия><a b="Мельник"/></r>', ['Мельник']],
    ['<html><body><p>Сотрудник Мельник</p></body></html>', ['Мельник']],
    ['{"message":"duplicate key (snils)=(112-233-445 95)"}', ['112', '445']],
    ['{"name":"Мель', ['Мель']],
  ];
  for (const [text, hidden] of telling) {
    it(`shows nobody: ${text}`, () => {
      for (const word of hidden) expect(shown(text)).not.to.include(word);
    });
  }

  it('keeps the name of a field beside a person', () => {
    expect(shown('Поле "Группа доступа" не заполнено для Крыжовникова Петра')).to.match(
      /^Поле "Группа доступа" не заполнено для К•+ П•+$/,
    );
  });

  it('shows of what was sent the names alone', () => {
    const body = '{"message":"Иванов","steps":[{"upsert":"Catalog_ФизическиеЛица","fields":{"ЗП":95000,"id":"17"}}]}';
    const [exchange] = shownExchanges([{ sent: { summary: 'POST', body }, received: null }], {});
    expect(exchange?.sent.body).to.equal(
      '{"message":"И•••••","steps":[{"upsert":"Catalog_ФизическиеЛица","fields":{"ЗП":"•••••","id":"17"}}]}',
    );
  });

  it('takes any text in linear time and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void shown(`{"error":"${text}`)),
      { numRuns: 300 },
    );
    const hostile = [
      '"'.repeat(8000),
      '<'.repeat(8000),
      '{'.repeat(8000),
      '\\'.repeat(8000),
      'А а '.repeat(2000),
      '<EntityType '.repeat(700),
      '1 '.repeat(4000),
      '@'.repeat(8000),
      "a='".repeat(2700),
      'ович '.repeat(1600),
    ];
    for (const text of hostile) {
      const begun = threadTime();
      shown(text);
      shown(`{"error":"${text}`);
      shown(`<a ${text}`);
      expect(threadTime() - begun, text.slice(0, 10)).to.be.below(2000);
    }
  });
});

describe('What an attempt keeps of a body', () => {
  it('is what came, cut at 8 KB, without the secrets', () => {
    expect(recordedBody('{"имя":"Пётр"}')).to.equal('{"имя":"Пётр"}');
    expect(recordedBody('ж'.repeat(50_000))?.length).to.equal(8193);
    expect([undefined, null, ''].map((body) => recordedBody(body))).to.deep.equal([null, null, null]);
    expect(recordedBody('token geheim-1 is wrong', ['geheim-1'])).to.equal('token [secret] is wrong');
    expect(recordedBody({ a: [1, 'b', null, true], c: undefined })).to.equal('{"a":[1,"b",null,true]}');
  });

  it('never throws and never takes long, whatever it is', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 1_000_000; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep };
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const thorny = {
      get x(): never {
        throw new Error('no');
      },
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const wild: readonly unknown[] = [
      deep,
      cycle,
      thorny,
      proxy,
      Array.from({ length: 1_000_000 }, () => 7),
      Buffer.alloc(50_000_000, 'x').toString(),
      '\ud800\0',
      5n,
      () => 1,
      Symbol('s'),
      { 'k\ud800': '\udc00' },
      new Map([[1, 2]]),
    ];
    for (const body of wild) {
      const begun = threadTime();
      expect(recordedBody(body)?.length ?? 0).to.be.below(8200);
      mask(body);
      expect(threadTime() - begun).to.be.below(1500);
    }
    expect(recordedBody('\ud800\0')).to.equal('\ufffd\ufffd');
  });
});

describe('Keys', () => {
  it('of the form kind/id are shown, others masked', () => {
    for (const key of ['applicant/17', 'vacancy/9041', 'log/0193b2c0-7d5e-4c6a-9f3e-0a1b2c3d4e5f'])
      expect(maskKey(key)).to.equal(key);
    for (const key of [
      '+79123456789',
      '79123456789',
      'applicant/ivanov',
      'petr@mail.example',
      'Иванова 1990',
      'A-17',
      'a/b/17',
      'phone/79161234567',
      'snils/11223344595',
      'ivanov/17',
    ])
      expect(maskKey(key)).not.to.equal(key).and.not.match(/\d/);
  });
});
