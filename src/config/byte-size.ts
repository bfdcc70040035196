import { number, type NumberSchema } from 'yup';

const units: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** `10mb`, `512kb` or a bare count as bytes; undefined for anything else. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = units[(match?.[2] ?? '').toLowerCase()];
  return match?.[1] === undefined || unit === undefined ? undefined : Math.floor(Number(match[1]) * unit);
}

/** A size setting, cast to bytes. */
export function byteSize(): NumberSchema {
  return number()
    .transform(
      (_value: unknown, original: unknown) =>
        (typeof original === 'number'
          ? original
          : typeof original === 'string'
            ? parseByteSize(original)
            : undefined) ?? NaN,
    )
    .typeError({
      ru: 'нужен размер: 512kb, 10mb или число байт',
      en: 'a size is needed: 512kb, 10mb or a number of bytes',
    })
    .meta({
      written: {
        type: ['string', 'number'],
        pattern: String.raw`^\s*\d+(\.\d+)?\s*([kKmMgG]?[bB])?\s*$`,
        minimum: 0,
        examples: ['512kb', '10mb'],
      },
    });
}
