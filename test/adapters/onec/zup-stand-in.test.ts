import { expect } from 'chai';
import { sentences } from '../../../stand-ins/onec/sentences.ts';
import { OnecStandIn, type StandInOptions } from '../../../stand-ins/onec/stand-in.ts';
import { zupSeeded } from '../../../stand-ins/onec/zup/seed.ts';

type Row = Readonly<Record<string, unknown>>;

const people = 'Catalog_ФизическиеЛица';
const cards = 'Catalog_Сотрудники';
const orders = 'Document_ПриемНаРаботу';
const names = 'InformationRegister_ФИОФизическихЛиц';

describe('the stand-in for ЗУП 3.1', () => {
  let standIn: OnecStandIn;

  async function open(options: StandInOptions = {}): Promise<void> {
    standIn = await OnecStandIn.start({ zup: true, ...options });
  }

  afterEach(() => standIn.stop());

  async function ask(method: string, path: string, body?: Row): Promise<{ status: number; row: Row; text: string }> {
    const { user, password } = standIn.behaviour;
    const response = await fetch(`${standIn.url}/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        accept: 'application/json;odata=nometadata',
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const row: Row = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: response.status, row, text };
  }

  async function found(set: string, filter: string): Promise<readonly Row[]> {
    const { row } = await ask('GET', `${set}?$filter=${encodeURIComponent(filter)}`);
    return Array.isArray(row['value']) ? row['value'] : [];
  }

  async function made(set: string, body: Row): Promise<Row> {
    return (await ask('POST', set, body)).row;
  }

  it('has five kinds of contact called Email and four called Телефон, and one of each name for a program', async () => {
    await open();

    const kinds = 'Catalog_ВидыКонтактнойИнформации';
    expect(await found(kinds, "Description eq 'Email'")).to.have.length(5);
    expect(await found(kinds, "Description eq 'Телефон'")).to.have.length(4);
    expect(await found(kinds, "PredefinedDataName eq 'ТелефонМобильныйФизическиеЛица'")).to.have.length(1);
  });

  it('splits the parts of a new name out of ФИО and computes what is for search', async () => {
    await open();

    const person = await made(people, {
      ФИО: 'Королёва Алёна Петровна',
      Фамилия: 'Другая',
      СтраховойНомерПФР: '11223344595',
    });

    expect(person).to.include({
      Фамилия: 'Королёва',
      Имя: 'Алёна',
      Отчество: 'Петровна',
      СтраховойНомерПФР: '112-233-445 95',
      НаименованиеСлужебное: 'КОРОЛЕВА АЛЕНА ПЕТРОВНА',
    });
  });

  it('undoes a changed surname until the name register has it', async () => {
    await open();
    const key = String((await made(people, { ФИО: 'Иванова Анна' }))['Ref_Key']);
    const nameOf = (surname: string, day: string): Row => ({
      Period: `${day}T00:00:00`,
      ФизическоеЛицо: key,
      ФизическоеЛицо_Type: `StandardODATA.${people}`,
      Фамилия: surname,
      Имя: 'Анна',
    });
    await made(names, nameOf('Иванова', '2020-01-01'));

    const undone = await ask('PATCH', `${people}(guid'${key}')`, { Фамилия: 'Смирнова' });
    await made(names, nameOf('Смирнова', '2026-11-20'));
    const kept = await ask('PATCH', `${people}(guid'${key}')`, { Фамилия: 'Смирнова' });

    expect(undone.row['Фамилия']).to.equal('Иванова');
    expect(kept.row['Фамилия']).to.equal('Смирнова');
  });

  it('takes the position from the staff position when the staff schedule is on, and empties it without one', async () => {
    await open({ behaviour: { staffSchedule: true } });

    const without = await made(orders, { Должность_Key: zupSeeded.accountant });
    const withOne = await made(orders, { ДолжностьПоШтатномуРасписанию_Key: zupSeeded.accountantInSales });

    expect(without['Должность_Key']).to.equal('00000000-0000-0000-0000-000000000000');
    expect(withOne['Должность_Key']).to.equal(zupSeeded.accountant);
    expect((await ask('GET', 'Constant_ИспользоватьШтатноеРасписание')).text).to.include('"Value":true');
  });

  it('empties the staff position when the staff schedule is off', async () => {
    await open();

    const order = await made(orders, {
      Должность_Key: zupSeeded.accountant,
      ДолжностьПоШтатномуРасписанию_Key: zupSeeded.accountantInSales,
    });

    expect(order).to.include({
      Должность_Key: zupSeeded.accountant,
      ДолжностьПоШтатномуРасписанию_Key: '00000000-0000-0000-0000-000000000000',
    });
    expect(standIn.base.silent).to.deep.include({
      set: orders,
      key: order['Ref_Key'],
      field: 'ДолжностьПоШтатномуРасписанию_Key',
      what: 'dropped',
    });
  });

  it('lets several cards of one person be, and no two of one number', async () => {
    await open();
    const person = await made(people, { ФИО: 'Иванова Анна' });
    const first = await made(cards, { ФизическоеЛицо_Key: person['Ref_Key'] });
    const second = await made(cards, {
      ФизическоеЛицо_Key: person['Ref_Key'],
      ГоловнойСотрудник_Key: first['Ref_Key'],
    });

    expect(first['ГоловнойСотрудник_Key']).to.equal(first['Ref_Key']);
    expect(second['ГоловнойСотрудник_Key']).to.equal(first['Ref_Key']);
    expect(await ask('POST', cards, { Code: first['Code'] })).to.deep.include({
      status: 500,
      row: {
        'odata.error': { code: '-1', message: { lang: 'ru', value: 'Значение поля "Табельный номер" не уникально' } },
      },
    });
  });

  it('knows who works from what is posted, and who left', async () => {
    await open();
    const current = 'InformationRegister_ТекущиеКадровыеДанныеСотрудников';
    const history = 'InformationRegister_КадроваяИсторияСотрудников';
    const person = String((await made(people, { ФИО: 'Иванова Анна' }))['Ref_Key']);
    const card = String((await made(cards, { ФизическоеЛицо_Key: person }))['Ref_Key']);
    const who = { ФизическоеЛицо_Key: person, Сотрудник_Key: card, Организация_Key: zupSeeded.organisation };
    const hire = await made(orders, { ...who, ДатаПриема: '2026-01-10T00:00:00', ВидЗанятости: 'ОсновноеМестоРаботы' });
    expect(standIn.base.all(current)).to.deep.equal([]);

    await ask('POST', `${orders}(guid'${String(hire['Ref_Key'])}')/Post?PostingModeOperational=false`);
    expect(await found(current, `Сотрудник_Key eq guid'${card}'`)).to.have.length(1);
    expect(await found(history, `RecordSet/any(d: d/Сотрудник_Key eq guid'${card}')`)).to.have.length(1);

    const dismissal = await made('Document_Увольнение', { ...who, ДатаУвольнения: '2026-05-31T00:00:00' });
    await ask('POST', `Document_Увольнение(guid'${String(dismissal['Ref_Key'])}')/Post?PostingModeOperational=false`);
    expect(standIn.base.all(current)[0]).to.include({ ДатаУвольнения: '2026-05-31T00:00:00' });
    expect(standIn.base.all(history)).to.have.length(2);

    await ask('PATCH', `${orders}(guid'${String(hire['Ref_Key'])}')`, { DeletionMark: true });
    expect(standIn.base.all(current)).to.deep.equal([]);
  });

  it('insists on the fields that a base makes mandatory', async () => {
    await open({ behaviour: { mandatory: [`${people}.ГруппаДоступа_Key`] } });

    const { status, text } = await ask('POST', people, { ФИО: 'Иванова Анна' });

    expect(status).to.equal(500);
    expect(text).to.include('Поле \\"Группа доступа\\" не заполнено');
    expect(standIn.base.all(people)).to.deep.equal([]);
  });

  it('compares texts without regard to case, and takes brackets in a search for a pattern', async () => {
    await open();
    await made(people, { ФИО: 'Иванова Анна', Комментарий: '[HF log 1 aa] и HF log 1 aa' });

    expect(await found(people, "ФИО eq 'ИВАНОВА АННА'")).to.have.length(1);
    expect(await found(people, "substringof('HF log 1 aa',Комментарий)")).to.have.length(1);
    expect(await found(people, "substringof('[HF log 2 bb]',Комментарий)"), 'one of these letters').to.have.length(1);
  });

  for (const sentence of [...sentences.busy, ...sentences.maintenance, ...sentences.final])
    it(`says as code -1, or in plain text, and writes nothing: ${sentence}`, async () => {
      await open();
      standIn.trouble = () => ({ kind: 'says', sentence });
      const judged = await ask('POST', people, { ФИО: 'Иванова Анна' });
      standIn.trouble = () => ({ kind: 'says', sentence, plain: true });
      const plain = await ask('POST', people, { ФИО: 'Иванова Анна' });

      expect(judged.row).to.deep.equal({ 'odata.error': { code: '-1', message: { lang: 'ru', value: sentence } } });
      expect(plain.text).to.equal(sentence);
      expect(standIn.base.all(people)).to.deep.equal([]);
    });
});
