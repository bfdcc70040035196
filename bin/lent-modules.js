// `node --import` this: files anywhere find `huntflow-connector/…`, yup and axios as adapters do in the service.
import { existsSync } from 'node:fs';

const built = new URL('../dist/src/targets/lent-modules.js', import.meta.url);
const source = new URL('../src/targets/lent-modules.ts', import.meta.url);
(await import((existsSync(source) ? source : built).href)).lendOurModules();
