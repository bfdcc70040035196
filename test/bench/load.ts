// A sender in a process of its own: posts signed hires over keep-alive connections and prints what it measured as JSON.
import { request, Agent } from 'node:http';
import { sign, wireBytes } from '../../src/huntflow/wire.ts';
import { fixture } from '../support/fixtures.ts';
import { isObject } from '../../src/huntflow/json.ts';

const [url = '', count = '0', concurrency = '1', secret = ''] = process.argv.slice(2);
const hire = fixture('facts/04-status-hired').document;
const meta = isObject(hire['meta']) ? hire['meta'] : {};
const bodies = Array.from({ length: Number(count) }, (_, index) => {
  const body = wireBytes({ ...hire, meta: { ...meta, event_id: `bench-${process.pid}-${index}` } });
  return { body, signature: sign(secret, body) };
});
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });

function post({ body, signature }: { readonly body: Buffer; readonly signature: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST', agent, headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, 'X-Huntflow-Event': 'APPLICANT', 'X-Huntflow-Signature': signature },
    }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const latencies: number[] = [];
let next = 0;
let refused = 0;
const began = performance.now();
await Promise.all(Array.from({ length: Number(concurrency) }, async () => {
  for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
    const sent = performance.now();
    if ((await post(body)) !== 200) refused += 1;
    latencies.push(performance.now() - sent);
  }
}));
const seconds = (performance.now() - began) / 1000;
agent.destroy();
latencies.sort((a, b) => a - b);
const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
console.log(JSON.stringify({ perSecond: bodies.length / seconds, p50: at(0.5), p99: at(0.99), refused }));
