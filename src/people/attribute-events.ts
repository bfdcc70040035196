import { Procedure } from '../database/procedure.ts';
import { indexed } from '../database/indexed.ts';
import type { Transaction } from '../database/connection.ts';
import { type Statement, statement } from '../database/statement.ts';
import { keepPeople, type NamedPerson } from './keep-people.ts';
import { mergePeople } from './merge-people.ts';

/** Kept events whose person nobody wrote down when they came. */
export interface OldEvents {
  readonly events: readonly { readonly id: number; readonly person: NamedPerson }[];
  /** Every event from here on is done; 0: all are. */
  readonly reached: number;
}

interface Named {
  readonly id: number;
  readonly person: number;
  readonly scope: string;
  readonly applicant: string;
}

const nameEvent = statement<Named>('update events set person = :person where id = :id and person is null');
const nameDeliveries = statement<Named>(
  'update deliveries set person = :person where event_id = :id and person is null',
);
const nameAttempts = statement<Named>(`
  update attempts set person = :person
  where delivery_id in (select id from deliveries where event_id = :id) and person is null`);
const nameReferences = statement<Named>(`
  update "references" set person = :person
  where target in (select target from deliveries where event_id = :id)
    and scope = :scope and kind = 'applicant' and entity = :applicant and person is null`);

interface NamedAtOnce {
  readonly ids: readonly number[];
  readonly people: readonly number[];
  readonly scopes: readonly string[];
  readonly applicants: readonly string[];
}

const named = 'unnest(:ids::bigint[], :people::bigint[]) as named(id, person)';
/** The same for a whole slice: each statement is a way over the network. */
const nameAtOnce: readonly Statement<NamedAtOnce, unknown>[] = [
  `update events set person = named.person from ${named} where events.id = named.id and events.person is null`,
  `update deliveries set person = named.person from ${named}
   where deliveries.event_id = named.id and deliveries.person is null`,
  `update attempts set person = named.person from ${named}, deliveries
   where deliveries.event_id = named.id and attempts.delivery_id = deliveries.id and attempts.person is null`,
  `update "references" set person = named.person
   from unnest(:ids::bigint[], :people::bigint[], :scopes::text[], :applicants::text[])
     as named(id, person, scope, applicant), deliveries
   where deliveries.event_id = named.id and "references".target = deliveries.target
     and "references".scope = named.scope and "references".kind = 'applicant'
     and "references".entity = named.applicant and "references".person is null`,
].map((postgres) => statement<NamedAtOnce>(postgres));

const selectAliases = statement<object, { scope: string; entity: string; survivor: string }>(
  `select scope, entity, survivor from aliases where kind = 'applicant'`,
);
const writeMark = statement<{ value: string }>(`
  insert into privacy (name, value) values ('attributed', :value)
  on conflict (name) do update set value = excluded.value`);

/** Newest events first: what the latest one says of a person stands. How far it came is written with it. */
export const attributeEvents = new Procedure(
  'attributeEvents',
  async (transaction, { events, reached }: OldEvents): Promise<void> => {
    const ids = await keepPeople(
      transaction,
      events.map(({ person }) => person),
      'older',
    );
    const found = events.flatMap(({ id, person: { scope, applicant } }, index): readonly Named[] => {
      const person = ids[index];
      return person === undefined ? [] : [{ id, person, scope: indexed(scope), applicant: indexed(applicant) }];
    });
    await name(transaction, found);
    if (reached === 0)
      for (const { scope, entity, survivor } of await selectAliases(transaction, {}))
        await mergePeople(transaction, { scope, removed: entity, survivor });
    await writeMark(transaction, { value: String(reached) });
  },
);

async function name(transaction: Transaction, found: readonly Named[]): Promise<void> {
  if (transaction.engine === 'postgres') {
    const atOnce = {
      ids: found.map(({ id }) => id),
      people: found.map(({ person }) => person),
      scopes: found.map(({ scope }) => scope),
      applicants: found.map(({ applicant }) => applicant),
    };
    for (const write of nameAtOnce) await write(transaction, atOnce);
    return;
  }
  for (const each of found)
    for (const write of [nameEvent, nameDeliveries, nameAttempts, nameReferences]) await write(transaction, each);
}
