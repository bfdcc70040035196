/** Where the page stands: everything below `/console/`, and nothing that is not in the address. */
export interface Place {
  readonly screen: Screen;
  /** What follows the screen: an id, a name; undefined on lists. */
  readonly of: string | undefined;
  readonly query: URLSearchParams;
}

const screens = [
  'overview',
  'deliveries',
  'causes',
  'blocked',
  'attention',
  'people',
  'events',
  'targets',
  'mappings',
  'workbench',
  'bulks',
  'alarms',
  'audit',
  'account',
  'login',
] as const;
export type Screen = (typeof screens)[number];

const root = '/console/';

/** Undefined: no screen lives there. */
export function placeOf(address: URL): Place | undefined {
  const [first = '', ...rest] = address.pathname.slice(root.length).split('/');
  const screen = first === '' ? 'overview' : screens.find((each) => each === first);
  const of = rest.map(decoded).join('/');
  return screen === undefined ? undefined : { screen, of: of === '' ? undefined : of, query: address.searchParams };
}

/** The address of a screen; parameters without a value are left out. */
export function addressOf(
  screen: Screen,
  of?: string | number,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  ).toString();
  const path = screen === 'overview' ? root : `${root}${screen}`;
  const below = of === undefined ? '' : `/${String(of).split('/').map(encodeURIComponent).join('/')}`;
  return `${path}${below}${parameters === '' ? '' : `?${parameters}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
