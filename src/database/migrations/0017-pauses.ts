import type { Kysely } from 'kysely';

/** Who paused a target, and why: whoever comes in the morning finds it beside the pause. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  for (const column of ['paused_by', 'paused_reason'])
    await schema.schema.alterTable('targets').addColumn(column, 'text').execute();
}
