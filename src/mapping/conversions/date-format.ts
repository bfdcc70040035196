const tokens = /yyyy|yy|mm|m|dd|d|гггг|гг|мм|м|дд|д/giu;

/** `dd.mm.yyyy` and its kind: day, month and year, each once at most, with signs and blanks between them. */
export function isDateFormat(format: unknown): format is string {
  if (typeof format !== 'string' || format.length > 40) return false;
  const found = (format.match(tokens) ?? []).map((token) => partOf(token));
  return found.length > 0 && new Set(found).size === found.length && !/\p{L}|\p{N}/u.test(format.replace(tokens, ''));
}

/** `day` is `YYYY-MM-DD`. */
export function formatDate(day: string, format: string): string {
  return format.replace(tokens, (token) => {
    const digits = { year: day.slice(0, -6), month: day.slice(-5, -3), day: day.slice(-2) }[partOf(token)];
    if (token.length === 1) return String(Number(digits));
    return digits.slice(-token.length);
  });
}

function partOf(token: string): 'year' | 'month' | 'day' {
  if (/^[yг]/iu.test(token)) return 'year';
  return /^[mм]/iu.test(token) ? 'month' : 'day';
}
