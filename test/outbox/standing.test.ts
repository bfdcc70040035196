import { expect } from 'chai';
import { OnecOdata } from '../../adapters/onec-odata.ts';
import { MappingVersions } from '../../src/mapping/store/mapping-versions.ts';
import { mask } from '../../src/report/mask.ts';
import { shownCause } from '../../src/shown/cause.ts';
import { lookedFor, openTexts } from '../../src/shown/open-texts.ts';
import type { Settlement } from '../../src/outbox/delivery.ts';
import { engines, insertAll, newDelivery, openStores, type Stores } from '../support/stores.ts';

const said = { startedAt: 2000, summary: null, exchanges: [], warnings: [] } as const;
const refused = {
  ...said,
  outcome: 'dead',
  reason: 'rejected',
  failed: { ru: 'нет отдела', en: 'no division' },
} as const;

for (const engine of engines)
  describe(`how it stands on ${engine}`, () => {
    let stores: Stores;

    beforeEach(async () => {
      stores = await openStores(engine);
    });

    afterEach(() => stores.close());

    async function settleAll(settlement: (place: number) => Settlement): Promise<void> {
      const claims = await stores.outbox.claim({ target: 'zup', now: 5000, until: 35_000, most: 1000 });
      for (const [place, claim] of claims.entries()) await stores.outbox.settle(claim, settlement(place));
    }

    const insertMany = (count: number, prefix: string) =>
      insertAll(
        stores,
        Array.from({ length: count }, (_, place) =>
          newDelivery({
            key: `applicant/${prefix}${place}`,
            applicant: `${prefix}${place % 5}`,
            mapping: `from-${prefix}`,
          }),
        ),
      );

    it('a target has its last success and its 95th percentile, and nothing before the first', async () => {
      await insertMany(20, '1');
      expect((await stores.outbox.flowOf(['zup'])).latest.size).to.equal(0);
      await settleAll((place) => ({ ...said, outcome: 'delivered', finishedAt: 2000 + place * 100 }));
      const { latest } = await stores.outbox.flowOf(['zup', 'intranet']);
      expect([...latest]).to.deep.equal([['zup', { lastAt: 3900, p95: 2800 }]]);
    });

    it('a target keeps its last success while more waits for it than is looked through', async () => {
      await insertMany(3, '1');
      await settleAll(() => ({ ...said, outcome: 'delivered', finishedAt: 4000 }));
      await insertMany(600, '2');
      const { latest, due } = await stores.outbox.flowOf(['zup']);
      expect(latest.get('zup')).to.deep.equal({ lastAt: 4000, p95: 3000 });
      expect(due.get('zup')).to.equal(1000);
    });

    it('a cause says how many people, whose mapping, and how many are new since one looked', async () => {
      await insertMany(8, '1');
      await settleAll((place) => ({ ...refused, finishedAt: place < 6 ? 6000 : 9000 }));
      const [cause, ...others] = await stores.outbox.causes(8000);
      expect(others).to.deep.equal([]);
      expect(cause).to.include({ deliveries: 8, people: 5, dead: 8, fresh: 2, mapping: 'from-1', example: 1 });
      expect((await stores.outbox.causes())[0]?.fresh).to.equal(0);
    });

    it('a cause says whether its target took what came later, so that these records are what is wrong', async () => {
      const failed = { ...said, outcome: 'retry', dueAt: 6000, wait: 1000, cost: 'attempt', spends: 1000 } as const;
      const unreachable = { ...failed, summary: { ru: 'ответила 500', en: 'answered 500' } };
      await insertMany(3, '1');
      await settleAll(() => ({ ...unreachable, finishedAt: 2010 }));
      expect((await stores.outbox.causes())[0]?.othersTaken, 'it is away for all').to.equal(false);
      await insertMany(2, '2');
      await settleAll(() => ({ ...said, outcome: 'delivered', finishedAt: 2020 }));
      expect((await stores.outbox.causes())[0]?.othersTaken, 'nobody has asked again since').to.equal(false);
      const [claim] = await stores.outbox.claim({ target: 'zup', now: 7000, until: 35_000, most: 1 });
      if (claim === undefined) throw new Error('it is due again');
      await stores.outbox.settle(claim, { ...unreachable, startedAt: 7000, finishedAt: 7010 });
      const [cause] = await stores.outbox.causes();
      expect(cause).to.include({ othersTaken: true, deliveries: 3, dead: 0 });
    });

    it('a cause says which position 1C lacks, and a delivery shows it, but for what may be somebody', async () => {
      const record = (position: string) =>
        JSON.stringify({
          steps: [
            { upsert: 'Catalog_ФизическиеЛица', as: 'person', fields: { Фамилия: 'Кузнецова', Имя: 'Вера' } },
            {
              draft: 'Document_ПриемНаРаботу',
              fields: {
                Должность: { find: 'Catalog_Должности', by: { Description: position } },
                Подразделение: { find: 'Catalog_ПодразделенияОрганизаций', by: { Description: 'Склад № 1' } },
                Куратор: { find: 'Catalog_Пользователи', by: { Description: 'Зорин' } },
              },
            },
          ],
        });
      const positions = ['Кладовщик', 'Ведущий инженер', 'Кузнецова', 'Зорин', '79161234567'];
      await insertAll(
        stores,
        positions.map((position, place) =>
          newDelivery({ key: `applicant/${place}`, made: { record: record(position), idempotencyKey: `${place}` } }),
        ),
      );
      const text = 'Document_ПриемНаРаботу.Должность: no object of Catalog_Должности fits (…)';
      await settleAll(() => ({ ...refused, summary: { ru: text, en: text }, finishedAt: 6000 }));
      const targets = [{ name: 'zup', adapter: OnecOdata }];
      const [cause, ...others] = await stores.outbox.causes();
      if (cause === undefined || others.length > 0) throw new Error('it is one cause');
      const looked = await lookedFor(stores.outbox, targets, cause);
      expect(looked?.ru).to.equal('Искали: «Ведущий инженер», «Кладовщик»');
      expect(shownCause(cause, targets, 'en', looked).text).to.equal(
        `${text} Looked for: "Ведущий инженер", "Кладовщик"`,
      );
      const none = { context: { targets: new Map(), stages: new Set<string>(), zone: 'UTC' } };
      const parts = { versions: new MappingVersions(stores.database), mappings: none, targets };
      const seen = async (position: string) =>
        JSON.stringify(
          mask(
            JSON.parse(record(position)),
            undefined,
            await openTexts(parts, { mappingHash: 'hash', target: 'zup' }, record(position)),
          ),
        );
      expect(await seen('Кладовщик'))
        .to.include('Кладовщик')
        .and.to.include('Склад № 1');
      expect(await seen('Кладовщик')).not.to.match(/Кузнецова|Вера|Зорин/);
      for (const name of positions.slice(2)) expect(await seen(name), name).not.to.include(name);
    });
  });
