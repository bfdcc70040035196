import type { Database } from '../../database/database.ts';

/** One mapping content that is or was in use. */
export interface MappingVersion {
  readonly hash: string;
  readonly mapping: string;
  /** Whatever is needed to read it again, JSON. */
  readonly content: string;
}

/** Events that a mapping without any good version did not see. */
export interface MappingGap {
  readonly mapping: string;
  readonly firstEvent: number;
  readonly lastEvent: number;
  readonly events: number;
}

/**
 * What mapping files were: every delivery names the version that made it, and a broken edit falls back to the last good
 * one.
 */
export class MappingVersions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The version is in use from now on, as the last good one of its file. */
  async keep(file: string, version: MappingVersion, now: number): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      await transaction
        .insertInto('mapping_versions')
        .values({ ...version, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const set = { mapping: version.mapping, hash: version.hash };
      await transaction
        .insertInto('mapping_files')
        .values({ file, ...set })
        .onConflict((conflict) => conflict.column('file').doUpdateSet(set))
        .execute();
    });
  }

  /** A version that makes deliveries without being the one in use: a draft. */
  async remember(version: MappingVersion, now: number): Promise<void> {
    await this.#database.queries
      .insertInto('mapping_versions')
      .values({ ...version, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async lastGood(file: string): Promise<MappingVersion | undefined> {
    return this.#database.queries
      .selectFrom('mapping_files')
      .innerJoin('mapping_versions', 'mapping_versions.hash', 'mapping_files.hash')
      .select(['mapping_versions.hash', 'mapping_versions.mapping', 'mapping_versions.content'])
      .where('mapping_files.file', '=', file)
      .executeTakeFirst();
  }

  /** By its hash, or by a beginning of it that no other hash has. */
  async find(hash: string): Promise<MappingVersion | undefined> {
    const [only, other] = await this.#database.queries
      .selectFrom('mapping_versions')
      .select(['hash', 'mapping', 'content'])
      .where('hash', '>=', hash)
      .where('hash', '<', `${hash}g`)
      .limit(2)
      .execute();
    return other === undefined || only?.hash === hash ? only : undefined;
  }

  async gaps(): Promise<MappingGap[]> {
    const rows = await this.#database.queries.selectFrom('mapping_gaps').selectAll().orderBy('mapping').execute();
    return rows.map((row) => ({
      mapping: row.mapping,
      firstEvent: row.first_event,
      lastEvent: row.last_event,
      events: row.events,
    }));
  }

  async closeGap(gap: MappingGap): Promise<void> {
    await this.#database.queries
      .deleteFrom('mapping_gaps')
      .where('mapping', '=', gap.mapping)
      .where('last_event', '=', gap.lastEvent)
      .execute();
  }
}
