import type { Database } from '../../database/database.ts';
import { Procedure } from '../../database/procedure.ts';
import { statement } from '../../database/statement.ts';

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

interface Kept {
  readonly version: MappingVersion;
  /** Null: it is kept, without being in use. */
  readonly file: string | null;
  readonly now: number;
}

const insertVersion = statement<MappingVersion & { now: number }>(`
  insert into mapping_versions (hash, mapping, content, created_at) values (:hash, :mapping, :content, :now)
  on conflict do nothing`);

const writeFile = statement<{ file: string; mapping: string; hash: string }>(`
  insert into mapping_files (file, mapping, hash) values (:file, :mapping, :hash)
  on conflict (file) do update set mapping = excluded.mapping, hash = excluded.hash`);

const deleteGap = statement<{ mapping: string; last: number }>(
  'delete from mapping_gaps where mapping = :mapping and last_event = :last',
);

export const keepVersion = new Procedure(
  'keepVersion',
  async (transaction, { version, file, now }: Kept): Promise<void> => {
    await insertVersion(transaction, { ...version, now });
    if (file !== null) await writeFile(transaction, { file, mapping: version.mapping, hash: version.hash });
  },
);

export const closeGap = new Procedure(
  'closeGap',
  async (transaction, gap: { readonly mapping: string; readonly last: number }): Promise<void> => {
    await deleteGap(transaction, gap);
  },
);

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
  keep(file: string, version: MappingVersion, now: number): Promise<void> {
    return this.#database.call(keepVersion, { version, file, now });
  }

  /** A version that makes deliveries without being the one in use: a draft. */
  remember(version: MappingVersion, now: number): Promise<void> {
    return this.#database.call(keepVersion, { version, file: null, now });
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

  /** The versions of a mapping, the latest first. */
  async list(mapping: string, limit: number): Promise<{ readonly hash: string; readonly createdAt: number }[]> {
    const rows = await this.#database.queries
      .selectFrom('mapping_versions')
      .select(['hash', 'created_at'])
      .where('mapping', '=', mapping)
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ hash: row.hash, createdAt: row.created_at }));
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

  closeGap(gap: MappingGap): Promise<void> {
    return this.#database.call(closeGap, { mapping: gap.mapping, last: gap.lastEvent });
  }
}
