import { resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { ServingLock } from '../database/sqlite/serving-lock.ts';
import { FaultyFileError } from '../files/fault.ts';
import { KeyFileError, makeKeyFile, newKey, readKeyFile, recoveryText, replaceKeyFile } from '../people/key-file.ts';
import { KeyRing, KeyRingError } from '../people/key-ring.ts';
import { KeyStore } from '../people/key-store.ts';
import type { Text } from '../text.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, spoken } from './options.ts';
import { startError } from './start-error.ts';
import { CommandError, type Terminal } from './terminal.ts';

export function keysCommand(terminal: Terminal): Command {
  const make = spoken('new', 'make a file of keys, which nobody but its owner may read')
    .argument('<file>', 'a new file; an existing one is never written over')
    .action((file: string) => makeKeys(resolve(file), terminal));
  const rotate = configured(
    'rotate',
    'add a key to the file and wrap the keys of persons with it, also while serving',
  ).action((options: ConfigOption) => withKeyFile(options, (parts) => rotateKeys(parts, options, terminal)));
  const add = configured(
    'add',
    'add a key to the file that wraps nothing before keys rotate: with several machines it is copied to each first',
  ).action((options: ConfigOption) => withKeyFile(options, (parts) => addKey(parts, terminal)));
  return new Command('keys')
    .description('keys that seal what is kept about people')
    .addCommand(make)
    .addCommand(add)
    .addCommand(rotate);
}

function makeKeys(file: string, terminal: Terminal): void {
  try {
    makeKeyFile(file);
  } catch (error) {
    throw error instanceof KeyFileError ? new CommandError(error.text) : error;
  }
  terminal.print(
    {
      ru: `Ключ записан: ${file}. Укажите его в connector.yaml: privacy: { keyFile: … }. Храните копию отдельно от резервных копий базы: без ключа данные не прочесть. Текст для восстановления (показан один раз):`,
      en: `The key is written: ${file}. Name it in connector.yaml: privacy: { keyFile: … }. Keep a copy apart from all backups of the database: without the key nobody reads the data. The recovery text (shown once):`,
    }[terminal.language],
  );
  terminal.print(recoveryText(file));
}

interface KeyParts {
  readonly keyFile: string;
  readonly store: KeyStore;
  readonly ring: KeyRing;
}

/** With the file to itself: of two at once the later would take the key away that the earlier wraps with. */
async function withKeyFile(options: ConfigOption, work: (parts: KeyParts) => Promise<void>): Promise<void> {
  const { config, faults } = loadConfig(options.config, undefined, { lenient: true });
  if (config === undefined) throw new FaultyFileError(faults);
  const { keyFile, store: url } = config.privacy;
  if (keyFile === undefined || url === undefined) throw new CommandError(noKeyFile);
  const store = new KeyStore(url);
  let lock: ServingLock | undefined;
  try {
    readKeyFile(keyFile);
    lock = ServingLock.take(keyFile);
    if (lock === undefined) throw new CommandError(otherRotation);
    const ring = new KeyRing(store, keyFile);
    await ring.open();
    await work({ keyFile, store, ring });
  } catch (error) {
    if (error instanceof KeyFileError || error instanceof KeyRingError) throw new CommandError(error.text);
    throw startError(error, url);
  } finally {
    await store.close();
    lock?.release();
  }
}

/** Adds a key to the file unless it has one that does not wrap everything yet; true: it did. */
async function added({ keyFile, store }: KeyParts): Promise<boolean> {
  const keys = readKeyFile(keyFile);
  const newest = keys.at(-1) ?? keys[0];
  const secrets = await store.secrets();
  const isUnfinished =
    secrets.some(({ kek }) => kek < newest.number) || (await store.olderThan(newest.number, 1)).length > 0;
  if (!isUnfinished) replaceKeyFile(keyFile, [...keys, newKey(newest.number + 1)]);
  return !isUnfinished;
}

async function addKey(parts: KeyParts, terminal: Terminal): Promise<void> {
  const isNew = await added(parts);
  const number = readKeyFile(parts.keyFile).at(-1)?.number ?? 0;
  terminal.print(
    {
      ru: `${isNew ? `Ключ ${number} добавлен` : `Ключ ${number} уже добавлен`} и пока ничего не шифрует: скопируйте ${parts.keyFile} на каждую машину, затем на одной из них выполните keys rotate.`,
      en: `${isNew ? `Key ${number} was added` : `Key ${number} is there already`} and wraps nothing yet: copy ${parts.keyFile} to each machine, then run keys rotate on one of them.`,
    }[terminal.language],
  );
}

/**
 * The file has the new key before anything is wrapped with it, and the one before until everything is: a rotation that
 * was cut is ended by the next one, and whatever was wrapped opens meanwhile.
 */
async function rotateKeys(parts: KeyParts, options: ConfigOption, terminal: Terminal): Promise<void> {
  const { keyFile, ring } = parts;
  const before = readKeyFile(keyFile);
  const isNew = await added(parts);
  let count: number;
  try {
    count = await ring.rewrap();
  } catch (error) {
    // Another machine's key has this number: ours wraps nothing, and must not be taken for it.
    if (isNew && error instanceof KeyRingError) replaceKeyFile(keyFile, before);
    throw error;
  }
  replaceKeyFile(keyFile, readKeyFile(keyFile).slice(-2));
  await withComposition(options.config, (composition) =>
    composition.audit.add(operator(composition), { action: 'rotate', on: ['keys'] }),
  ).catch(() => undefined); // before the first start there is no journal
  const now = readKeyFile(keyFile).at(-1)?.number ?? 0;
  terminal.print(
    {
      ru: `Ключ ${now} в работе, ключей людей перешифровано: ${count}. Прежний остаётся в файле до следующей смены. Сделайте копию ${keyFile}, или сохраните новый текст для восстановления (показан один раз; прежний скоро не откроет ничего):`,
      en: `Key ${now} is in use, ${count} keys of persons were wrapped anew. The one before stays in the file until the next rotation. Make a copy of ${keyFile}, or keep the new recovery text (shown once; the former one will soon open nothing):`,
    }[terminal.language],
  );
  terminal.print(recoveryText(keyFile));
}

const otherRotation: Text = {
  ru: 'ключи прямо сейчас меняет другая команда keys rotate: дождитесь её',
  en: 'another keys rotate is at work right now: wait for it',
};

const noKeyFile: Text = {
  ru: 'в connector.yaml нет privacy.keyFile: создайте ключ (keys new ФАЙЛ) и укажите его',
  en: 'connector.yaml has no privacy.keyFile: make a key (keys new FILE) and name it there',
};
