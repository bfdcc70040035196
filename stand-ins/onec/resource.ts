import { Refused } from './refused.ts';
import { keyNames, type SetModel } from './shape.ts';
import { tokensOf } from './tokens.ts';

/** What the path below `standard.odata` names. */
export interface Resource {
  readonly set: SetModel;
  /** Parts of the key by name; undefined for the whole set. */
  readonly key: Readonly<Record<string, string>> | undefined;
  /** `Post`, `Unpost` or `$count`. */
  readonly action: string | undefined;
}

/** @throws Refused: 404 code 8 for an unknown set, 400 code 7 for a part of the key that is missing. */
export function resourceOf(path: string, sets: ReadonlyMap<string, SetModel>): Resource {
  const match = /^([^(/]+)(?:\((.*)\))?(?:\/([^/()]+))?$/su.exec(path);
  const name = match?.[1] ?? path;
  const set = sets.get(name);
  if (set === undefined) throw new Refused(404, '8', `"${name}" entity is not found`);
  const key = match?.[2] === undefined ? undefined : keyOf(match[2], set);
  return { set, key, action: match?.[3] };
}

function keyOf(text: string, set: SetModel): Record<string, string> {
  const tokens = tokensOf(text);
  const names = keyNames(set);
  const key: Record<string, string> = {};
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'word' && tokens[at + 1]?.text === '=') {
      key[token.text] = tokens[at + 2]?.text ?? '';
      at += 2;
    } else if (token?.kind === 'guid') key[names[0] ?? ''] = token.text.toLowerCase();
  }
  const missing = names.find((name) => !Object.hasOwn(key, name));
  if (missing !== undefined) throw new Refused(400, '7', `Key element "${missing}" is missing`);
  return key;
}
