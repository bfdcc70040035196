import { statSync } from 'node:fs';
import { expect } from 'chai';
import { Audit } from '../../src/audit/audit.ts';
import { Retention } from '../../src/retention/retention.ts';
import { runSql } from '../support/procedures.ts';
import { newDelivery, openStores } from '../support/stores.ts';

const day = 86_400_000;
const key = 'ab'.repeat(32);

/** Days, events a day, days that they are kept, and days that their rows are listed. */
const [days, daily, kept, listed] = process.env['SOAK'] === undefined ? [90, 25, 15, 30] : [365, 2000, 90, 180];

describe(`${days} days of ${daily} events, kept for ${kept} and listed for ${listed}`, function () {
  this.timeout(3_600_000);

  it('let the file grow while the first of them are kept and listed, and then by no more than their dedupe keys', async () => {
    const stores = await openStores('sqlite');
    const { database, inbox, outbox } = stores;
    let time = 1000 * day;
    const audit = new Audit(database, { current: () => key, known: () => [key] }, () => time);
    const age = kept * day;
    const retention = new Retention({
      database,
      audit,
      ages: { delivered: age, skipped: age, dead: age, attachments: age, attempts: age, rows: listed * day },
      now: () => time,
      clearFiles: async () => 0,
      clearCopies: async () => 0,
      cleared: () => undefined,
      failed: (error) => expect.fail(String(error)),
    });
    const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(6000) }));
    const sizes: number[] = [];
    let number = 0;
    for (let passed = 0; passed < days; passed += 1) {
      const events = await Promise.all(
        Array.from({ length: daily }, () =>
          inbox.keep({
            source: 'huntflow',
            scope: 'x/1',
            event: 'APPLICANT',
            type: 'STATUS',
            action: 'ADD',
            dedupeKey: `["huntflow","x","1","APPLICANT","event","${(number += 1)}"]`,
            variant: `["${number}","ADD"]`,
            receivedAt: time,
            body,
            bodySize: body.length,
            headers: { 'x-huntflow-event': 'APPLICANT' },
            error: undefined,
          }),
        ),
      );
      await outbox.insert(
        events.map(({ event }) =>
          newDelivery({
            eventId: event,
            key: null,
            createdAt: time,
            made: { record: JSON.stringify({ record: 'y'.repeat(1000) }), idempotencyKey: 'k'.repeat(32) },
          }),
        ),
      );
      for (const text of [
        `update events set state = 'mapped', finished_at = ${time} where state = 'received'`,
        `insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
          select id, 1, ${time}, ${time}, 'delivered', '${'z'.repeat(1500)}', '[]' from deliveries where state = 'pending'`,
        'delete from lanes',
        `update deliveries set state = 'delivered', finished_at = ${time} where state = 'pending'`,
      ])
        await database.call(runSql, text);
      time += day;
      expect(await retention.pass()).to.equal(true);
      sizes.push(statSync(database.file ?? '').size);
    }
    await retention.stop();
    const size = (at: number) => sizes[at - 1] ?? NaN;
    const grown = (from: number, to: number) => (size(to) - size(from)) / ((to - from) * daily);
    const first = grown(1, kept);
    const later = grown(kept + 1, listed);
    const end = grown(listed + 1, days);
    if (process.env['SOAK'] !== undefined)
      process.stdout.write(
        `      ${[kept, listed, days].map((at) => `${size(at)} bytes after ${at} days`).join(', ')}: ${first.toFixed(0)}, ` +
          `${later.toFixed(0)} and ${end.toFixed(0)} an event\n`,
      );
    expect(later, `an event, after ${first} while it is kept`).to.be.below(0.05 * first);
    expect(end, `an event, after ${first} while it is kept`).to.be.below(0.015 * first);
    await stores.close();
  });
});
