/** As a chat shows it: no folders, no line ends, and an ending that fits when none is given. */
export function fileName(name: string | null | undefined, type: string): string {
  const plain = (name ?? '')
    .toWellFormed()
    .replaceAll(/[\\/\p{Cc}]+/gu, '_')
    .trim();
  return plain === '' ? `file.${/^[a-z]+\/([a-z0-9]{2,5})$/.exec(type)?.[1] ?? 'bin'}` : shortName(plain);
}

const longest = 200;

/** Not longer than a disk or a chat takes, with the ending that tells what it is, and no half of a character. */
export function shortName(name: string): string {
  if (name.length <= longest) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, longest - ending.length).replace(/[\ud800-\udbff]$/, '')}${ending}`;
}
