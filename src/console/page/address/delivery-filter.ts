/** What narrows a list of deliveries, in the order in which it is shown; the same names as in the CLI and the API. */
export const deliveryFilters = [
  'state',
  'target',
  'mapping',
  'reason',
  'cause',
  'applicant',
  'vacancy',
  'key',
  'event',
  'from',
  'to',
] as const;
export type DeliveryFilterName = (typeof deliveryFilters)[number];
export type DeliveryFilterWords = Readonly<Partial<Record<DeliveryFilterName, string>>>;

/** What an address says; anything else in it is no filter. */
export function filterOf(query: URLSearchParams): DeliveryFilterWords {
  return Object.fromEntries(
    deliveryFilters.flatMap((name) => {
      const value = query.get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** The same filter with one part changed; undefined takes it away. */
export function changed(
  filter: DeliveryFilterWords,
  name: DeliveryFilterName,
  value: string | undefined,
): DeliveryFilterWords {
  const { [name]: _, ...rest } = filter;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}

export function isNarrowed(filter: DeliveryFilterWords): boolean {
  return Object.keys(filter).length > 0;
}

/** As the command line takes it. */
export function asOptions(filter: DeliveryFilterWords): string {
  return deliveryFilters
    .flatMap((name) => {
      const value = filter[name];
      return value === undefined ? [] : [`--${name} ${quoted(value)}`];
    })
    .join(' ');
}

/** For a POSIX shell: what is plain stays plain. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
