import { string } from 'yup';
import type { Text } from '../../src/adapter.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

/** An address of http or https without query; with credentials in it errors and proxies would show them. */
export const address = (name: string) =>
  string().test(
    'address',
    say(
      `${name}: нужен адрес вида https://chat.example без параметров и пароля`,
      `${name}: an address like https://chat.example is needed, without query and password`,
    ),
    (value) => value === undefined || value === '' || isAddress(value),
  );

/** A token as it stands in a header or a path: no blanks, nothing but ASCII. */
export const token = (name: string) =>
  string().matches(/^[\x21-\x7e]*$/, {
    message: say(
      `${name}: пробел или нелатинский символ в токене`,
      `${name}: the token has a blank or a character that is not ASCII`,
    ),
  });

/** Host and path of a webhook apart: the path is a secret, and errors name hosts. */
export function hookParts(webhook: string): { readonly baseUrl: string; readonly path: string } {
  const { origin, pathname } = new URL(webhook);
  return { baseUrl: origin, path: pathname.replace(/\/+$/, '') };
}

function isAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash, username, password } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && search + hash + username + password === '';
}
