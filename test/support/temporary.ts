import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const own = 'HUNTFLOW_CONNECTOR_TEST_FOLDER';

// Whatever a run leaves in the folder for temporary files lies in one of its own, which goes with the run: also what
// a killed process could not take away. The processes that it starts inherit it.
if (process.env[own] === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'huntflow-connector-test-'));
  chmodSync(folder, 0o711); // the account of a PostgreSQL server has to get through
  process.env[own] = folder;
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}
