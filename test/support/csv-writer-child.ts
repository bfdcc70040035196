// Delivers rows until it is killed: argv = root folder, first id, rows at once, mode. Prints the id of each delivered
// row.
import { writeSync } from 'node:fs';
import { Csv } from '../../adapters/csv.ts';
import { deliveryOf, toolsIn } from './delivery-context.ts';

const [root = '', first = '1', width = '1', mode = 'append'] = process.argv.slice(2);
const csv = new Csv(
  Csv.settings.cast({ folder: 'drop', create: true, name: mode === 'file' ? '{id}.csv' : 'rows.csv', mode }),
  toolsIn(root, { timeout: 10_000 }),
);

for (let id = Number(first); ; id += Number(width)) {
  const ids = Array.from({ length: Number(width) }, (_none, index) => id + index);
  await Promise.all(
    ids.map(async (one) => {
      const { summary } = await csv.deliver(
        { id: one, text: `строка "${one}";\n${'x'.repeat(one % 97)}` },
        deliveryOf(one),
      );
      writeSync(1, `${one} ${summary}\n`);
    }),
  );
}
