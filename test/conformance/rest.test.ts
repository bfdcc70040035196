import { plainNetwork } from '../support/plain-network.ts';
import { rest, restPair, restWithSuccess } from './shipped/rest.ts';

describe('rest', () => {
  plainNetwork();
  rest.describe();
  restWithSuccess.describe();
  restPair.describe();
});
