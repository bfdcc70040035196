import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** Whom events, deliveries, attempts and references are about, how people are found, and what sealing keeps. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  const postgres = schema.getExecutor().adapter instanceof PostgresAdapter;
  const people = schema.schema.createTable('people');
  await (
    postgres
      ? people.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      : people.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
  )
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('applicant', 'text')
    .addColumn('profile', 'text')
    .addColumn('digest', 'bigint')
    .addColumn('key', 'bigint')
    .addColumn('merged_into', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('forgotten_at', 'bigint')
    .execute();
  await sql`create unique index people_known on people (applicant, scope) where forgotten_at is null`.execute(schema);
  // Nobody gets a key that was somebody's: a number stays with the row of who was forgotten.
  await sql`create unique index people_key on people (key) where key is not null`.execute(schema);
  await sql`create index people_merged on people (merged_into) where merged_into is not null`.execute(schema);
  await sql`create index people_forgotten on people (id) where forgotten_at is not null`.execute(schema);

  // A row is two numbers: the table is its index.
  await sql`
    create table person_terms (term bigint not null, person bigint not null, primary key (term, person))
    ${postgres ? sql`` : sql`without rowid`}`.execute(schema);
  await sql`create index person_terms_person on person_terms (person)`.execute(schema);

  for (const table of ['events', 'deliveries', 'attempts', 'references'])
    await schema.schema.alterTable(table).addColumn('person', 'bigint').execute();
  for (const table of ['events', 'deliveries', 'references']) {
    const index = sql.ref(`${table}_person`);
    await sql`create index ${index} on ${sql.table(table)} (person) where person is not null`.execute(schema);
  }

  for (const table of ['events', 'deliveries', 'attempts'])
    await schema.schema.alterTable(table).addColumn('seal', 'bigint').execute();
  await schema.schema.alterTable('deliveries').addColumn('key_text', 'text').execute();
  await schema.schema
    .createTable('month_keys')
    .addColumn('month', 'text', (column) => column.primaryKey())
    .addColumn('key', 'bigint', (column) => column.notNull())
    .execute();
  await schema.schema
    .createTable('privacy')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}
