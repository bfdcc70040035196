import type { Text } from '../../text.ts';
import type { ThreadEnd } from './evaluation-thread.ts';

/** Why a mapping failed over which its thread was ended. `deadline` in milliseconds, `memory` in megabytes. */
export function endSentence(
  { reason }: ThreadEnd,
  limits: { readonly deadline: number; readonly memory: number },
): Text {
  switch (reason) {
    case 'deadline':
      return {
        ru: `формулы не уложились в ${limits.deadline} мс и остановлены: ищите бесконечный цикл или тяжёлое регулярное выражение`,
        en:
          `the formulas did not end within ${limits.deadline} ms and were stopped: look for an endless loop ` +
          'or a heavy regular expression',
      };
    case 'memory':
      return {
        ru: `формулам не хватило ${limits.memory} МБ памяти, они остановлены`,
        en: `the formulas needed more than ${limits.memory} MB of memory and were stopped`,
      };
    case 'crash':
      return {
        ru: 'поток, в котором считаются формулы, завершился с ошибкой',
        en: 'the thread that evaluates formulas ended with an error',
      };
  }
}
