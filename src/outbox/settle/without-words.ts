import { errorCode } from '../../process/error-code.ts';
import type { Text } from '../../text.ts';
import type { Settlement } from '../delivery.ts';

/** How an attempt ended, without what the database refused to keep of it. */
export function withoutWords(settlement: Settlement, refusal: unknown): Settlement {
  const code = errorCode(refusal) ?? 'unknown';
  const summary: Text = {
    ru: `база данных не приняла запись обмена этой попытки (${code}): исход верен, подробностей нет`,
    en: `the database refused the exchanges of this attempt (${code}): the outcome holds, the details are lost`,
  };
  const bare = { ...settlement, summary, exchanges: [], warnings: [], code: undefined, field: undefined };
  return bare.outcome === 'delivered' ? { ...bare, attention: [] } : bare;
}
