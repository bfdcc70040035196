import { readTextColumn, readTextsColumn } from '../database/json-column.ts';
import type { SealKey, Seals } from '../people/seals.ts';
import type { Text } from '../text.ts';
import type { Attempt, Hold, RecordedExchange, Settlement } from './delivery.ts';
import { newSeal } from '../people/sealed-with.ts';

/** What an attempt sent, got and said, in one sealed text of the column `exchanges`. */
export interface SealedAttempt {
  readonly text: string;
  readonly seal: number;
  /** What its exchanges take unsealed, in UTF-8. */
  readonly bytes: number;
  /** What its delivery keeps of its findings; null: there are none. */
  readonly attention: string | null;
}

type Said = Pick<Attempt, 'exchanges' | 'summary' | 'warnings'>;

/** Undefined: nothing is sealed, or it said nothing. */
export async function sealAttempt(
  seals: Seals,
  settlement: Settlement,
  { id, person = null }: Pick<Hold, 'id' | 'person'>,
): Promise<SealedAttempt | undefined> {
  const { exchanges, summary, warnings, finishedAt } = settlement;
  const findings = settlement.outcome === 'delivered' ? (settlement.attention ?? []) : [];
  if (!seals.isOn || (exchanges.length === 0 && summary === null && warnings.length + findings.length === 0))
    return undefined;
  const key = (await seals.forRow(person, finishedAt)) ?? (await seals.forMonth(finishedAt));
  const seal = newSeal();
  const plain = JSON.stringify(exchanges);
  return {
    text: sealSaid(seals, key, seal, { exchanges: plain, summary, warnings }),
    seal,
    bytes: Buffer.byteLength(plain),
    attention: findings.length === 0 ? null : sealFindings(seals, key, id, JSON.stringify(findings)),
  };
}

/** `exchanges`: as JSON. */
export function sealSaid(
  seals: Seals,
  key: SealKey,
  seal: number,
  said: { readonly exchanges: string; readonly summary: Text | null; readonly warnings: readonly Text[] },
): string {
  const words = `"summary":${JSON.stringify(said.summary)},"warnings":${JSON.stringify(said.warnings)}`;
  return seals.sealText(key, exchangesPlace(seal), `{"exchanges":${said.exchanges},${words}}`);
}

/** As the row has it; what was forgotten, or opens with no key at hand, is not there any more. */
export async function openSaid(
  seals: Seals,
  row: {
    readonly exchanges: string;
    readonly seal: number | null;
    readonly summary: string | null;
    readonly warnings: string;
  },
): Promise<Said> {
  const own = { summary: readTextColumn(row.summary), warnings: readTextsColumn(row.warnings) };
  const text = await seals.openText(row.exchanges, exchangesPlace(row.seal ?? 0));
  const value: readonly RecordedExchange[] | Said = text === undefined ? [] : JSON.parse(text);
  // Unsealed, and sealed by an earlier version, the words stand beside the exchanges.
  return 'exchanges' in value ? { ...value, summary: own.summary ?? value.summary } : { ...own, exchanges: value };
}

/** Bound to the delivery, not to its seal: an earlier version may have left that one unsealed. */
export function sealFindings(seals: Seals, key: SealKey, delivery: number, findings: string): string {
  return seals.sealText(key, findingsPlace(delivery), findings);
}

/** None where their key is gone. */
export async function openFindings(seals: Seals, findings: string | null, delivery: number): Promise<readonly Text[]> {
  const text = findings === null ? undefined : await seals.openText(findings, findingsPlace(delivery));
  return text === undefined ? [] : readTextsColumn(text);
}

function exchangesPlace(seal: number) {
  return { table: 'attempts', column: 'exchanges', row: seal };
}

function findingsPlace(delivery: number) {
  return { table: 'deliveries', column: 'attention', row: delivery };
}
