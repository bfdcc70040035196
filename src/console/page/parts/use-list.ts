import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import type { List } from '../api/answers.ts';
import { merged, type ShownRow } from '../live/merge.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { type Standing, standingAfter } from './standing-rows.ts';

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

/**
 * A list of the API whose rows stay where the reader saw them while the service goes on; `read` turns what the service
 * answers into rows with an id.
 */
export function useList<R extends Row>(path: string, read: (list: List<R>) => readonly R[] = itemsOf): ListState<R> {
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
  const fresh = data?.pages.flatMap(read);
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

function itemsOf<R>({ items }: List<R>): readonly R[] {
  return items;
}

function withCursor(path: string, cursor: string): string {
  if (cursor === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}
