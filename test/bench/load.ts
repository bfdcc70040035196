// A sender in a process of its own: posts signed hires over keep-alive connections and prints what it measured as JSON.
// With a rate it keeps to a timetable, and a webhook's time runs from when it was due: one that had to wait for its
// turn counts that too. Several URLs, with commas between them, take turns, so that whatever else the machine does
// falls on all of them alike.
import { request, Agent } from 'node:http';
import { sign, wireBytes } from '../../src/huntflow/wire.ts';
import { fixture } from '../support/fixtures.ts';
import { isObject } from '../../src/huntflow/json.ts';

const [urls = '', count = '0', concurrency = '1', secret = '', rate = 'flat out'] = process.argv.slice(2);
/** Webhooks that one URL gets before it is the next one's turn. */
const turn = 50;
const ways = urls
  .split(',')
  .map((url) => ({ url, latencies: new Array<number>(), refused: 0, sent: new Map<string, number>() }));
const hire = fixture('facts/04-status-hired').document;
const meta = isObject(hire['meta']) ? hire['meta'] : {};
const bodies = Array.from({ length: Number(count) * ways.length }, (_, index) => {
  const body = wireBytes({ ...hire, meta: { ...meta, event_id: `bench-${process.pid}-${index}` } });
  return { body, signature: sign(secret, body), id: `bench-${process.pid}-${index}` };
});
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });

function post(
  url: string,
  { body, signature }: { readonly body: Buffer; readonly signature: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': body.length,
          'X-Huntflow-Event': 'APPLICANT',
          'X-Huntflow-Signature': signature,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Milliseconds between two webhooks; undefined: the next one goes as soon as one is answered. */
const interval = rate === 'flat out' ? undefined : 1000 / Number(rate);
const began = performance.now();
const schedule = bodies.entries();
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    for (const [index, body] of schedule) {
      const way = ways[Math.floor(index / turn) % ways.length];
      if (way === undefined) continue;
      const due = interval === undefined ? performance.now() : began + index * interval;
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      if (interval !== undefined) way.sent.set(body.id, performance.timeOrigin + due);
      if ((await post(way.url, body)) !== 200) way.refused += 1;
      way.latencies.push(performance.now() - due);
    }
  }),
);
const seconds = (performance.now() - began) / 1000;
agent.destroy();
console.log(
  JSON.stringify(
    ways.map(({ latencies, refused, sent }) => {
      latencies.sort((a, b) => a - b);
      const at = (share: number) =>
        latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
      return {
        began: performance.timeOrigin + began,
        perSecond: latencies.length / seconds,
        p50: at(0.5),
        p99: at(0.99),
        refused,
        sent: Object.fromEntries(sent),
      };
    }),
  ),
);
