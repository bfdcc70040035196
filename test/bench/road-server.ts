// The whole service over a configuration of its own: prints where it listens, ends at SIGTERM.
import { App } from '../../src/app.ts';
import { createLog } from '../../src/report/log.ts';
import { holdYoungGeneration, releaseYoungGeneration } from '../../src/process/heap.ts';

holdYoungGeneration();
const [config = ''] = process.argv.slice(2);
const app = await App.create(config, { log: createLog('silent') });
await app.start();
releaseYoungGeneration();
console.log(app.serverUrl);
process.once('SIGTERM', () => void app.stop());
