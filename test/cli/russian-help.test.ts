import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Command } from 'commander';
import { speak } from '../../src/cli/help/speak.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { project } from '../docs/installation.ts';
import { command } from '../support/serving.ts';

const terminal: Terminal = { language: 'ru', print: () => undefined, note: () => undefined };

/** Every command there is, as its file makes it. */
async function commands(): Promise<Command[]> {
  const folder = join(project, 'src', 'cli');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const made: Command[] = [];
  for (const file of files) {
    const module: Readonly<Record<string, unknown>> = await import(join(folder, file));
    for (const [name, make] of Object.entries(module)) {
      if (!name.endsWith('Command') || typeof make !== 'function') continue;
      const command: unknown = Reflect.apply(make, undefined, [terminal]);
      if (command instanceof Command) made.push(command);
    }
  }
  return made;
}

function* texts(command: Command): Iterable<string> {
  yield command.description();
  for (const { description } of [...command.options, ...command.registeredArguments]) yield description;
  for (const inner of command.commands) yield* texts(inner);
}

describe('help under Russian', () => {
  it('is Russian for every command, option and argument', async () => {
    const made = await commands();
    expect(made.length).to.be.above(12);
    for (const one of made) speak(one, 'ru');
    // words that are to be typed as they are have no other form
    const english = [...new Set(made.flatMap((one) => [...texts(one)]))].filter(
      (text) => text !== '' && !/[а-яё]/i.test(text) && !/^[a-z]+(?:, [a-z]+)*$/.test(text),
    );
    expect(english).to.deep.equal([]);
  });

  it('has Russian words where a person puts a word', async () => {
    const made = await commands();
    for (const one of made) speak(one, 'ru');
    const screens = made.flatMap((one) => [one, ...one.commands]).map((one) => one.helpInformation());
    const english = new Set(screens.flatMap((screen) => screen.match(/[<[][a-z]+(?:\.\.\.)?[>\]]/g) ?? []));
    expect([...english]).to.deep.equal([]);
    const init = screens.find((screen) => screen.includes(' init '));
    expect(init)
      .to.match(/init \[ключи\] \[папка\]/)
      .and.to.match(/^ +папка +где/m)
      .and.to.include('--stage <имя>');
  });

  it('is asked for by each command, before its name and behind it', async () => {
    const leaves = (command: Command): Command[] =>
      command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
    const deaf = (await commands())
      .flatMap(leaves)
      .filter((one) => one.options.every(({ long }) => long !== '--lang'))
      .map((one) => `${one.parent?.name()} ${one.name()}`);
    expect(deaf).to.deep.equal([]);
    const asked = await Promise.all([
      command(['--lang', 'ru', 'adapter', 'test', 'nosuch', '/']),
      command(['adapter', 'test', 'nosuch', '/', '--lang', 'ru']),
      command(['keys', 'new', '/', '--lang=ru']),
    ]);
    for (const { err, code } of asked) {
      expect(code).to.equal(1);
      expect(err).to.match(/[а-я]/);
    }
  });

  it('says defaults and states in Russian', async () => {
    const made = await commands();
    for (const one of made) speak(one, 'ru');
    const screens = made.flatMap((one) => [one, ...one.commands]).map((one) => one.helpInformation());
    expect(screens.filter((screen) => /\(default: /.test(screen))).to.deep.equal([]);
    expect(screens.join('\n').replace(/\s+/g, ' ')).to.include('pending (ждёт)').and.to.include('skipped (пропущено)');
  });

  it('has Russian titles and complaints, by LANG and by --lang', async () => {
    const [help, wrong] = await Promise.all([
      command(['check', '--help'], { LC_ALL: 'ru_RU.UTF-8' }),
      command(['--lang', 'ru', 'chek']),
    ]);
    expect(help.out)
      .to.match(/^Вызов: /)
      .and.to.match(/^Ключи:$/m);
    expect(help.out)
      .to.include('[ключи]')
      .and.to.not.match(/\[options\]|\[command\]/);
    const preset = await command(['--lang', 'ru', 'presets', 'show', 'zup-3.1/hire']);
    expect(preset.out)
      .to.match(/^organisation +текст +обязателен/m)
      .and.to.match(/^rate +число/m);
    expect(wrong.err).to.include('нет такой команды: chek').and.to.include('возможно, check?');
    expect(wrong.code).to.equal(1);
  });
});
