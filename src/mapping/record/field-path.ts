import type { Path } from '../../files/validation.ts';

/** `steps[0].fields.ДатаПриема`, as people read it. */
export function fieldPath(path: Path): string {
  return path
    .map((step, place) => (typeof step === 'number' ? `[${step}]` : `${place === 0 ? '' : '.'}${step}`))
    .join('');
}
