import type { ReactNode } from 'react';
import type { ShownRow } from '../live/merge.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { Failed, Reading } from './status.tsx';
import type { ListState } from './use-list.ts';
import { Go } from './go.tsx';
import { Icon } from './icon.tsx';

interface Row {
  readonly id: number | string;
}

export interface Column<R extends Row> {
  readonly name: string;
  readonly cell: (row: R) => ReactNode;
  /** `main`: what a card shows large; `grow`: takes what room is left; `number`: aligned to its end. */
  readonly as?: 'main' | 'grow' | 'number' | 'faint';
}

/** Rows that a person has picked; only what is known by a number can be picked. */
interface Selection {
  readonly chosen: ReadonlySet<number>;
  readonly toggle: (id: number) => void;
  readonly all: (ids: readonly number[]) => void;
}

interface RowsProps<R extends Row> {
  readonly list: ListState<R>;
  readonly name: string;
  readonly columns: readonly Column<R>[];
  /** Where a row leads; the whole row is its link. Undefined: nowhere. */
  readonly to?: (row: R) => string;
  readonly label?: (row: R) => string;
  readonly tone?: (row: R) => string | undefined;
  /** What stands in the place of an empty list. */
  readonly nothing: ReactNode;
  readonly selection?: Selection | undefined;
}

/** A list of rows: a table where there is room, cards where there is not. */
export function Rows<R extends Row>(props: RowsProps<R>): ReactNode {
  const { speech } = useSpeech();
  const { list, name, columns, nothing, selection } = props;
  if (list.rows === undefined)
    return list.error === null ? <Reading lines={10} /> : <Failed error={list.error} again={list.again} />;
  if (list.rows.length === 0) return nothing;
  const ids = list.rows.flatMap(({ row }) => (typeof row.id === 'number' ? [row.id] : []));
  const allChosen = selection !== undefined && ids.every((id) => selection.chosen.has(id));
  return (
    <div className="rows">
      <span role="status" className="unseen">
        {list.newer > 0 && speech.say(words.newerThere)}
      </span>
      {list.newer > 0 && (
        <button type="button" className="newer" onClick={list.showNewer}>
          <Icon of="up" /> {speech.upTo(words.newer, list.newer)}
        </button>
      )}
      <table role="table" aria-label={name}>
        <thead role="rowgroup">
          <tr role="row">
            {selection !== undefined && (
              <th role="columnheader" className="choose">
                <label>
                  <span className="unseen">{speech.say(words.selectAll)}</span>
                  <input
                    type="checkbox"
                    aria-keyshortcuts="a"
                    checked={allChosen}
                    onChange={() => selection.all(allChosen ? [] : ids)}
                  />
                </label>
              </th>
            )}
            {columns.map((column) => (
              <th key={column.name} role="columnheader" data-as={column.as}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {list.rows.map((shown) => (
            <OneRow key={shown.row.id} shown={shown} {...props} />
          ))}
        </tbody>
      </table>
      {list.more !== undefined && (
        <button type="button" className="more" onClick={list.more}>
          {speech.say(words.older)}
        </button>
      )}
    </div>
  );
}

function OneRow<R extends Row>({
  shown: { row, gone },
  columns,
  to,
  label,
  tone,
  selection,
}: RowsProps<R> & { readonly shown: ShownRow<R> }): ReactNode {
  const { speech } = useSpeech();
  return (
    <tr role="row" data-row={row.id} data-gone={gone} data-tone={tone?.(row)}>
      {selection !== undefined && typeof row.id === 'number' && (
        <td role="cell" className="choose">
          <label>
            <span className="unseen">{speech.say(words.select, { id: row.id })}</span>
            <input
              type="checkbox"
              checked={selection.chosen.has(row.id)}
              onChange={() => typeof row.id === 'number' && selection.toggle(row.id)}
            />
          </label>
        </td>
      )}
      {columns.map((column, place) => (
        <td key={column.name} role="cell" data-as={column.as}>
          <span className="cell-name" aria-hidden="true">
            {column.name}
          </span>
          {place === 0 && to !== undefined ? (
            <Go to={to(row)} className="row-link" {...(label !== undefined && { 'aria-label': label(row) })}>
              {column.cell(row)}
            </Go>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}
