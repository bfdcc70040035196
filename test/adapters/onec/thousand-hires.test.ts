import { expect } from 'chai';
import type { Trouble } from '../../../stand-ins/onec/behaviour.ts';
import { inForm } from '../../support/form.ts';
import { hireOf, type HireValues, valuesOf } from './hire.ts';
import { Office } from './office.ts';

/** Mulberry32: the same troubles at every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const troubles: readonly (readonly [number, Trouble])[] = [
  [0.02, { kind: 'commitThenDrop' }],
  [0.02, { kind: 'commitThen500' }],
  [0.02, { kind: 'lock' }],
  [0.02, { kind: 'pool' }],
  [0.01, { kind: 'slow', after: 5 }],
  [0.01, { kind: 'drop' }],
  [0.01, { kind: 'badGateway' }],
  [0.002, { kind: 'commitLate', after: 600 }],
  [0.005, { kind: 'loginPage' }],
];

/** A day each (in the long form few share one), but for a crowd of thirty, which does not fit the first answer to a search by birthday. */
function birthdayOf(applicant: number): string {
  const days = applicant < 32 ? 0 : (applicant * 11) % 12_000;
  return new Date(Date.UTC(1970, 4, 1) + days * 86_400_000).toISOString().slice(0, 10);
}

function hires(count: number): HireValues[] {
  return Array.from({ length: count }, (_, index) => {
    const applicant = index + 1;
    const [lastName, birthday] =
      applicant % 20 === 0 ? ['Иванова', null] : [`Иванова${applicant}`, birthdayOf(applicant)];
    return valuesOf(applicant, { lastName, birthday, birthplace: applicant % 7 === 0 ? 'город '.repeat(60) : null });
  });
}

async function storm(office: Office, count: number): Promise<Map<number, readonly string[]>> {
  const roll = dice(20261121);
  office.standIn.trouble = ({ method }) => {
    office.standIn.behaviour.ignores = roll() < 0.1 ? ['Document_ПриемНаРаботу.ДлительностьИспытательногоСрока'] : [];
    let at = roll();
    for (const [share, trouble] of troubles) {
      at -= share;
      if (at >= 0) continue;
      return trouble.kind === 'loginPage' && method !== 'GET' ? undefined : trouble;
    }
    return undefined;
  };
  const waiting = hires(count).values();
  const reports = new Map<number, readonly string[]>();
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (const values of waiting) {
        const { receipt } = await office.insist(values.applicant, hireOf(values));
        reports.set(
          values.applicant,
          (receipt.warnings ?? []).map((warning) => (typeof warning === 'string' ? warning : warning.en)),
        );
      }
    }),
  );
  office.standIn.trouble = () => undefined;
  return reports;
}

function expectOneOfEach(office: Office, count: number, reports: ReadonlyMap<number, readonly string[]>): void {
  const { base } = office.standIn;
  for (const set of [
    'Catalog_ФизическиеЛица',
    'InformationRegister_ФИОФизическихЛиц',
    'Catalog_Сотрудники',
    'Document_ПриемНаРаботу',
  ]) {
    expect(base.all(set), set).to.have.length(count);
  }
  const people = new Map(base.all('Catalog_ФизическиеЛица').map((person) => [person['Ref_Key'], person]));
  const phones = new Set([...people.values()].map((person) => JSON.stringify(person['КонтактнаяИнформация'])));
  expect(phones.size, 'a person each').to.equal(count);
  expect(
    new Set(base.all('Catalog_Сотрудники').map((employee) => employee['ФизическоеЛицо_Key'])).size,
    'an employee for each person',
  ).to.equal(count);
  expect(
    new Set(base.all('Document_ПриемНаРаботу').map((order) => order['Сотрудник_Key'])).size,
    'an order for each employee',
  ).to.equal(count);
  const owners = new Map<unknown, string>([...office.references].map(([name, key]) => [key, name]));
  expect(base.silent.length).to.be.above(count / 10);
  const kept = (set: string, key: string, field: string): unknown =>
    base.all(set).find((row) => row['Ref_Key'] === key)?.[field];
  for (const { set, key, field, what } of base.silent) {
    // Dropped by a write whose answer was lost, filled by the next one: nothing is missing, and nothing is to be said.
    if (what === 'dropped' && kept(set, key, field) === 3) continue;
    const applicant = Number(/"applicant","(\d+)"/.exec(owners.get(key) ?? '')?.[1]);
    expect(
      reports.get(applicant)?.some((warning) => warning.includes(`${set}.${field}`)),
      `${set}.${field} of ${applicant}`,
    ).to.equal(true);
  }
  expect(office.standIn.seen.every(({ method }) => method !== 'DELETE')).to.equal(true);
}

describe('hundreds of hires through every trouble of 1C', function suite() {
  this.timeout(inForm(120_000, 300_000));

  for (const keepsKeys of [true, false]) {
    for (const [format, count] of [
      ['json', inForm(150, 1000)],
      ['atom', inForm(40, 100)],
    ] as const) {
      it(`makes exactly ${count} persons, employees and drafts (${format}, the base ${keepsKeys ? 'keeps' : 'replaces'} our keys)`, async () => {
        const office = await Office.open({
          behaviour: { keepsKeys, publishMaxLength: false },
          settings: { format },
          timeout: 500,
          speed: 400,
        });
        try {
          expectOneOfEach(office, count, await storm(office, count));
        } finally {
          await office.close();
        }
      });
    }
  }
});
