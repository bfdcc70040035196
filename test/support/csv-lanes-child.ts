// Delivers rows in lanes, one after another within a lane, until it is killed: argv = root folder, settings as JSON,
// and for each lane the first row that is not known to be delivered. Prints `lane row` once a row is.
import { writeSync } from 'node:fs';
import { Csv } from '../../adapters/csv.ts';
import { deliveryOf, toolsIn } from './delivery-context.ts';

const [root = '', settings = '', total = '', ...firsts] = process.argv.slice(2);
const given: object = JSON.parse(settings);
const csv = new Csv(Csv.settings.cast({ folder: 'drop', create: true, ...given }), toolsIn(root, { timeout: 10_000 }));

await Promise.all(
  firsts.map(async (first, lane) => {
    for (let row = Number(first); row <= Number(total); row += 1) {
      const id = lane * Number(total) + row;
      await csv.deliver({ lane, row, text: `строка "${row}";\nиз ${'x'.repeat(row % 61)}` }, deliveryOf(id));
      writeSync(1, `${lane} ${row}\n`);
    }
  }),
);
await csv.close();
