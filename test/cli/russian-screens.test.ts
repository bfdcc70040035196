import { expect } from 'chai';
import { spokenDeed } from '../../src/shown/spoken-deed.ts';
import { fixture } from '../support/fixtures.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';

const rows = `mapping: rows
on: { event: APPLICANT }
to: staff
order: none
record: { Фамилия: =applicant.last_name, Оклад: =applicant.nothing, Вид: Основное место }
`;
const places = `mapping: places
on: { event: APPLICANT }
to: staff
order: none
record:
  Отдел: { from: =applicant.company, lookup: divisions, else: reject }
`;

describe('screens under Russian', function suite() {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start({
      mappings: { 'rows.yaml': rows, 'places.yaml': places, 'dictionaries/divisions.yaml': '"1": Бухгалтерия\n' },
      config: {
        targets: { staff: { adapter: 'csv', settings: { folder: './drop', create: true, name: 'staff.csv' } } },
      },
    });
    const hired = withValue(hire(1), ['event', 'applicant', 'company'], 'Отдел секретных продаж');
    await postWebhook(service.url, withValue(hired, ['event', 'applicant', 'last_name'], 'Крыжовников'));
    await postWebhook(service.url, fixture('facts/22-offer-add').document, { event: 'OFFER' });
    const states = async () => (await service.app.composition.outbox.list({})).map(({ state }) => state).toSorted();
    await until('both are settled', async () => (await states()).join() === 'dead,delivered');
    await until(
      'the offer is passed over',
      async () => (await service.app.composition.inbox.list({ state: 'skipped' })).length === 1,
    );
  });

  after(() => service.stop());

  const run = (args: readonly string[], language = 'ru') =>
    command([...args, '--config', service.app.composition.config.file, '--lang', language]);
  const idOf = async (state: 'dead' | 'delivered') =>
    String((await service.app.composition.outbox.list({ state }))[0]?.id ?? 0);

  it('say in Russian what an attempt did', async () => {
    const { out } = await run(['deliveries', 'show', await idOf('delivered')]);
    expect(out).to.include('добавлено в staff.csv').and.to.include('→ добавить строку в staff.csv');
    expect(out).to.not.match(/added to|add a row|written to/);
    expect((await run(['deliveries', 'show', await idOf('delivered')], 'en')).out).to.include('added to staff.csv');
  });

  it('name the value that a dictionary lacks to who asks for it, and to nobody else', async () => {
    const masked = await run(['map', 'places', '1']);
    expect(masked.code).to.equal(1);
    expect(masked.err).to.include('нет в словаре «divisions»').and.to.include('(значение: "О•••• ');
    expect(masked.err + masked.out).to.not.include('секретных');
    const open = await run(['map', 'places', '1', '--reveal']);
    expect(open.err).to.include('(значение: "Отдел секретных продаж")');
    const explained = await run(['map', 'places', '1', '--explain', '--reveal']);
    expect(explained.out).to.include('✘').and.to.include('"Отдел секретных продаж"');

    const { out } = await run(['deliveries', 'show', await idOf('dead')]);
    expect(out).to.include('записи нет').and.to.include('map places 1 --explain');
    expect(out)
      .to.not.match(/^null$/m)
      .and.to.not.include('секретных');
  });

  it('show what a mapping wrote itself as it is, and what is not there as a dash', async () => {
    const { out } = await run(['map', 'rows', '1', '--explain']);
    expect(out).to.include('"Основное место"').and.to.include('постоянное');
    expect(out).to.match(/Оклад +— +=applicant\.nothing/);
    expect(out).to.not.include('Крыжовников').and.to.not.include('constant');
  });

  it('tell events apart, and which of them no mapping wants', async () => {
    const list = await run(['events', 'list']);
    expect(list.out)
      .to.match(/ЭТАП +КЛЮЧ +ЗАПИСЬ/)
      .and.to.match(/APPLICANT .*applicant\/1 /);
    expect(list.out).to.match(/OFFER .*пропущено +сохранено, ни один маппинг его не взял/);
    const { items }: { items: readonly { event: string; key: string; log: string; stage: string | null }[] } =
      JSON.parse((await run(['events', 'list', '--json'])).out);
    expect(items.find(({ event }) => event === 'APPLICANT')).to.include({ key: 'applicant/1' });
    expect((await run(['targets'])).out).to.include('OFFER: сохранено, ни один маппинг их не берёт');
    expect((await run(['targets'], 'en')).out).to.include('OFFER: kept, no mapping wants them');
    expect((await run(['targets'])).out).to.not.include('APPLICANT');
  });
});

describe('what an adapter says it has done', () => {
  for (const [said, russian] of [
    ['created', 'создано'],
    ['already there', 'уже есть'],
    ['added to a, b.csv', 'добавлено в a, b.csv'],
    ['sent to 1 of 3', 'отправлено: 1 из 3'],
    [
      'Catalog_Сотрудники(6a57) created, Document_ПриемНаРаботу(d31b) already there',
      'Catalog_Сотрудники(6a57): создано, Document_ПриемНаРаботу(d31b): уже есть',
    ],
    ['201 Created', '201 Created'],
    ['employee created', 'employee: создано'],
    ['the portal took it', 'the portal took it'],
    ['', ''],
  ] as const)
    it(`is said in Russian where the words are known: ${said}`, () => {
      expect(spokenDeed(said, 'ru')).to.equal(russian);
      expect(spokenDeed(said, 'en')).to.equal(said);
    });
});
