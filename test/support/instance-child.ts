// Serves until told to stop, with leases of the length given: argv = connector.yaml, milliseconds.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/huntflow-connector', import.meta.url)));
const { App } = await import('../../src/app.ts');

const [config = '', lease = '15000'] = process.argv.slice(2);
const app = await App.create(config, { leaseTime: Number(lease) });
await app.start();
process.once('SIGTERM', () => void app.stop());
process.send?.({ url: app.serverUrl, consoleUrl: app.consoleUrl });
process.disconnect?.();
