// Serves until told to stop, with leases of the length given: argv = connector.yaml, milliseconds.
import { App } from '../../src/app.ts';

const [config = '', lease = '15000'] = process.argv.slice(2);
const app = await App.create(config, { leaseTime: Number(lease) });
await app.start();
process.once('SIGTERM', () => void app.stop());
process.send?.({ url: app.serverUrl, consoleUrl: app.consoleUrl });
process.disconnect?.();
