/** A JSON number with an exponent, as its digits without one, none of them lost; any other text as it is. */
export function plainDigits(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,4})$/.exec(number) ?? [];
  if (exponent === undefined || Math.abs(Number(exponent)) > longest) return number;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const [left, right] = [padded.slice(0, Math.max(point, 1)), padded.slice(Math.max(point, 1)).replace(/0+$/, '')];
  return `${sign}${left.replace(/^0+(?=\d)/, '')}${right === '' ? '' : `.${right}`}`;
}

/** Noughts that a number may stand for. */
const longest = 1_000;
