import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import type { List } from '../api/answers.ts';
import { merged, type ShownRow } from '../live/merge.ts';
import { useSpeech } from '../shell/speech-context.ts';

interface Row {
  readonly id: number | string;
}

export interface ListState<R extends Row> {
  /** Undefined: not read yet. */
  readonly rows: readonly ShownRow<R>[] | undefined;
  readonly newer: number;
  readonly showNewer: () => void;
  /** Undefined: there is no more. */
  readonly more: (() => void) | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

interface Standing<R> {
  readonly of: string;
  readonly pages: number;
  readonly rows: readonly R[];
}

/** A list of the API whose rows stay where the reader saw them while the service goes on. */
export function useList<R extends Row>(path: string): ListState<R> {
  const {
    speech: { language },
  } = useSpeech();
  const { data, error, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: [path, language, 'list'],
    queryFn: ({ pageParam, signal }) => ask<List<R>>(withCursor(path, pageParam), { language, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const of = `${language} ${path}`;
  const [standing, setStanding] = useState<Standing<R>>({ of: '', pages: 0, rows: [] });
  const fresh = data?.pages.flatMap(({ items }) => items);
  const pages = data?.pages.length ?? 0;
  const grown = fresh === undefined ? undefined : standingAfter(standing, { of, pages, rows: fresh });
  if (grown !== undefined && grown !== standing) setStanding(grown);
  const { rows, newer } =
    fresh === undefined || grown === undefined
      ? { rows: undefined, newer: 0 }
      : merged(grown.rows, fresh, !hasNextPage);
  return {
    rows,
    newer,
    showNewer: () => fresh !== undefined && setStanding({ of, pages, rows: fresh }),
    more: hasNextPage ? () => void fetchNextPage() : undefined,
    error,
    again: () => void refetch(),
  };
}

/** Another list, or one that was empty, is taken as it is; a page that was asked for is put below. */
function standingAfter<R extends Row>(standing: Standing<R>, fresh: Standing<R>): Standing<R> {
  if (standing.of !== fresh.of || standing.rows.length === 0)
    return standing.of === fresh.of && fresh.rows.length === 0 ? standing : fresh;
  if (fresh.pages <= standing.pages) return standing;
  const there = new Set(standing.rows.map(({ id }) => id));
  const last = standing.rows.at(-1);
  const below = fresh.rows.filter(({ id }) => !there.has(id) && (last === undefined || id < last.id));
  return { ...standing, pages: fresh.pages, rows: [...standing.rows, ...below] };
}

function withCursor(path: string, cursor: string): string {
  if (cursor === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}
