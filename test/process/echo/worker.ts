import { answerRequests } from '../../../src/process/answer-requests.ts';

answerRequests((asked: string) => {
  if (asked === 'die') process.kill(process.pid, 'SIGKILL');
  if (asked === 'throw') throw Object.assign(new RangeError('no such thing'), { code: 'ERR_THING' });
  return { asked, pid: process.pid, secret: process.env['HUNTFLOW_SECRET'] };
});
