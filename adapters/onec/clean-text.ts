/** What a text loses before it is stored in 1C. */
export interface CleanText {
  readonly text: string;
  /** A control or invisible character stood inside: worth a finding. */
  readonly removed: boolean;
}

const blanks = /[\s\u0085\u2800]+/gu;
// Characters below U+0020 break the XML exchanges of 1C (facts/1c-zup.md 6); U+FFFE and U+FFFF no XML can carry.
const controls = /[\p{Cc}\uFFFE\uFFFF]/gu;
const controlsButLines = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const names: ReadonlySet<string> = new Set(['Description', 'ФИО', 'Фамилия', 'Имя', 'Отчество']);

/**
 * A text as it is stored: names composed, trimmed, of visible characters alone; others composed and free of controls.
 */
export function cleanText(field: string, text: string): CleanText {
  return names.has(field) ? cleanName(text) : without(text, controlsButLines, (rest) => rest);
}

/** A name with single blanks, composed (NFC), trimmed, free of control and invisible characters. */
export function cleanName(text: string): CleanText {
  const whole = text
    .replace(/^\uFEFF/, '')
    .replace(blanks, ' ')
    .trim();
  const { text: plain, removed } = without(whole, controls, (rest) => rest.replace(invisible, ''));
  return { text: plain.replace(blanks, ' ').trim(), removed };
}

function without(text: string, unwanted: RegExp, further: (text: string) => string): CleanText {
  const rest = further(text.replace(unwanted, ''));
  return { text: rest.normalize('NFC'), removed: rest.length !== text.length };
}
