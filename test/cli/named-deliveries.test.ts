import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

const mapping =
  'mapping: rows\non: { event: APPLICANT }\nto: staff\nrecord: { Стаж: { from: =applicant.last_name, as: integer } }\n';

describe('actions over deliveries that somebody names', function suite() {
  this.timeout(60_000);
  plainNetwork();
  let service: Service;

  before(async () => {
    service = await Service.start({
      mappings: { 'rows.yaml': mapping },
      config: {
        targets: { staff: { adapter: 'csv', settings: { folder: './drop', create: true, name: 'staff.csv' } } },
      },
    });
    await postWebhook(service.url, hire(1));
    await until('it is dead', async () => (await service.app.composition.outbox.list({ state: 'dead' })).length === 1);
  });

  after(() => service.stop());

  const run = (...args: readonly string[]) =>
    command([...args, '--config', service.app.composition.config.file, '--lang', 'ru']);

  for (const action of ['retry', 'cancel', 'remap', 'replay'])
    it(`say of ${action} that there is no such delivery, and fail`, async () => {
      const { code, err } = await run('deliveries', action, '999');
      expect(code).to.equal(1);
      expect(err).to.match(/доставки 999 нет|таких доставок нет: 999/);
    });

  it('are kept with what became of each', async () => {
    await run('deliveries', 'retry', '998');
    const { items } = JSON.parse((await run('bulk', '--json')).out);
    const [{ id, done, failed }] = items;
    expect([done, failed]).to.deep.equal([0, 1]);
    const shown = await run('bulk', 'show', String(id));
    expect(shown.out).to.include('retry, окончено: сделано 0, не сделано 1, всего 1');
    expect(shown.out).to.match(/998 +не сделано +доставки 998 нет/);
  });

  it('say that records are made by the last good version while the file has a fault', async () => {
    writeFileSync(service.workspace.path('mappings', 'rows.yaml'), mapping.replace('record:', 'recrod:'));
    const { err } = await run('deliveries', 'remap', '1', '--even-unknown');
    expect(err).to.include('Файл маппинга «rows» с ошибками').and.to.include('последняя годная версия');
    writeFileSync(service.workspace.path('mappings', 'rows.yaml'), mapping);
    expect((await run('deliveries', 'remap', '1', '--even-unknown')).err).to.not.include('последняя годная версия');
  });
});
