import type { AuditEntry } from '../audit/entry.ts';
import type { ForgettingRow } from '../people/mark-forgotten.ts';

/**
 * The draft of an act and the extract of the journal that Roskomnadzor's order 179 asks for (facts/install.md 9), in
 * Russian whatever the reader's language. What the program cannot know is left to be filled in by hand.
 */
export function actOf(row: ForgettingRow, entries: readonly AuditEntry[], time: (at: number) => string): string {
  const applicants: readonly string[] = JSON.parse(row.applicants);
  const counts: Readonly<Record<string, number>> = row.counts === null ? {} : JSON.parse(row.counts);
  const blank = '______________________________';
  return [
    `АКТ № ${row.id} об уничтожении персональных данных (черновик)`,
    '',
    `Оператор (наименование, адрес): ${blank}`,
    `Лицо, обрабатывающее данные по поручению оператора, если есть (наименование, адрес): ${blank}`,
    `Субъект персональных данных: ${applicants.map((id) => `кандидат Хантфлоу № ${id}`).join(', ')} (организация ${row.scope}); фамилия, имя, отчество: ${blank}`,
    `Уничтожили (фамилия, имя, отчество, должность): ${blank}; учётная запись, выполнившая команду: ${row.by}`,
    'Категории уничтоженных данных: фамилия, имя, отчество, контакты, иные сведения кандидата из событий Хантфлоу, записи для целевых систем, обмен с ними, связи с их объектами, файлы',
    `Уничтожено: событий ${counts['events'] ?? 0}, доставок ${counts['deliveries'] ?? 0}, попыток ${counts['attempts'] ?? 0}, связей ${counts['references'] ?? 0}, файлов ${counts['files'] ?? 0}`,
    'Информационная система: huntflow-connector',
    'Способ: уничтожение ключа шифрования, стирание содержимого записей и файлов программой',
    `Причина: ${blank}`,
    `Начато: ${time(row.marked_at)}`,
    `Окончено: ${row.finished_at === null ? 'не окончено' : time(row.finished_at)}`,
    `Подписи: ${blank}`,
    '',
    'ВЫГРУЗКА ИЗ ЖУРНАЛА РЕГИСТРАЦИИ СОБЫТИЙ',
    'Номер; время; кто; откуда; действие; над чем; подпись цепочки',
    ...entries.map((entry) =>
      [
        entry.seq,
        time(entry.at),
        entry.who,
        entry.from,
        entry.action,
        entry.on.join(' '),
        entry.hash.slice(0, 16),
      ].join('; '),
    ),
    '',
    'Акт и выгрузку хранят три года. Данные, переданные в другие системы (1С, CSV, чаты), в этой системе не хранятся и актом не охвачены.',
  ].join('\n');
}
