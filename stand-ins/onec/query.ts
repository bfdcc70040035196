import type { Behaviour } from './behaviour.ts';
import { compileFilter, type Stored } from './filter.ts';
import { Refused } from './refused.ts';
import { type SetModel, wireFields } from './shape.ts';

const known = new Set([
  '$filter',
  '$top',
  '$skip',
  '$orderby',
  '$select',
  '$format',
  '$expand',
  '$inlinecount',
  '$count',
  '$allowedOnly',
]);

export interface Listed {
  readonly rows: readonly Stored[];
  /** For `$inlinecount`. */
  readonly count: number | undefined;
}

/** Answers the query options of facts/1c.md 1.6 over the rows of a set. */
export function list(
  set: SetModel,
  all: readonly Stored[],
  query: URLSearchParams,
  raw: string,
  how: Behaviour,
): Listed {
  const unknown = [...query.keys()].find((name) => name.startsWith('$') && !known.has(name));
  if (unknown !== undefined) throw new Refused(400, '0', `The ${unknown} parameter is not supported`);
  const filter = query.get('$filter');
  // A plus for a space is refused by real 1C; which status it gives is assumed.
  if (filter !== null && /[?&](?:\$|%24)filter=[^&]*\+/.test(raw))
    throw new Refused(400, '14', 'Error parsing $filter query option');
  const fits = filter === null ? undefined : compileFilter(filter, set, how);
  const matching = fits === undefined ? all : filtered(all, fits, String(filter), how.filter);
  const counted = query.get('$inlinecount') === 'allpages';
  const order = query.get('$orderby')?.split(' ') ?? [];
  const [by] = order;
  const sorted =
    by === undefined
      ? matching
      : matching.toSorted((a, b) => String(a[by]).localeCompare(String(b[by])) * (order[1] === 'desc' ? -1 : 1));
  const skip = how.heedsSkip ? Number(query.get('$skip') ?? 0) : 0;
  const top = Number(query.get('$top') ?? Infinity);
  // With $inlinecount the server heeds neither $skip nor $top.
  const page = counted ? sorted : sorted.slice(skip, skip + top);
  return {
    rows: page.map((row) => selected(set, row, query.get('$select'))),
    count: counted ? matching.length : undefined,
  };
}

/** What a base finds that heeds `$filter`, or does so in part. */
function filtered(
  all: readonly Stored[],
  fits: (row: Stored) => boolean,
  filter: string,
  how: Behaviour['filter'],
): readonly Stored[] {
  switch (how) {
    case 'heeded':
      return all.filter(fits);
    case 'empty':
      return [];
    case 'ignored':
      return all;
    case 'textless':
      return / eq '/.test(filter) ? [] : all.filter(fits);
    case 'dateless':
      return / eq datetime'/.test(filter) ? [] : all.filter(fits);
    case 'keysAlone':
      return /^Ref_Key eq guid'[^']*'$/.test(filter) ? all.filter(fits) : all;
  }
}

export function selected(set: SetModel, row: Stored, select: string | null): Stored {
  if (select === null || select === '*') return row;
  const names = select.split(',').map((name) => name.trim());
  const fields = new Set(wireFields(set.fields).map(({ name }) => name));
  const every = names.includes('**');
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => names.includes(name) || (every && fields.has(name))),
  );
}
