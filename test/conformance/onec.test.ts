import { plainNetwork } from '../support/plain-network.ts';
import { onecOdata, onecXml } from './shipped/onec.ts';

describe('1C', () => {
  plainNetwork();
  for (const adapter of [...onecOdata, onecXml]) adapter.describe();
});
