/** As a chat shows it: no folders, no line ends, and an ending that fits when none is given. */
export function fileName(name: string | null | undefined, type: string): string {
  const plain = (name ?? '').replaceAll(/[\\/\p{Cc}]+/gu, '_').trim();
  return plain === '' ? `file.${/^[a-z]+\/([a-z0-9]{2,5})$/.exec(type)?.[1] ?? 'bin'}` : plain.slice(0, 200);
}
