import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { closedPort } from '../../stand-ins/http-stand-in.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { runSql } from '../support/procedures.ts';
import { Service } from '../support/service.ts';
import { engines } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';

const long = randomBytes(6000).toString('base64');

/** The key, the value of `once` and the record are whatever the applicant is called. */
const mapping = `mapping: hires
on: { event: APPLICANT }
to: intranet
key: =applicant.last_name
once: =applicant.last_name & applicant.id
record: { path: /hires, body: { name: =applicant.last_name } }
`;

const named = (number: number, name: string) => withValue(hire(number), ['event', 'applicant', 'last_name'], name);

for (const engine of engines)
  describe(`an event that ${engine} cannot take`, function () {
    this.timeout(60_000);
    plainNetwork();
    let service: Service;

    before(async () => {
      service = await Service.start({
        mappings: { 'hires.yaml': mapping },
        config: {
          ...(engine === 'postgres' && { database: { url: await (await sharedPostgres()).createMigrated() } }),
          targets: {
            intranet: { adapter: 'rest', settings: { baseUrl: `http://127.0.0.1:${await closedPort()}` } },
          },
        },
      });
      const { database } = service.app.composition;
      expect(service.app.composition.mappings.faults).to.deep.equal([]);
      await database.call(
        runSql,
        engine === 'postgres'
          ? `alter table deliveries add constraint poison check (record not like '%poison%')`
          : `create trigger poison before insert on deliveries when new.record like '%poison%'
             begin select raise(abort, 'refused'); end`,
      );
    });

    after(() => service.stop());

    const post = async (document: JsonObject): Promise<number> => {
      const { status, json } = await postWebhook(service.url, document);
      expect(status).to.equal(200);
      return Number(Reflect.get(Object(json), 'event'));
    };

    it('fails alone and says why, while the events around it are mapped in their order', async () => {
      const stage = (value: string) =>
        withValue(named(90, 'Этапов'), ['event', 'applicant_log', 'status', 'id'], value);
      const merge = withValue(
        withValue(named(91, 'Двойник'), ['event', 'applicant_log', 'type'], 'DOUBLE'),
        ['event', 'applicant_log', 'source'],
        '7'.repeat(9000),
      );
      const documents = [
        named(1, 'Первая'),
        named(2, 'poison'),
        stage(long),
        named(3, `${long}1`),
        merge,
        named(4, 'a\0b'),
        named(5, 'a\ud800'),
        named(6, '🎉'),
        named(7, `${long}2`),
        named(8, 'poison too'),
        named(9, 'Последняя'),
      ];
      const ids: number[] = [];
      for (const document of documents) ids.push(await post(document));

      const { inbox, outbox } = service.app.composition;
      await until('all are mapped', async () => (await inbox.backlog()).count === 0);
      const events = await Promise.all(ids.map((id) => inbox.find(id)));
      const states = documents.map((_document, index) => (index === 1 || index === 9 ? 'failed' : 'mapped'));
      expect(events.map((event) => event?.state)).to.deep.equal(states);
      expect(events[1]?.error?.en).to.match(/^the database refused what was made of it \((?:23514|SQLITE_CONSTRAINT)/);
      expect(JSON.stringify(events[1]?.error)).not.to.include('poison');
      const owed = (await outbox.list({})).map(({ eventId }) => eventId);
      expect(owed).to.have.members(ids.filter((_id, index) => states[index] === 'mapped'));
    });
  });
