// `huntflow-connector/adapter` for programs that are not the connector: tests of an adapter, say. In a checkout the
// sources stand in for the build.
import { existsSync } from 'node:fs';

const built = new URL('../dist/src/adapter.js', import.meta.url);
const source = new URL('../src/adapter.ts', import.meta.url);
export const { UnavailableError, RejectedError, UncertainError, adapterErrorKind } = await import(
  (existsSync(source) ? source : built).href
);
