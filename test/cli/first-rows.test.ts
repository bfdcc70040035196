import { expect } from 'chai';
import { type Wanted, firstRows } from '../../src/cli/first-rows.ts';

describe('the first rows of a list', () => {
  async function listed(wanted: Wanted, there: number) {
    const notes: string[] = [];
    const all = Array.from({ length: there }, (_, at) => at);
    const rows = await firstRows(wanted, async (most) => all.slice(0, most), {
      language: 'ru',
      print: () => undefined,
      note: (line) => void notes.push(line),
    });
    return { rows: rows.length, notes };
  }

  it('are fifty unless somebody says how many, and say so when there are more', async () => {
    const { rows, notes } = await listed(undefined, 51);
    expect(rows).to.equal(50);
    expect(notes).to.deep.equal(['Это первые 50, есть ещё: --limit ЧИСЛО или --limit all']);
    expect((await listed(2, 3)).notes).to.have.length(1);
  });

  it('say nothing when that is all', async () => {
    for (const [wanted, there] of [
      [undefined, 50],
      [3, 3],
      ['all', 70],
    ] as const)
      expect(await listed(wanted, there)).to.deep.equal({ rows: there, notes: [] });
  });
});
