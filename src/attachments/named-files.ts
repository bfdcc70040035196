import { readBody } from '../huntflow/body.ts';
import type { Attachments } from './attachments.ts';

/** What the mapper tells of an event whose records may name files. */
export interface FilesNamed {
  readonly scope: string;
  /** The webhook as it came; null when it is kept no more. */
  readonly body: Uint8Array | null;
  /** Whom it is about. */
  readonly person: number | null;
  /** JSON. */
  readonly records: readonly string[];
  /** Only what a signed webhook named is fetched: a stranger must not choose addresses. */
  readonly signed: boolean;
}

export async function wantFiles(
  attachments: Attachments,
  { scope, body, person, records, signed }: FilesNamed,
): Promise<void> {
  if (!signed) {
    for (const record of records) await attachments.refuse(scope, JSON.parse(record), person);
    return;
  }
  if (body === null) return;
  const read = readBody(body);
  for (const record of records)
    await attachments.want(scope, JSON.parse(record), read.ok ? read.body : undefined, person);
}
