import type { Kysely } from 'kysely';

/** Since when a target cannot be reached: whoever looks, and the alarm, want to know how long others have waited. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('targets').addColumn('failing_since', 'bigint').execute();
}
