import type { Kysely } from 'kysely';

/** What an adapter keeps beside the name of an object: whose it is, and digests of what it wrote last. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('references').addColumn('note', 'text').execute();
}
