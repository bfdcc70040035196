// `huntflow-connector/testing` for tests of adapters. In a checkout the sources stand in for the build.
import { existsSync } from 'node:fs';

const built = new URL('../dist/adapters/testing.js', import.meta.url);
const source = new URL('../adapters/testing.ts', import.meta.url);
export const { Deliveries, describeAdapter, facts, faults, FaultServer, toolsFor } = await import(
  (existsSync(source) ? source : built).href
);
