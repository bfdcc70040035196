import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { exportPerson } from '../forget/export-person.ts';
import { errorCode } from '../process/error-code.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { onePerson } from './whom.ts';

interface ExportOptions extends ConfigOption {
  readonly source?: string;
  readonly to?: string;
}

export function exportCommand(terminal: Terminal): Command {
  const applicant = configured('applicant', 'all that is kept about one applicant, readable, with files')
    .argument('<id>', "Huntflow's id of the applicant, or words of a name to choose by")
    .option('--source <name>', 'of this source, where two organisations know an applicant of that id')
    .option('--to <folder>', 'a new folder; without it one JSON document with the files inside goes to the terminal')
    .action((id: string, options: ExportOptions) => exportTo(id, options, terminal));
  return new Command('export').description('what is kept about a person').addCommand(applicant);
}

async function exportTo(asked: string, options: ExportOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const person = await onePerson(composition, asked, options.source, terminal);
    const on = person.applicants.map((applicant) => `applicant/${applicant}`);
    await composition.audit.add(operator(composition), { action: 'export', on });
    const { files, ...kept } = await exportPerson(composition, person);
    if (options.to === undefined) {
      const inside = files.map(({ content, ...file }) => ({ ...file, content: content.toString('base64') }));
      terminal.print(JSON.stringify({ ...kept, files: inside }, null, 2));
      return;
    }
    const folder = resolve(options.to);
    makeNew(folder);
    writeFileSync(
      join(folder, 'person.json'),
      JSON.stringify({ ...kept, files: files.map(({ file, name }) => ({ file, name })) }, null, 2),
      { mode: 0o600 },
    );
    for (const { content, name } of files) writeFileSync(join(folder, name), content, { mode: 0o600 });
    terminal.print(
      { ru: `Выгружено: ${folder}, файлов ${files.length}`, en: `Exported: ${folder}, ${files.length} file(s)` }[
        terminal.language
      ],
    );
  });
}

function makeNew(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error) ?? '';
    throw new CommandError(
      code === 'EEXIST'
        ? {
            ru: `папка ${folder} уже есть: назовите новую`,
            en: `the folder ${folder} is there already: name a new one`,
          }
        : {
            ru: `папку ${folder} создать не удалось (${code})`,
            en: `the folder ${folder} could not be made (${code})`,
          },
    );
  }
}
