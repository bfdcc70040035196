import { RejectedError } from '../../src/adapter.ts';
import { cellText, defuse } from './cells.ts';
import { formed } from './cell-form.ts';
import { Charset } from './charset.ts';
import type { CsvSettings } from './settings.ts';

/** How rows of one target look: settings in, cells ready to be written out. */
export class CsvFormat {
  readonly charset: Charset;
  readonly delimiter: string;
  readonly header: boolean;
  /** As they stand in the header; undefined when the first record of a file decides. */
  readonly columns: readonly string[] | undefined;
  readonly #defuse: boolean;
  /** What stands for a character that the encoding lacks; undefined: such a record is rejected. */
  readonly #replacement: string | undefined;
  readonly #listed: readonly string[] | undefined;
  readonly #forms: ReadonlyMap<string, string>;

  constructor(
    settings: Pick<
      CsvSettings,
      'encoding' | 'delimiter' | 'header' | 'columns' | 'formats' | 'formulas' | 'unmappable' | 'replacement'
    >,
  ) {
    this.charset = new Charset(settings.encoding);
    this.delimiter = settings.delimiter;
    this.header = settings.header;
    this.#defuse = settings.formulas === 'defuse';
    this.#replacement = settings.unmappable === 'replace' ? settings.replacement : undefined;
    this.#listed = settings.columns;
    this.#forms = new Map(Object.entries(settings.formats));
    this.columns = settings.columns?.map((column) => this.charset.fit(column, () => this.#replacement ?? '?'));
  }

  /** Column → text in the order of the file, `columns` of the settings all there. @throws RejectedError */
  cellsOf(record: unknown): ReadonlyMap<string, string> {
    if (typeof record !== 'object' || record === null || Array.isArray(record) || Object.keys(record).length === 0)
      throw notFlat();
    const values = new Map<string, unknown>(Object.entries(record));
    const unlisted = this.#listed && [...values.keys()].find((column) => !this.#listed?.includes(column));
    if (unlisted !== undefined) {
      throw new RejectedError({
        ru: `Колонки «${unlisted}» нет в columns этой цели: добавьте её туда или уберите из маппинга.`,
        en: `Column "${unlisted}" is not in the columns of this target: add it there or take it out of the mapping.`,
      });
    }
    const cells = new Map<string, string>();
    for (const column of this.#listed ?? values.keys()) {
      const name = this.#fit(column, cellText(column, column));
      if (cells.has(name)) throw twice(name);
      cells.set(name, this.#cell(values.get(column), column));
    }
    return cells;
  }

  /** First what readers will find, then what that would do in a spreadsheet. */
  #cell(value: unknown, column: string): string {
    const form = this.#forms.get(column);
    if (form !== undefined) return formed(value, form, column);
    const text = this.#fit(column, cellText(column, value));
    return this.#defuse && typeof value === 'string' ? defuse(text) : text;
  }

  #fit(column: string, text: string): string {
    return this.charset.fit(text, (character) => {
      if (this.#replacement === undefined) throw unmappable(column, character);
      return this.#replacement;
    });
  }
}

function twice(column: string): RejectedError {
  return new RejectedError({
    ru: `Две колонки записи в файле зовутся одинаково: «${column}». Переименуйте одну в маппинге.`,
    en: `Two columns of the record have the same name in the file: "${column}". Rename one in the mapping.`,
  });
}

function notFlat(): RejectedError {
  return new RejectedError({
    ru: 'Запись CSV должна быть набором «колонка: значение» хотя бы с одной колонкой.',
    en: 'A CSV record has to be a set of `column: value` with at least one column.',
  });
}

function unmappable(column: string, character: string): RejectedError {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = character.isWellFormed() ? `«${character}» (${code})` : code;
  const text = {
    ru: `Колонка «${column}»: символа ${shown} нет в кодировке файла. Уберите его в источнике, выберите encoding: utf-8-bom или unmappable: replace.`,
    en:
      `Column "${column}": the file's encoding has no ${shown}. Take it out where it comes from, or choose ` +
      'encoding: utf-8-bom or unmappable: replace.',
  };
  // Whichever character it is, the cause is one.
  return new RejectedError(text, { code: 'unmappable', field: column });
}
