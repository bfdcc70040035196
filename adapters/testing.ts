/**
 * What tests of adapters need, of shipped ones and your own: exported as `huntflow-connector/testing`. It needs no test
 * runner of its own, see `describeAdapter`.
 */
export { Deliveries } from './testing/deliveries.ts';
export { describeAdapter } from './testing/describe-adapter.ts';
export { facts } from './testing/facts.ts';
export { faults } from './testing/faults.ts';
export { FaultServer } from './testing/fault-server.ts';
export { toolsFor } from './testing/tools.ts';
export type { Cannot, SuiteOptions } from './testing/describe-adapter.ts';
export type { Fault } from './testing/faults.ts';
export type { AdapterHarness, MakeHarness, Network, OwnFault } from './testing/harness.ts';
export type { TestDelivery } from './testing/deliveries.ts';
export type { TestTools } from './testing/tools.ts';
export type { WireAnswer, WireRequest } from './testing/wire-request.ts';
