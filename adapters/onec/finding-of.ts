import type { Finding } from '../../src/adapter.ts';
import { errorText } from '../../src/toolkit.ts';

/** The error of a request of `check` as a finding. */
export function findingOf(error: unknown): Finding {
  const text = errorText(error) ?? { ru: 'непредвиденная ошибка проверки', en: 'an unforeseen error of the check' };
  return { level: 'error', text };
}
