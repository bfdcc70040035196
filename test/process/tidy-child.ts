import { tidyMalloc } from '../../src/process/tidy-malloc.ts';

const before = process.env['MALLOC_TRIM_THRESHOLD_'];
tidyMalloc({ ALSO: 'set' });
const told = {
  pid: process.pid,
  before,
  also: process.env['ALSO'],
  args: process.argv.slice(2),
  flags: process.execArgv,
};
if (process.send === undefined) process.stdout.write(JSON.stringify(told));
else process.send(told, () => process.disconnect());
