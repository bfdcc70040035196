import type { Fault } from './fault.ts';

/**
 * The first faults of each file, and in place of the others one that counts them: a file may have as many as it has
 * fields, and whoever reads them mends the first ones first.
 */
export function fewFaults(faults: readonly Fault[], most: number): Fault[] {
  const byFile = Map.groupBy(faults, ({ file }) => file);
  return [...byFile.values()].flatMap((all) => {
    // What refuses a file must not hide behind warnings.
    const ordered =
      all.length <= most ? all : all.toSorted((one, other) => Number(isWarning(one)) - Number(isWarning(other)));
    const next = ordered[most];
    if (next === undefined) return ordered;
    const count = all.length - most;
    const text = { ru: `и ещё ошибок и предупреждений: ${count}`, en: `and ${count} more faults` };
    return [...ordered.slice(0, most), { ...next, text, brief: text }];
  });
}

function isWarning({ level }: Fault): boolean {
  return level === 'warning';
}
