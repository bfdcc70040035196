import { expect } from 'chai';
import { zupSeeded } from '../../../stand-ins/onec/zup/seed.ts';
import { ask, at } from '../../support/console.ts';
import { plainNetwork } from '../../support/plain-network.ts';
import { command } from '../../support/serving.ts';
import { until } from '../../support/until.ts';
import { Served } from './served.ts';

const cards = 'Catalog_Сотрудники';
const orders = 'Document_ПриемНаРаботу';

describe('deliveries choose, where somebody has two living cards in 1C', function suite() {
  this.timeout(60_000);
  plainNetwork();
  let served: Served;
  let typed: readonly string[];

  beforeEach(async () => {
    served = await Served.start();
    const add = (set: string, values: Readonly<Record<string, unknown>>): string => {
      const model = served.standIn.base.sets.get(set);
      if (model === undefined) throw new Error(`no ${set}`);
      return String(served.standIn.base.add(model, values)['Ref_Key']);
    };
    const person = add('Catalog_ФизическиеЛица', {
      Description: 'Иванова Анна Сергеевна',
      ФИО: 'Иванова Анна Сергеевна',
      ДатаРождения: '1980-01-01T00:00:00',
    });
    typed = ['0001', '0002'].map((Code) =>
      add(cards, { Code, ФизическоеЛицо_Key: person, ГоловнаяОрганизация_Key: zupSeeded.organisation }),
    );
    await served.hire(1);
    await until('it asks', async () => (await served.states())[0] === 'dead (rejected)');
  });

  afterEach(() => served.stop());

  const all = (set: string) => served.standIn.base.all(set);
  const choose = (...args: readonly string[]) =>
    command(['deliveries', 'choose', '1', '--step', 'employee', ...args, '--config', served.config]);
  const delivered = () => until('it is delivered', async () => (await served.states())[0] === 'delivered');

  it('asks which one is meant, writes nothing, and goes on with the answer, also with a correction later', async () => {
    const [asked] = await served.service.app.composition.outbox.list({});
    expect(asked?.lastError?.en).to.include('2 living cards').and.to.include('deliveries choose ID --step employee');
    for (const key of typed) expect(asked?.lastError?.en).to.include(key);
    expect(served.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);

    const { code, out } = await choose('--object', String(typed[1]), '--reason', 'the main one');

    expect([code, out]).to.deep.equal([0, 'The answer is kept, delivery 1 is tried again now\n']);
    await delivered();
    expect(all(cards)).to.have.length(2);
    expect(all(orders).map((order) => order['Сотрудник_Key'])).to.deep.equal([typed[1]]);

    await served.hire(1, { action: 'EDIT', day: '2026-12-08' });
    await until('the correction is delivered', async () => (await served.states())[1] === 'delivered');

    expect(all(orders).map((order) => [order['Сотрудник_Key'], order['ДатаПриема']])).to.deep.equal([
      [typed[1], '2026-12-08T00:00:00'],
    ]);
    expect(served.said('error')).to.have.length(1);
  });

  it('makes a new card where none of them is meant', async () => {
    expect((await choose('--new', '--json')).code).to.equal(0);
    await delivered();

    expect(all(cards)).to.have.length(3);
    expect(typed).not.to.include(all(orders)[0]?.['Сотрудник_Key']);
  });

  it('takes the answer over the API too, and with a wrong one names the field', async () => {
    const post = (body: unknown) => ask(served.service, '/deliveries/1/choose', { body });
    for (const [body, field] of [
      [{ step: 'employee' }, 'object'],
      [{ step: 'employee', object: String(typed[0]), new: true }, 'object'],
      [{ step: 'card', object: String(typed[0]) }, 'step'],
      [{ object: String(typed[0]) }, 'step'],
    ] as const) {
      const { status, json } = await post(body);
      expect([body, status, at(json, 'error', 'field')]).to.deep.equal([body, 400, field]);
    }
    const { status } = await post({ step: 'employee', object: String(typed[1]), reason: 'the main one' });
    expect(status).to.equal(200);
    await delivered();
    expect(all(orders).map((order) => order['Сотрудник_Key'])).to.deep.equal([typed[1]]);
    const audit = await ask(served.service, '/audit?action=choose');
    expect(at(audit.json, 'items', 0, 'on')).to.include('delivery/1');
    expect(JSON.stringify(audit.json)).not.to.include('the main one');
    const late = await post({ step: 'employee', new: true });
    expect([late.status, at(late.json, 'error', 'state')]).to.deep.equal([409, 'delivered']);
  });

  it('takes no answer that is none, and says why', async () => {
    const strange = await Promise.all([
      choose(),
      choose('--object', '0001'),
      choose('--object', String(typed[0]), '--step', 'card'),
    ]);

    expect(strange.map(({ code }) => code)).to.deep.equal([1, 1, 1]);
    expect(strange.map(({ err }) => err)[0]).to.include('exactly one is needed');
    expect(strange.map(({ err }) => err)[1]).to.include('a GUID like');
    expect(strange.map(({ err }) => err)[2])
      .to.include('has no step "card"')
      .and.to.include('employee');
    expect(await served.states()).to.deep.equal(['dead (rejected)']);
  });
});
