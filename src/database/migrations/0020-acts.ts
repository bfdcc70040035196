import type { Kysely } from 'kysely';

/** What the audit said when somebody was forgotten stays with the act, whatever becomes of the audit. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await schema.schema.alterTable('forgettings').addColumn('extract', 'text').execute();
}
