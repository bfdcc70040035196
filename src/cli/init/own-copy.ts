import type { Answers } from './answers.ts';
import { russianComments } from './russian-comments.ts';

/** What the shipped files call what every organisation calls otherwise. */
const shipped = { stage: 'Выход на работу', organisation: 'ООО Ромашка' } as const;

/** A shipped mapping as this organisation has it: its stage, its name in 1C, comments in its language. */
export function ownMapping(text: string, answers: Answers, schema: string | undefined): string {
  const { stage, organisation, language } = answers;
  const own = text
    .replace(/^# yaml-language-server: .*\n/, schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`)
    .replaceAll(`[ ${shipped.stage} ]`, () => `[ ${scalar(stage)} ]`)
    .replaceAll(shipped.organisation, () => scalar(organisation))
    .replace(wholeHire, ownHire);
  return language === 'ru' ? inRussian(own) : own;
}

/** The first test of hire-to-1c.yaml, which expects the whole record. */
const wholeHire = /^ {4}expect:\n {6}steps:\n {8}- upsert: Catalog_ФизическиеЛица\n(?: {8}.*\n)+/m;

/** What stays true whatever `with` says: whoever changes the organisation or asks for no SNILS has no test to mend. */
const ownHire = `    expect:
      partly:
        steps:
          - as: person
            of: { kind: applicant, id: 17 }
            fields: { Фамилия: Иванова, Имя: Анна, Отчество: Сергеевна, ДатаРождения: 1990-05-01 }
          - { as: employee, of: { kind: log, id: 9041 }, fields: { ФизическоеЛицо: { ref: person } } }
          - as: order
            of: { kind: log, id: 9041 }
            fields: { ДатаПриема: 2026-12-01, ФизическоеЛицо: { ref: person } }
`;

/** What the mapping of chats is called in a folder that may have several. */
export function hiredTo(target: string): string {
  return `hired-to-${target}`;
}

/** A shipped mapping of chats, for this one, with its samples beside it; any other as it is. */
export function ownTarget(text: string, target: string): string {
  return text
    .replace(/^mapping: hired-to-it$/m, `mapping: ${hiredTo(target)}`)
    .replace(/^to: chat$/m, `to: ${target}`)
    .replaceAll('../fixtures/', 'fixtures/');
}

/** A webhook of the shipped tests, on this organisation's stage. */
export function ownFixture(text: string, { stage }: Pick<Answers, 'stage'>): string {
  return text.replaceAll(/("id": )\d+(,\s*"name": )"Выход на работу"/g, (whole, id: string, name: string) =>
    isId(stage)
      ? `${id}${stage}${name}"${shipped.stage}"`
      : whole.replace(`"${shipped.stage}"`, () => JSON.stringify(stage)),
  );
}

/** Ids of stages are numbers, which break no mapping when a stage is renamed. */
export function isId(stage: string): boolean {
  return /^\d{1,15}$/.test(stage);
}

/** A text of YAML, quoted where it could be taken for something else. */
function scalar(text: string): string {
  return /^[\p{L}][\p{L}\p{N} ]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function inRussian(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const at = /(?:^|\s)# /.exec(line)?.index;
      if (at === undefined) return line;
      const comment = line.slice(line.indexOf('# ', at) + 2);
      const said = russianComments[comment];
      return said === undefined ? line : line.slice(0, line.length - comment.length) + said;
    })
    .join('\n');
}
