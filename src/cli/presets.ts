import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { guessed } from '../files/did-you-mean.ts';
import type { Parameter } from '../mapping/presets/parameter.ts';
import { ejectMapping, ejectPreset } from '../mapping/presets/ejection.ts';
import { usageOf } from '../mapping/presets/usage.ts';
import type { Preset } from '../mapping/presets/preset.ts';
import { shippedPresets } from '../mapping/presets/shipped.ts';
import { errorCode } from '../process/error-code.ts';
import type { Language } from '../text.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface EjectOptions extends ConfigOption {
  readonly out?: string;
}

export function presetsCommand(terminal: Terminal): Command {
  return new Command('presets')
    .description('shipped records that a mapping fills in: preset and with')
    .addCommand(
      configured('list', 'names and titles')
        .option('--json', 'for machines')
        .action((options: JsonOption) => list(options, terminal)),
    )
    .addCommand(
      configured('show', 'one preset: what it makes, its parameters, and how to use it')
        .argument('<preset>', 'such as zup-3.1/hire')
        .option('--json', 'for machines')
        .action((name: string, options: JsonOption) => show(presetOf(name), options, terminal)),
    )
    .addCommand(
      configured('eject', 'write a preset out as a mapping file of your own, for whoever must change the record')
        .argument('<name>', 'a preset, a mapping that uses one, or the path of its file')
        .option('--out <file>', 'write it there instead of printing it; an existing file is left alone')
        .action((name: string, options: EjectOptions) => eject(name, options, terminal)),
    );
}

function list({ json }: JsonOption, terminal: Terminal): void {
  const presets = [...shippedPresets().values()];
  if (json)
    terminal.print(
      JSON.stringify({
        items: presets.map(({ name, title, about, adapter }) => ({ name, adapter, title, about })),
        next: null,
      }),
    );
  else
    terminal.print(
      table(
        terminal.language,
        ['NAME', 'ADAPTER', ''],
        presets.map(({ name, adapter, title }) => [name, adapter, title[terminal.language]]),
      ),
    );
}

function show(preset: Preset, { json }: JsonOption, terminal: Terminal): void {
  const { name, title, about, adapter, parameters, content } = preset;
  if (json) {
    terminal.print(
      JSON.stringify({
        name,
        adapter,
        title,
        about,
        parameters: parameters.map((parameter) => ({
          name: parameter.name,
          type: parameter.type,
          required: parameter.required,
          default: parameter.default ?? null,
          oneOf: parameter.oneOf,
          example: parameter.example ?? null,
          about: parameter.about,
        })),
        on: content['on'] ?? null,
        when: content['when'] ?? null,
        key: content['key'] ?? null,
        once: content['once'] ?? null,
        record: content['record'],
      }),
    );
    return;
  }
  terminal.print(`${name}: ${title[terminal.language]}\n${about[terminal.language]}\n`);
  terminal.print(
    table(
      terminal.language,
      ['PARAMETER', 'TYPE', 'DEFAULT', ''],
      parameters.map((parameter) => [
        parameter.name,
        typeOf(parameter, terminal.language),
        parameter.required ? { ru: 'обязателен', en: 'required' }[terminal.language] : shown(parameter.default),
        parameter.about[terminal.language],
      ]),
    ),
  );
  terminal.print(`\n${usageOf(preset)}`);
}

async function eject(name: string, { config, out }: EjectOptions, terminal: Terminal): Promise<void> {
  const text =
    shippedPresets().has(name) || name.includes('/parts/')
      ? ejectPreset(presetOf(name), terminal.language)
      : await ejected(name, config, terminal);
  if (out === undefined) {
    terminal.print(text.trimEnd());
    return;
  }
  try {
    writeFileSync(out, text, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    throw new CommandError({
      ru: `файл ${out} уже есть и оставлен как был: назовите другой или уберите его`,
      en: `the file ${out} exists and was left as it is: name another one, or remove it`,
    });
  }
  terminal.note({ ru: `Записано: ${out}`, en: `Written: ${out}` }[terminal.language]);
}

/** Of a mapping by its name or the path of its file, with the values that it fills in. */
async function ejected(name: string, config: string, { language }: Terminal): Promise<string> {
  const file = /\.ya?ml$/.test(name) && existsSync(name) ? name : await fileOf(name, config);
  const text = ejectMapping(readFileSync(file, 'utf8'), shippedPresets(), language);
  if (text !== undefined) return text;
  throw new CommandError({
    ru: `${file}: здесь нет пресета, который можно выписать (проверьте файл командой check)`,
    en: `${file}: there is no preset here to write out (look at the file with check)`,
  });
}

async function fileOf(name: string, config: string): Promise<string> {
  return withComposition(
    config,
    async ({ mappings }) => {
      const { mappings: read } = await mappings.read();
      const found = read.find((mapping) => mapping.name === name);
      if (found !== undefined) return found.file;
      throw unknown(name, [...read.map((mapping) => mapping.name), ...shippedPresets().keys()]);
    },
    { database: 'unneeded' },
  );
}

function presetOf(name: string): Preset {
  const preset = shippedPresets().get(name);
  if (preset === undefined) throw unknown(name, [...shippedPresets().keys()]);
  return preset;
}

function unknown(name: string, known: readonly string[]): CommandError {
  const guess = guessed(name, known, {
    ru: '; пресеты показывает presets list',
    en: '; presets list shows the presets',
  });
  return new CommandError({
    ru: `«${name}» — не пресет и не маппинг${guess.ru}`,
    en: `"${name}" is no preset and no mapping${guess.en}`,
  });
}

const typeWords = {
  text: { ru: 'текст', en: 'text' },
  number: { ru: 'число', en: 'number' },
  flag: { ru: 'true | false', en: 'true | false' },
  names: { ru: 'список', en: 'names' },
} as const;

function typeOf({ type, oneOf }: Parameter, language: Language): string {
  return type === 'choice' ? oneOf.join(' | ') : typeWords[type][language];
}

function shown(value: unknown): string {
  if (value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
