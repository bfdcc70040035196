import { type ReactNode, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { List } from '../api/answers.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';
import { Act } from './act.tsx';
import { csvOf } from './csv.ts';
import { useTell } from './notices.tsx';
import { useCopy } from './use-copy.ts';

interface Props<R> {
  /** Of the API, with its filter. */
  readonly path: string;
  /** The address of this list that shows what stands here now also tomorrow. */
  readonly asOf: (to: string) => string;
  readonly file: string;
  readonly head: readonly string[];
  readonly cells: (row: R) => readonly string[];
}

/** Rows of one file. */
const mostRows = 10_000;
const pageOfRows = 500;

/** Takes a list along: a link that shows the same rows to a colleague, or a file of it, masked as the page is. */
export function ListTools<R>({ path, asOf, file, head, cells }: Props<R>): ReactNode {
  const { speech, times } = useSpeech();
  const tell = useTell();
  const copy = useCopy();
  const [busy, setBusy] = useState(false);
  const link = (): void => {
    const address = new URL(asOf(times.offset(Date.now())), location.href).href;
    copy(address, words.linked);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const rows = await everyRow<R>(path, speech.language);
      offer(csvOf(head, rows.map(cells)), `${file}-${times.day(Date.now())}.csv`);
      if (rows.length === mostRows) tell('bad', speech.say(words.cutFile, { n: speech.number(mostRows) }));
    } catch {
      tell('bad', speech.say(words.noAnswer));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="list-tools">
      <button type="button" className="quiet" onClick={link}>
        {speech.say(words.linkNow)}
      </button>
      <Act busy={busy} className="quiet" onClick={() => void save()}>
        {speech.say(words.saveCsv)}
      </Act>
    </div>
  );
}

async function everyRow<R>(path: string, language: 'ru' | 'en'): Promise<readonly R[]> {
  const rows: R[] = [];
  let cursor: string | null = '';
  while (cursor !== null && rows.length < mostRows) {
    const more = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: List<R> = await ask(`${path}${path.includes('?') ? '&' : '?'}limit=${pageOfRows}${more}`, { language });
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows.slice(0, mostRows);
}

function offer(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
