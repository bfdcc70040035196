import { RejectedError, type Text } from '../../src/adapter.ts';

/** Something in a record that the base has no room for. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly text: Text;
  /** The name that `$metadata` does not know: reading it again may help. */
  readonly unknown?: string;
}

/** All problems of a record in one error. */
export function rejected(problems: readonly Problem[]): RejectedError {
  return new RejectedError({
    ru: `Запись не подходит к базе 1С, ничего не отправлено: ${sentence(problems.map(({ text }) => text.ru))}`,
    en: `The record does not fit the 1C base, nothing was sent: ${sentence(problems.map(({ text }) => text.en))}`,
  });
}

function sentence(parts: readonly string[]): string {
  const words = parts.join('; ');
  return /[?…]$/.test(words) ? words : `${words}.`;
}
