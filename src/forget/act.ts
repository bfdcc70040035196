import type { AuditEntry } from '../audit/entry.ts';
import type { Text } from '../text.ts';
import { auditActions, auditPlaces } from '../words/audit.ts';
import type { ForgettingRow, SentTo } from '../people/forgettings.ts';

/**
 * The draft of an act and the extract of the journal that Roskomnadzor's order 179 asks for (facts/install.md 9), in
 * Russian whatever the reader's language. What the program cannot know is left to be filled in by hand.
 * @param entries what the audit has of it now: the extract of an earlier version, and what came after it.
 */
export function actOf(row: ForgettingRow, entries: readonly AuditEntry[], time: (at: number) => string): string {
  const applicants: readonly string[] = JSON.parse(row.applicants);
  const extract: readonly AuditEntry[] = row.extract === null ? entries : JSON.parse(row.extract);
  const later = entries.filter(({ at, hash }) => at >= row.marked_at && extract.every((entry) => entry.hash !== hash));
  const blank = '______________________________';
  return [
    `АКТ № ${row.id} об уничтожении персональных данных (черновик)`,
    '',
    `Оператор (наименование, адрес): ${blank}`,
    `Лицо, обрабатывающее данные по поручению оператора, если есть (наименование, адрес): ${blank}`,
    `Субъект персональных данных: ${applicants.map((id) => `кандидат Хантфлоу № ${id}`).join(', ')} (организация ${row.scope}); фамилия, имя, отчество: ${blank}`,
    `Уничтожили (фамилия, имя, отчество, должность): ${blank}; учётная запись, выполнившая команду: ${row.by}`,
    ...erasedLines(row.counts),
    'Информационная система: huntflow-connector',
    'Способ: уничтожение ключа шифрования, стирание содержимого записей и файлов программой',
    `Причина: ${blank}`,
    `Начато: ${time(row.marked_at)}`,
    `Окончено: ${row.finished_at === null ? 'не окончено' : time(row.finished_at)}`,
    `Подписи: ${blank}`,
    '',
    'ВЫГРУЗКА ИЗ ЖУРНАЛА РЕГИСТРАЦИИ СОБЫТИЙ',
    'Номер; время; кто; откуда; действие; над чем; подпись цепочки (audit verify --head НОМЕР:ПОДПИСЬ)',
    ...extract.map((entry) => line(entry, time)),
    ...(later.length === 0 ? [] : ['Позднее об этом акте:', ...later.map((entry) => line(entry, time))]),
    '',
    `Акт и выгрузку хранят три года. ${sentLine(row.sent)}`,
  ].join('\n');
}

function erasedLines(column: string | null): string[] {
  const counts: Readonly<Record<string, number>> = column === null ? {} : JSON.parse(column);
  if (column !== null && Object.values(counts).every((count) => count === 0))
    return ['Уничтожено: ключ шифрования и сведения, по которым человека находят; иного о нём уже не хранилось'];
  return [
    'Категории уничтоженных данных: фамилия, имя, отчество, контакты, иные сведения кандидата из событий Хантфлоу, записи для целевых систем, обмен с ними, связи с их объектами, файлы',
    `Уничтожено: событий ${counts['events'] ?? 0}, доставок ${counts['deliveries'] ?? 0}, попыток ${counts['attempts'] ?? 0}, связей ${counts['references'] ?? 0}, файлов ${counts['files'] ?? 0}`,
  ];
}

const outcomes = {
  taken: 'принято',
  unknown: 'исход неизвестен, запись могла быть принята',
  'not taken': 'отправлялось, запись не принята, но часть её могла остаться',
} as const satisfies Readonly<Record<SentTo[string], string>>;

/** Whoever signs has to see to it there. Names of targets are no personal data. */
function sentLine(column: string | null): string {
  const general = 'Данные, переданные в другие системы (1С, CSV, чаты), в этой системе не хранятся и актом не охвачены';
  if (column === null) return `${general}.`;
  const sent: SentTo = JSON.parse(column);
  const named = Object.entries(sent).map(([target, outcome]) => `${target} — ${outcomes[outcome]}`);
  return named.length === 0
    ? 'В другие системы о нём, насколько это ещё было видно, ничего не передавалось.'
    : `${general}, их уничтожают там. Передавалось: ${named.join('; ')}.`;
}

/** In the words of `audit list`. */
const actions: Readonly<Record<string, Text>> = auditActions;
const places: Readonly<Record<string, Text>> = auditPlaces;

function line({ seq, at, who, from, action, on, hash }: AuditEntry, time: (at: number) => string): string {
  const said = actions[action];
  const deed = said === undefined ? action : `${said.ru} (${action})`;
  return [seq, time(at), who, places[from]?.ru ?? from, deed, on.join(' '), hash].join('; ');
}
