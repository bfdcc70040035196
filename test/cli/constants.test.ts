import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect } from 'chai';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';

const mapping = `mapping: hires
on: { event: APPLICANT }
to: intranet
record:
  path: /hires
  body:
    Вид Занятости: Основное место работы
    Отдел Кадров: { Куратор Марина: ООО Ромашка }
    Разряд: 42
    Ставка: 42
    ФИО: =applicant.last_name
    Разряд кандидата: =applicant.id
    Подразделение: { from: =applicant.nothing, default: Бухгалтерия Север }
`;

describe('what a mapping wrote itself', function suite() {
  this.timeout(60_000);
  plainNetwork();

  it('is readable in shown records and attempts; the values of data are not', async () => {
    const target = createServer((_, answer) => {
      answer.writeHead(422, { 'content-type': 'application/json' });
      answer.end('{"message":"Отдел Ромашка не принимает: Вид Занятости у Крыжовникова"}');
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const address = target.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const service = await Service.start({
      mappings: { 'hires.yaml': mapping },
      config: { targets: { intranet: { adapter: 'rest', settings: { baseUrl: `http://127.0.0.1:${port}` } } } },
    });
    try {
      const named = withValue(hire(1), ['event', 'applicant', 'last_name'], 'Крыжовников');
      await postWebhook(service.url, withValue(named, ['event', 'applicant', 'id'], 4_217));
      const dead = async () => (await service.app.composition.outbox.list({ state: 'dead' })).at(0);
      const { id } = await until('it is dead', dead);
      const config = service.app.composition.config.file;
      const { out } = await command(['deliveries', 'show', String(id), '--json', '--config', config], {}, '.');
      const { record, attemptLog } = JSON.parse(out);
      expect(record.body).to.deep.equal({
        'Вид Занятости': 'Основное место работы',
        'Отдел Кадров': { 'Куратор Марина': 'ООО Ромашка' },
        Разряд: 42,
        Ставка: 42,
        ФИО: 'К••••••••••',
        'Разряд кандидата': '••••',
        Подразделение: 'Бухгалтерия Север',
      });
      const [{ sent, received }] = attemptLog[0].exchanges;
      expect(JSON.parse(sent.body)).to.deep.equal(record.body);
      expect(received.body).to.include('Отдел Ромашка не принимает: Вид Занятости у К');
      expect(out).not.to.match(/рыжовник/);

      // The same in what a draft would change: constants of both versions, and fields as in the record.
      const draft = service.workspace.path('draft.yaml');
      writeFileSync(
        draft,
        mapping
          .replace('Основное место работы', 'Внутреннее совместительство')
          .replace('=applicant.last_name', '=$uppercase(applicant.last_name)'),
      );
      const args = ['replay', String(1), '--mapping', 'hires', '--version', `draft:${draft}`, '--dry-run', '--json'];
      const tried = await command([...args, '--config', config], {}, '.');
      const [{ differences }] = JSON.parse(tried.out).items;
      expect(differences).to.deep.equal([
        { field: 'body.Вид Занятости', before: 'Основное место работы', after: 'Внутреннее совместительство' },
        { field: 'body.ФИО', before: 'К••••••••••', after: 'К••••••••••' },
      ]);
    } finally {
      await service.stop();
      target.close();
    }
  });
});
