import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sqliteFile } from '../database/url.ts';
import type { Config } from './config.ts';

/** Where a target keeps what is its own: beside the database file, or beside connector.yaml when that is elsewhere. */
export function stateFolderOf(config: Config, target: string): string {
  return join(varFolder(config), 'adapters', encodeURIComponent(target));
}

/** Where files of Huntflow are kept. */
export function attachmentFolderOf(config: Config): string {
  return join(varFolder(config), 'attachments');
}

/** The key of the audit's chain, where no other is configured. */
export function auditKeyFileOf(config: Config): string {
  return join(varFolder(config), 'audit.key');
}

/** The key of the spool, where no key file is configured. */
export function spoolKeyFileOf(config: Config): string {
  return join(varFolder(config), 'spool.key');
}

/** For the owner only. */
export function madeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function varFolder(config: Config): string {
  const file = sqliteFile(config.database.url);
  return file !== undefined ? dirname(file) : join(dirname(config.file), '..', 'var');
}

/** Folders of this machine that the service writes to: its database's or state, and those of its targets. */
export function writtenFolders(
  config: Config,
  targets: readonly { readonly folder?: string | undefined }[],
): readonly string[] {
  return [varFolder(config), ...targets.flatMap(({ folder }) => folder ?? [])];
}

/** Where `backup` notes when it was last made. */
export function backupNoteOf(config: Config): string {
  return join(varFolder(config), 'last-backup.json');
}
