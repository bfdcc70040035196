import { type KeyStore, type WrappedKey } from './key-store.ts';
import type { Text } from '../text.ts';

/** Why there is no copy of a key store. */
export class KeyCopyError extends Error {
  override readonly name = 'KeyCopyError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

const batch = 500;

/**
 * Every wrapped key as it is: the key file stays the one that opens them. May be ended at any point and begun anew. The
 * secret of the store goes last, for without it nobody takes a half copy for a store.
 * @returns how many keys are there and the same on both sides.
 * @throws KeyCopyError
 */
export async function copyKeys(from: KeyStore, to: KeyStore): Promise<number> {
  await to.prepare();
  const [secrets, there] = [await from.secrets(), await to.secrets()];
  for (const { name, wrapped } of there)
    if (!secrets.some((secret) => secret.name === name && isSame(secret.wrapped, wrapped)))
      throw new KeyCopyError(otherStore);
  for await (const keys of pages(from)) {
    const known = new Map((await to.find(keys.map(({ number }) => number))).map((key) => [key.number, key]));
    await to.add(keys.filter(({ number }) => !known.has(number)));
  }
  let count = 0;
  for await (const keys of pages(from)) {
    const copied = new Map((await to.find(keys.map(({ number }) => number))).map((key) => [key.number, key]));
    for (const { number, kek, wrapped } of keys) {
      const key = copied.get(number);
      if (key?.kek !== kek || !isSame(key.wrapped, wrapped)) throw new KeyCopyError(different);
    }
    count += keys.length;
  }
  if ((await to.count()) !== count) throw new KeyCopyError(different);
  await to.noteAct(await from.acts());
  for (const secret of secrets) await to.addSecret(secret);
  return count;
}

async function* pages(store: KeyStore): AsyncGenerator<readonly WrappedKey[]> {
  for (let last = 0; ;) {
    const keys = await store.behind(last, batch);
    if (keys.length > 0) yield keys;
    if (keys.length < batch) return;
    last = keys.at(-1)?.number ?? last;
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

const otherStore: Text = {
  ru: 'там, куда копировать, лежат ключи другого хранилища: нужна пустая база или та, в которую уже начали копировать отсюда',
  en: 'the database to copy to holds the keys of another store: an empty one is needed, or one that a copy from here was begun to',
};

const different: Text = {
  ru: 'копия ключей не сошлась: кто-то работает с одним из хранилищ, или там есть лишние ключи; остановите службу и повторите, при нужде в пустую базу',
  en:
    'the copy of the keys differs: somebody works with one of the stores, or there are other keys; stop the service and ' +
    'try again, with an empty database if need be',
};
