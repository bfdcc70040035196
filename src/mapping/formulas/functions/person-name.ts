/** `last_name`, `first_name` and `middle_name` of Huntflow, or one text in that order. */
export type Person = string | Readonly<Record<string, unknown>>;

/** `Иванова Анна Сергеевна`; undefined when nothing is known. */
export function fullName(person: Person): string | undefined {
  return partsOf(person).join(' ') || undefined;
}

/** `Иванова А. С.`; double names keep their hyphen: `Петрова-Водкина А.-М. С.` */
export function initials(person: Person): string | undefined {
  const [last, ...others] = partsOf(person);
  if (last === undefined) return undefined;
  const letters = others.map((name) =>
    name
      .split('-')
      .filter(Boolean)
      .map((part) => `${part.slice(0, 1).toUpperCase()}.`)
      .join('-'),
  );
  return [last, ...letters].join(' ');
}

function partsOf(person: Person): string[] {
  const texts =
    typeof person === 'string'
      ? person.split(/\s+/)
      : ['last_name', 'first_name', 'middle_name'].map((key) => person[key]);
  return texts.flatMap((text) =>
    typeof text === 'string' && text.trim() !== '' ? [text.normalize('NFC').trim()] : [],
  );
}
