import { expect } from 'chai';
import { fakeEmail, fakePhone, fakeUrl, isPhone } from '../../src/fakes/contact.ts';
import { earlierDate, isDate, otherDate } from '../../src/fakes/date.ts';
import { fakeInn, fakeSnils } from '../../src/fakes/document-number.ts';
import { fakeName, guessPart, looksLikeName } from '../../src/fakes/name.ts';
import { fakeFileName, fakeText, fakeWords } from '../../src/fakes/words.ts';
import { toInn } from '../../src/mapping/conversions/inn.ts';
import { toPhone } from '../../src/mapping/conversions/phone.ts';
import { toSnils } from '../../src/mapping/conversions/snils.ts';

const full = (text: string) => fakeName(text, guessPart);

describe('fakes', () => {
  it('of names keep part, gender, case, script and signs', () => {
    expect(fakeName('Иванова', () => 'last')).to.match(/^[А-ЯЁ][а-яё]+на$|^[А-ЯЁ][а-яё]+ва$/);
    expect(fakeName('ИВАНОВ', () => 'last')).to.match(/^[А-ЯЁ]+(ОВ|ИН|ЕВ)$/);
    expect(fakeName('Никита', () => 'first')).to.not.match(/[ая]$/);
    expect(full('Иванова Анна Сергеевна')).to.match(/^[А-ЯЁ][а-яё]+а [А-ЯЁ][а-яё]+[ая] [А-ЯЁ][а-яё]+вна$/);
    expect(full('Petrov Ivan')).to.match(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(full('Иванов А. С.')).to.match(/^[А-ЯЁ][а-яё]+ [А-ЯЁ]\. [А-ЯЁ]\.$/);
    expect(fakeName('=Петрова-Водкина 2', () => 'last')).to.match(/^=[А-ЯЁ][а-яё]+-[А-ЯЁ][а-яё]+ \d$/);
    expect(['Орлов Денис', 'Иванова Анна Сергеевна', 'Иванов И. И.'].every(looksLikeName)).to.equal(true);
    expect(['Бухгалтер', 'Через две недели', 'Карьерный сайт'].some(looksLikeName)).to.equal(false);
  });

  it('of the same name are the same, however its letters are composed', () => {
    expect(full('Королёв Андрей'.normalize('NFD'))).to.equal(full('Королёв Андрей'));
  });

  it('of phones exist where the number existed, and keep the way it is written', () => {
    for (const phone of [
      '+7 (912) 345-67-89',
      '89123456789',
      '9123456789',
      '+7 900 000-00-00',
      '+375 29 123-45-67',
      '+49 1512 3456789',
    ]) {
      expect(isPhone(phone, false), phone).to.equal(true);
      expect(fakePhone(phone).replaceAll(/\d/g, '0'), phone).to.equal(phone.replaceAll(/\d/g, '0'));
      expect(fakePhone(phone), phone).to.not.equal(phone);
      expect(toPhone(fakePhone(phone)).ok, phone).to.equal(true);
    }
    expect(fakePhone('+7 (912) 345-67-89')).to.match(/^\+7 \(900\) 000-\d\d-\d\d$/);
  });

  it('of СНИЛС and ИНН have check digits that fit', () => {
    for (const snils of ['112-233-445 95', '11223344595']) {
      expect(toSnils(fakeSnils(snils)).ok).to.equal(true);
      expect(fakeSnils(snils).replaceAll(/\d/g, '0')).to.equal(snils.replaceAll(/\d/g, '0'));
      expect(fakeSnils(snils)).to.not.equal(snils);
    }
    for (const inn of ['500100732259', '7707083893']) {
      expect(toInn(fakeInn(inn)).ok).to.equal(true);
      expect(fakeInn(inn)).to.have.length(inn.length).and.not.equal(inn);
    }
  });

  it('of dates keep their form', () => {
    expect(earlierDate('2026-12-01')).to.equal('2025-12-02');
    expect(earlierDate('2026-11-20T12:30:00+03:00')).to.equal('2025-11-21T12:30:00+03:00');
    expect(earlierDate('26.10.2026')).to.equal('27.10.2025');
    expect(otherDate('1990-05-01')).to.match(/^1995-\d\d-(01|15)$/);
    expect(otherDate('01.05.1995'))
      .to.match(/^(01|15|08)\.\d\d\.1995$/)
      .and.not.equal('01.05.1995');
    expect(otherDate('1990-05-01T10:20:30+03:00')).to.match(/^1995-\d\d-\d\dT00:00:00\+03:00$/);
    expect(['2026-12', '1.5.1990', '2026-12-01 и потом'].some(isDate)).to.equal(false);
  });

  it('of texts keep lengths, lines and signs, and tags without what they carry', () => {
    const text = 'Выходит 1 декабря,\nзвонить: Олегу 😀 (после 18)';
    expect(fakeWords(text).replaceAll(/\p{L}/gu, 'x').replaceAll(/\d/g, '0')).to.equal(
      text.replaceAll(/\p{L}/gu, 'x').replaceAll(/\d/g, '0'),
    );
    expect(fakeText('<p class="x">Привет,&nbsp;<a href="mailto:anna@x.ru">Анна</a><br/></p>')).to.match(
      /^<p>[А-ЯЁ][а-яё]{5},&nbsp;<a>[А-ЯЁ][а-яё]{3}<\/a><br\/><\/p>$/,
    );
    expect(fakeText('<ivanova>'))
      .to.match(/^<[a-z]{7}>$/)
      .and.not.equal('<ivanova>');
    expect(fakeFileName('Иванова Анна.PDF')).to.match(/^file\d{4}\.pdf$/);
  });

  it('of addresses lead nowhere', () => {
    expect(fakeEmail('ivanova@corp.ru')).to.match(/^person\d{4}@example\.com$/);
    expect(fakeUrl('https://t.me/ivanova')).to.match(/^https:\/\/example\.com\/\d{4}$/);
  });

  it('differ from what they stand for, whatever the length', () => {
    for (const text of [
      'а',
      'и',
      'я',
      'да',
      'дом',
      'свет',
      'закат',
      'дорога',
      'светлый',
      'вечерний',
      'солнечный',
      'e',
      'et',
      'sit',
      'amet',
      '7',
      '42',
      '007',
      '123456789012',
      'абвгдежзиклмнопр',
    ]) {
      expect(fakeWords(text)).to.have.length(text.length).and.not.equal(text);
    }
  });
});
