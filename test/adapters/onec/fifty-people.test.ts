import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Mapping } from '../../../src/mapping/file/mapping.ts';
import type { Stored } from '../../../stand-ins/onec/filter.ts';
import { zupSeeded } from '../../../stand-ins/onec/zup/seed.ts';
import { failure } from './failure.ts';
import { furtherNewcomers } from './fifty/further.ts';
import { likelyNewcomers } from './fifty/likely.ts';
import { newcomers as firstNewcomers } from './fifty/newcomers.ts';
import { troubled, typedIn, webhookOf } from './fifty/office-of.ts';
import type { Newcomer } from './fifty/person.ts';
import { Office } from './office.ts';
import { mappingOf, recordOf } from './shipped.ts';

const people = 'Catalog_ФизическиеЛица';
const cards = 'Catalog_Сотрудники';
const orders = 'Document_ПриемНаРаботу';
const names = 'InformationRegister_ФИОФизическихЛиц';

const newcomers = [...firstNewcomers, ...furtherNewcomers, ...likelyNewcomers];

const bases = [
  { format: 'json', keepsKeys: true },
  { format: 'atom', keepsKeys: false },
  ...(process.env['SOAK'] === undefined
    ? []
    : [
        { format: 'json', keepsKeys: false },
        { format: 'atom', keepsKeys: true },
      ]),
] as const;

for (const { format, keepsKeys } of bases)
  describe(`fifty people (${format}, keys ${keepsKeys ? 'honoured' : 'replaced'})`, function () {
    this.timeout(60_000);
    const mappings = new Map<string, Mapping>();

    before(async () => {
      const text = readFileSync('mappings/examples/hire-to-1c.yaml', 'utf8').replace(/^tests:.*/ms, '');
      for (const preset of new Set(newcomers.map((one) => one.preset ?? 'zup-3.1/hire')))
        mappings.set(preset, await mappingOf(text.replaceAll('zup-3.1/hire', preset)));
    });

    for (const [index, newcomer] of newcomers.entries())
      it(`${index + 1}. ${newcomer.who}`, async () => {
        const office = await Office.open({
          zup: true,
          speed: 2000,
          settings: { format },
          behaviour: { keepsKeys },
        });
        try {
          const known = typedIn(office, newcomer);
          const before = snapshot(office);
          const mapping = mappings.get(newcomer.preset ?? 'zup-3.1/hire');
          if (mapping === undefined) throw new Error('no mapping');
          const record = await recordOf(mapping, webhookOf(newcomer.came));
          troubled(office, index + 1);
          if (newcomer.ends instanceof RegExp) {
            const { en } = await failure('rejected', office.insist(1, record));
            expect(en).to.match(newcomer.ends);
            expect(snapshot(office), 'nothing is written').to.deep.equal(before);
            return;
          }
          const { receipt } = await office.insist(1, record);
          expect(JSON.stringify(receipt.attention ?? []), 'for somebody to see').to.match(newcomer.tells ?? /^\[\]$/);
          // The same hire again changes nothing.
          await office.insist(2, record);
          judge(office, newcomer, known, before);
        } finally {
          await office.close();
        }
      });
  });

type Base = Readonly<Record<string, readonly Stored[]>>;

function snapshot({ standIn }: Office): Base {
  return structuredClone(Object.fromEntries([people, cards, orders, names].map((set) => [set, standIn.base.all(set)])));
}

function judge(office: Office, newcomer: Newcomer, known: readonly string[], before: Base): void {
  const { base } = office.standIn;
  const after = base.all(people);
  expect(after, 'people').to.have.length(known.length + (newcomer.ends === 'new' ? 1 : 0));
  const key =
    newcomer.ends === 'new'
      ? after.find((one) => !known.includes(String(one['Ref_Key'])))?.['Ref_Key']
      : known[Number(newcomer.ends)];
  for (const person of before[people] ?? []) {
    const now = after.find((one) => one['Ref_Key'] === person['Ref_Key']);
    const kept = Object.entries(person).filter(([name, value]) => !isEmpty(value) && name !== 'DataVersion');
    expect(now, 'what was filled stays').to.deep.include(Object.fromEntries(kept));
    if (person['Ref_Key'] !== key) expect(now, 'a stranger').to.deep.equal(person);
  }
  const person = after.find((one) => one['Ref_Key'] === key);
  expect(person).to.deep.include(newcomer.holds ?? {});
  if (newcomer.ends === 'new') judgeContacts(person, newcomer.came.phone);
  const stood = newcomer.ends === 'new' ? 0 : (newcomer.stood[Number(newcomer.ends)]?.cards?.length ?? 0);
  expect(
    base.all(cards).filter((card) => card['ФизическоеЛицо_Key'] === key),
    'cards',
  ).to.have.length(newcomer.cards ?? stood + 1);
  expect(base.all(names), 'lines of the name register').to.have.length(newcomer.ends === 'new' ? 1 : 0);
  const drafts = base.all(orders).filter((order) => order['Posted'] === false);
  expect(drafts, 'orders').to.have.length(1);
  const card = base.all(cards).find((one) => one['Ref_Key'] === drafts[0]?.['Сотрудник_Key']);
  expect(card).to.include({ ФизическоеЛицо_Key: key, ВАрхиве: false });
  expect(drafts[0]).to.include({ ФизическоеЛицо_Key: key, ДатаПриема: '2026-12-01T00:00:00' });
}

/** A phone that is none stays as it was written, and leaves the number empty. */
function judgeContacts(person: Stored | undefined, phone: string | undefined): void {
  const rows: unknown = person?.['КонтактнаяИнформация'];
  const [first, second] = Array.isArray(rows) ? rows : [];
  expect(first).to.include({
    Тип: 'Телефон',
    Вид_Key: zupSeeded.mobile,
    Представление: phone ?? '+7 900 000-00-00',
    НомерТелефона: phone === undefined ? '+79000000000' : '',
  });
  expect(second).to.include({ Вид_Key: zupSeeded.personalEmail, АдресЭП: 'someone@example.com' });
}

function isEmpty(value: unknown): boolean {
  return (
    value === '' ||
    value === false ||
    value === '0001-01-01T00:00:00' ||
    value === '00000000-0000-0000-0000-000000000000' ||
    (Array.isArray(value) && value.length === 0)
  );
}
