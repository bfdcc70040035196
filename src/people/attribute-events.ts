import { Procedure } from '../database/procedure.ts';
import { indexed } from '../database/indexed.ts';
import { statement } from '../database/statement.ts';
import { keepPeople, type NamedPerson } from './keep-people.ts';
import { mergePeople } from './merge-people.ts';

/** Kept events whose person nobody wrote down when they came. */
export interface OldEvents {
  readonly events: readonly { readonly id: number; readonly person: NamedPerson }[];
  /** Every event from here on is done; 0: all are. */
  readonly reached: number;
}

const nameEvent = statement<{ id: number; person: number }>(
  'update events set person = :person where id = :id and person is null',
);
const nameDeliveries = statement<{ id: number; person: number }>(
  'update deliveries set person = :person where event_id = :id and person is null',
);
const nameAttempts = statement<{ id: number; person: number }>(`
  update attempts set person = :person
  where delivery_id in (select id from deliveries where event_id = :id) and person is null`);
const nameReferences = statement<{ scope: string; applicant: string; person: number; target: string }>(`
  update "references" set person = :person
  where target = :target and scope = :scope and kind = 'applicant' and entity = :applicant and person is null`);
const selectTargets = statement<{ id: number }, { target: string }>(
  'select distinct target from deliveries where event_id = :id',
);
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
    for (const [index, event] of events.entries()) {
      const person = ids[index];
      if (person === undefined) continue;
      const { id } = event;
      await nameEvent(transaction, { id, person });
      await nameDeliveries(transaction, { id, person });
      await nameAttempts(transaction, { id, person });
      const named = { scope: indexed(event.person.scope), applicant: indexed(event.person.applicant), person };
      for (const { target } of await selectTargets(transaction, { id }))
        await nameReferences(transaction, { ...named, target });
    }
    if (reached === 0)
      for (const { scope, entity, survivor } of await selectAliases(transaction, {}))
        await mergePeople(transaction, { scope, removed: entity, survivor });
    await writeMark(transaction, { value: String(reached) });
  },
);
