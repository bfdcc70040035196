import { readFile } from 'node:fs/promises';
import { UnavailableError } from '../../../src/adapter.ts';
import { errorCode } from '../../../src/toolkit.ts';

/** The private key of `sftp.key`, an absolute path. @throws UnavailableError when it cannot be read. */
export async function keyIn(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = errorCode(error) ?? 'no code';
    throw new UnavailableError(
      code === 'ENOENT'
        ? {
            ru: `Файла ключа ${path} нет (sftp.key, ENOENT): исправьте путь, он считается от connector.yaml, или сделайте ключ: ssh-keygen -t ed25519 -N "" -f sftp.key.`,
            en:
              `There is no key file ${path} (sftp.key, ENOENT): mend the path, which begins at connector.yaml, or make a key: ` +
              'ssh-keygen -t ed25519 -N "" -f sftp.key.',
          }
        : {
            ru: `Файл ключа ${path} (sftp.key) не читается (${code}): проверьте, что это файл и что он доступен пользователю службы.`,
            en: `The key file ${path} (sftp.key) cannot be read (${code}): see that it is a file and that the user of the service may read it.`,
          },
      { cause: error },
    );
  }
}
