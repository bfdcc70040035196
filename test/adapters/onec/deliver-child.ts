import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import { adapterErrorKind, type EntityName } from '../../../src/adapter.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import { pause } from '../../support/pause.ts';

/*
 * Delivers one record until it is taken, keeping progress and references in a file as the outbox keeps them in its
 * database. `deliver-child.ts FOLDER`, where FOLDER holds task.json: { settings, record }. Made to be killed at any
 * moment.
 */

const [folder = '.'] = process.argv.slice(2);
const task = JSON.parse(readFileSync(`${folder}/task.json`, 'utf8'));
const ledgerFile = `${folder}/ledger.json`;
const ledger: { progress?: unknown; references: Record<string, string> } = existsSync(ledgerFile)
  ? JSON.parse(readFileSync(ledgerFile, 'utf8'))
  : { references: {} };

function keep(): void {
  writeFileSync(`${ledgerFile}.part`, JSON.stringify(ledger));
  renameSync(`${ledgerFile}.part`, ledgerFile);
}

const nameOf = (entity: EntityName): string =>
  JSON.stringify([entity.kind, String(entity.id), entity.role ?? '', entity.set]);
const tools = toolsIn(folder, { now: Date.now });
const adapter = new OnecOdata(OnecOdata.settings.cast(task.settings), tools);

for (let done = false; !done;) {
  try {
    await adapter.deliver(
      task.record,
      deliveryOf(1, {
        progress: ledger.progress,
        saveProgress: async (value) => {
          ledger.progress = value;
          keep();
        },
        references: {
          find: async (entity) => ledger.references[nameOf(entity)],
          keep: async (entity, name) => {
            ledger.references[nameOf(entity)] = name;
            keep();
          },
          survivorOf: async (_kind, id) => String(id),
          aliasesOf: async () => [],
        },
      }),
    );
    done = true;
  } catch (error) {
    if (adapterErrorKind(error) !== 'unavailable') throw error;
    await pause(50);
  }
}
await adapter.close();
