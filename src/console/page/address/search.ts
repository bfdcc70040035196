/** What somebody typed into the one search field of the header. */
export type Sought =
  | { readonly is: 'number'; readonly number: string }
  | { readonly is: 'key'; readonly key: string }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'nothing' };

/** A number may be a delivery, an event or an applicant; kind/id is a key; words are a name. */
export function soughtOf(typed: string): Sought {
  const text = typed.trim().replace(/^[#№]\s*/, '');
  if (text === '') return { is: 'nothing' };
  if (/^\d{1,15}$/.test(text)) return { is: 'number', number: text };
  if (/^[a-z_]+\/\S+$/i.test(text)) return { is: 'key', key: text };
  return { is: 'name', name: text };
}
