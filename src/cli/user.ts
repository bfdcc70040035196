import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { hashPassword, longestPassword, shortestPassword } from '../access/password.ts';
import { type Role, roles } from '../access/role.ts';
import { newSecret, secretHash } from '../access/secret.ts';
import { readUsers, type User, userName as nameForm, writeUsers } from '../access/users-file.ts';
import type { Composition } from '../container.ts';
import { askPassword } from './ask-password.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, type JsonOption, oneOf } from './options.ts';
import { table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface AddOptions extends ConfigOption, JsonOption {
  readonly role: Role;
  readonly passwordFile?: string;
  readonly sso?: boolean;
}

interface TokenOptions extends ConfigOption, JsonOption {
  readonly name: string;
}

interface ListOptions extends ConfigOption, JsonOption {}

/** Who may use the console: kept in a file beside connector.yaml, and in force within a second. */
export function userCommand(terminal: Terminal): Command {
  const add = configured('add', 'let somebody use the console, or change role and password')
    .argument('<name>', 'how he logs in; with single sign-on as the provider calls him, e.g. an address of mail')
    .option('--role <role>', roles.join(', '), oneOf(...roles), 'viewer')
    .option('--password-file <file>', 'a file with the password (default: asked for, or read from standard input)')
    .option('--sso', 'no password: he comes by single sign-on, or only scripts do, by tokens')
    .option('--json', 'for machines')
    .action((name: string, options: AddOptions) => addUser(name, options, terminal));
  const list = configured('list', 'who may use the console')
    .option('--json', 'for machines')
    .action((options: ListOptions) => listUsers(options, terminal));
  const remove = configured('remove', 'let somebody use the console no more; his sessions and tokens end with it')
    .argument('<name>')
    .action((name: string, options: ConfigOption) => removeUser(name, options, terminal));
  const token = configured('token', 'make a token for scripts, with the rights of a user: Authorization: Bearer …')
    .argument('<user>')
    .option('--name <name>', 'what it is for', 'script')
    .option('--json', 'for machines')
    .action((name: string, options: TokenOptions) => addToken(name, options, terminal));
  return new Command('user')
    .description('who may use the console')
    .addCommand(list, { isDefault: true })
    .addCommand(add)
    .addCommand(remove)
    .addCommand(token);
}

async function addUser(name: string, options: AddOptions, terminal: Terminal): Promise<void> {
  if (!nameForm.test(name))
    throw new CommandError({
      ru: 'имя: до 100 букв, цифр и знаков . _ @ + -, первым идёт буква или цифра',
      en: 'a name has up to 100 letters, digits and . _ @ + -, and begins with a letter or digit',
    });
  await withComposition(options.config, async (composition) => {
    const asked = options.sso === true ? undefined : await askPassword(options.passwordFile, terminal);
    const made = asked === undefined && options.sso !== true ? randomBytes(15).toString('base64url') : undefined;
    const password = asked ?? made;
    if (password !== undefined && (password.length < shortestPassword || password.length > longestPassword))
      throw new CommandError({
        ru: `пароль: от ${shortestPassword} до ${longestPassword} знаков`,
        en: `a password has ${shortestPassword} to ${longestPassword} characters`,
      });
    const users = usersOf(composition);
    const before = users.find((user) => user.name === name);
    const user: User = {
      name,
      role: options.role,
      password: password === undefined ? undefined : await hashPassword(password),
      tokens: before?.tokens ?? [],
      since: before === undefined ? new Date(composition.now()).toISOString() : before.since,
    };
    await write(composition, [...users.filter((each) => each.name !== name), user], 'user added', name);
    if (options.json) {
      terminal.print(JSON.stringify({ name, role: user.role, ...(made !== undefined && { password: made }) }));
      return;
    }
    terminal.print({ ru: `«${name}» теперь ${user.role}`, en: `"${name}" is ${user.role} now` }[terminal.language]);
    if (made !== undefined)
      terminal.print(
        { ru: `Пароль (больше не будет показан): ${made}`, en: `Password (not shown again): ${made}` }[
          terminal.language
        ],
      );
  });
}

async function listUsers(options: ListOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const items = usersOf(composition).map(({ name, role, password, tokens }) => ({
      name,
      role,
      password: password !== undefined,
      tokens: tokens.map(({ name: purpose, createdAt }) => ({ name: purpose, createdAt })),
    }));
    if (options.json) terminal.print(JSON.stringify({ items, next: null }));
    else
      terminal.print(
        table(
          terminal.language,
          ['NAME', 'ROLE', 'PASSWORD', 'TOKENS'],
          items.map(({ name, role, password, tokens }) => [
            name,
            role,
            password ? '✔' : '—',
            tokens.map((each) => each.name).join(', '),
          ]),
        ),
      );
  });
}

async function removeUser(name: string, options: ConfigOption, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const users = usersOf(composition);
    if (!users.some((user) => user.name === name)) throw unknownUser(name);
    const others = users.filter((user) => user.name !== name);
    await write(composition, others, 'user removed', name);
    terminal.print({ ru: `«${name}» больше не войдёт`, en: `"${name}" may come in no more` }[terminal.language]);
    if (others.length === 0)
      terminal.note(
        {
          ru: 'пользователей не осталось: консоль открыта только с этой машины и ничего не раскрывает',
          en: 'no user is left: the console is open from this machine only, and reveals nothing',
        }[terminal.language],
      );
  });
}

async function addToken(name: string, options: TokenOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const users = usersOf(composition);
    if (!users.some((user) => user.name === name)) throw unknownUser(name);
    const token = newSecret();
    const made = { name: options.name, hash: secretHash(token), createdAt: new Date(composition.now()).toISOString() };
    const changed = users.map((user) =>
      user.name === name
        ? { ...user, tokens: [...user.tokens.filter((each) => each.name !== options.name), made] }
        : user,
    );
    await write(composition, changed, 'user added', name);
    if (options.json) terminal.print(JSON.stringify({ user: name, name: options.name, token }));
    else {
      terminal.print(token);
      terminal.note({ ru: 'Больше он показан не будет', en: 'It is not shown again' }[terminal.language]);
    }
  });
}

function usersOf({ config }: Composition): readonly User[] {
  return readUsers(config.console.users) ?? [];
}

async function write(
  composition: Composition,
  users: readonly User[],
  action: 'user added' | 'user removed',
  name: string,
): Promise<void> {
  await composition.audit.add(operator(composition), { action, on: [`user/${name}`] });
  writeUsers(
    composition.config.console.users,
    users.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

function unknownUser(name: string): CommandError {
  return new CommandError({ ru: `пользователя «${name}» нет`, en: `there is no user "${name}"` });
}
