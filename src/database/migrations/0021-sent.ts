import type { Kysely } from 'kysely';

/** Where a person's data had gone stands in the act: what tells it goes with the person. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('forgettings').addColumn('sent', 'text').execute();
}
