// Serves until told to stop, with leases of the length given: argv = connector.yaml, milliseconds. Minds its memory as
// main.ts and serve.ts do.
import { flushCompileCache } from 'node:module';
import { holdYoungGeneration, releaseYoungGeneration } from '../../src/process/heap.ts';

holdYoungGeneration();
const { App } = await import('../../src/app.ts');

const [config = '', lease = '15000'] = process.argv.slice(2);
const app = await App.create(config, { leaseTime: Number(lease) });
await app.start();
releaseYoungGeneration();
process.once('SIGTERM', () => void app.stop());
process.send?.({ url: app.serverUrl, consoleUrl: app.consoleUrl });
process.disconnect?.();
flushCompileCache(); // most are killed, and would leave nothing for the next one
