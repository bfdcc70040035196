import { RejectedError } from '../../src/adapter.ts';
import { cellText, defuse } from './cells.ts';
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
  readonly #replace: boolean;
  readonly #listed: readonly string[] | undefined;

  constructor(
    settings: Pick<CsvSettings, 'encoding' | 'delimiter' | 'header' | 'columns' | 'formulas' | 'unmappable'>,
  ) {
    this.charset = new Charset(settings.encoding);
    this.delimiter = settings.delimiter;
    this.header = settings.header;
    this.#defuse = settings.formulas === 'defuse';
    this.#replace = settings.unmappable === 'replace';
    this.#listed = settings.columns;
    this.columns = settings.columns?.map((column) => this.charset.stored(column));
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
    const columns = this.#listed ?? [...values.keys()];
    return new Map(
      columns.map((column) => {
        const name = this.#fit(column, cellText(column, column));
        return [this.charset.stored(name), this.#fit(column, this.#defused(values.get(column), column))];
      }),
    );
  }

  #defused(value: unknown, column: string): string {
    const text = cellText(column, value);
    return this.#defuse && typeof value === 'string' ? defuse(text) : text;
  }

  #fit(column: string, text: string): string {
    const missing = this.#replace ? undefined : this.charset.firstUnmappable(text);
    if (missing !== undefined) throw unmappable(column, missing);
    return text;
  }
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
  return new RejectedError({
    ru: `Колонка «${column}»: символа ${shown} нет в кодировке файла. Уберите его в источнике, выберите encoding: utf-8-bom или unmappable: replace.`,
    en:
      `Column "${column}": the file's encoding has no ${shown}. Take it out where it comes from, or choose ` +
      'encoding: utf-8-bom or unmappable: replace.',
  });
}
