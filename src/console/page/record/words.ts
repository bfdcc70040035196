import type { Speech } from '../words/speech.ts';
import { type RecordPart, spaced } from './record-parts.ts';

const recordWords = {
  step: { ru: 'Шаг {n}. {what}', en: 'Step {n}. {what}' },
  kinds: {
    Catalog: { ru: 'Справочник «{name}»', en: 'Catalogue "{name}"' },
    Document: { ru: 'Документ «{name}»', en: 'Document "{name}"' },
    InformationRegister: { ru: 'Регистр сведений «{name}»', en: 'Information register "{name}"' },
  },
} as const;

/** «Шаг 3. Документ «Прием на работу»»; empty: the record has no steps. */
export function partInWords({ step, set }: Pick<RecordPart, 'step' | 'set'>, speech: Speech): string {
  return step === undefined ? '' : speech.say(recordWords.step, { n: step, what: setInWords(set ?? '', speech) });
}

/** `Document_ПриемНаРаботу` as 1C shows it; other sets as they are called. */
function setInWords(set: string, speech: Speech): string {
  const [kind = '', ...rest] = set.split('_');
  const kinds: Readonly<Record<string, { readonly ru: string; readonly en: string }>> = recordWords.kinds;
  const said = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return said === undefined ? set : speech.say(said, { name: spaced(rest.join('_')) });
}
