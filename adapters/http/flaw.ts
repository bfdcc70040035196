import type { Text } from '../../src/adapter.ts';

/** What was wrong with an answer whose status had come: the status decides, its body may not be all there. */
export interface Flaw {
  /** The parser's or the system's word, e.g. `HPE_INVALID_CONSTANT`, `ECONNRESET`, `Z_DATA_ERROR`; names no data. */
  readonly code: string;
  /** The body is complete all the same. */
  readonly whole: boolean;
}

/** For the attempt of a delivery that the target took with such an answer. */
export function flawText(status: number, flaw: Flaw): Text {
  return flaw.whole
    ? {
        ru: `Цель ответила ${status}, запись принята, но ответ составлен с ошибкой (${flaw.code}): исправьте сервер цели или прокси перед ним.`,
        en:
          `The target answered ${status} and has the record, but its answer is malformed (${flaw.code}): mend the ` +
          "target's server or the proxy in front of it.",
      }
    : {
        ru: `Цель ответила ${status}, запись принята, но ответ не удалось прочитать до конца (${flaw.code}).`,
        en:
          `The target answered ${status} and has the record, but its answer could not be read to its end ` +
          `(${flaw.code}).`,
      };
}
