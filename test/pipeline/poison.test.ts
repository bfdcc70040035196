import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { sign } from '../../src/huntflow/wire.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { enginesInForm, inForm } from '../support/form.ts';
import { until } from '../support/until.ts';
import { secret } from '../support/webhook.ts';

const meta = (event: string, rest = '') =>
  `"meta":{"version":"2.0","event_type":"${event}","webhook_action":"ADD","domain":"d.test","account":{"id":1,"nick":"a"}${rest}}`;
const status = (id: string, stage: string, rest = '') =>
  `{${meta('APPLICANT', `,"event_id":"${id}"`)},"event":{"applicant":{"id":900${rest}},"applicant_log":{"id":"${id}","type":"STATUS","status":${stage}}}}`;
const hired = '{"id":1,"name":"Выход на работу"}';
/** Characters of a long body: what a body may take, or, in the short form, what is read apart as well. */
const long = inForm(3_000_000, 9_000_000);
const filled = (id: string, piece: string) =>
  status(id, hired, `,"x":[${piece.repeat(Math.floor(long / piece.length))}1]`);

/** Signed, and as unkind as can be. */
const poisons: readonly ((id: string) => string)[] = [
  (id) => status(id, `{"id":"${'9'.repeat(8_000)}","name":"Выход на работу"}`),
  (id) =>
    `{${meta('APPLICANT', `,"event_id":"${id}"`)},"event":{"applicant":{"id":901},"applicant_log":{"id":"${id}","type":"DOUBLE","source":${'7'.repeat(9_000)}}}}`,
  (id) => status(id, hired, `,"last_name":"\\u0000😀\\ud800"`),
  (id) => status(id, '{"id":"\\u0000","name":"\\ud800"}'),
  (id) => status(id, hired, `,"id":${'8'.repeat(9_000)}`),
  (id) => filled(id, '1,').replace('[1,', '[12345678901234567,'),
  (id) => filled(id, '[],'),
  (id) => filled(id, 'null,'),
  (id) => status(id, hired, `,"x":"${'я'.repeat(inForm(1_400_000, 4_000_000))}"`),
  (id) =>
    status(id, hired, `,${Array.from({ length: inForm(130_000, 400_000) }, (_, index) => `"k${index}":1`).join(',')}`),
  (id) =>
    `{${meta('APPLICANT', `,"event_id":"${id}"`)},"event":${'['.repeat(inForm(300_000, 1_000_000))}${']'.repeat(inForm(300_000, 1_000_000))}}`,
  (id) => `{${meta('APPLICANT', `,"event_id":"${id}"`)},"event":{"applicant":{"id":NaN}}}`,
  () => 'no JSON',
  (id) => status(id, hired, ',"__proto__":{"toJSON":1},"constructor":null'),
];

const files: Readonly<Record<string, string>> = {
  'a-cycle.yaml': 'mapping: a\non: { event: APPLICANT }\nto: intranet\nrecord: &r { path: /x, body: *r }\n',
  'b-deep.yaml': `mapping: b\nrecord: { a: ${'['.repeat(50_000)}`,
  'c-fields.yaml': `mapping: c\non: { event: APPLICANT }\nto: intranet\nrecord:\n${Array.from({ length: inForm(20_000, 60_000) }, (_, index) => `  f${index}: =applicant.id\n`).join('')}`,
};

failureSuite('poison among good events', { engines: enginesInForm('sqlite') }, (scene) => {
  it('fails alone: every good one is delivered in order, and health answers meanwhile', async function () {
    const fleet = await scene.fleet();
    const { url, consoleUrl } = fleet.instance(0);
    const bodies = poisons.map((poison, index) => Buffer.from(poison(`p${index}`)));
    const signed = bodies.map((bytes) => ({ bytes, signature: sign(secret, bytes) }));
    const watch = new Worker(watcher, { eval: true, workerData: `${consoleUrl}/health/live` });
    for (const [name, text] of Object.entries(files)) writeFileSync(fleet.workspace.path('mappings', name), text);
    const poisoned = (async () => {
      const answers: number[] = [];
      for (let round = 0; round < inForm(1, 3); round += 1)
        for (const each of signed) answers.push(await post(url, each));
      return answers;
    })();
    const good = inForm(120, 2_000);
    await fleet.load(good, 5);
    expect(new Set(await poisoned), 'each poison is answered').to.deep.equal(new Set([200]));
    const numbers = () => scene.sink.effects.filter(({ applicant }) => applicant < 900).map(({ log }) => log - 100_000);
    await until('every good event is delivered', () => numbers().length >= good, 120_000);
    await until('the faulty files are named', () => fleet.instance(0).log.includes('c-fields.yaml'), 30_000);
    watch.postMessage('over');
    const [[slowest, crowding]] = await once(watch, 'message');
    await watch.terminate();
    expect(numbers().toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: good }, (_, index) => index + 1));
    for (let applicant = 0; applicant < 12; applicant += 1) {
      const order = scene.sink.effects.filter((effect) => effect.applicant === applicant).map(({ log }) => log);
      expect(order, `order of applicant ${applicant}`).to.deep.equal(order.toSorted((a, b) => a - b));
    }
    expect(fleet.instance(0).running).to.equal(true);
    const { pid } = fleet.instance(0);
    await until(`memory is back; it is ${residentOf(pid)} MB`, () => residentOf(pid) < resident, 90_000);
    // What was measured stands in the title, for whoever runs the long form.
    if (this.test !== undefined)
      this.test.title += ` (slowest look ${Math.round(slowest)} ms, ${crowding.toFixed(1)} times crowded; ${residentOf(pid)} MB resident)`;
    // The load's average knows nothing of a crowd that has just come, the watcher nothing of one between its looks.
    expect(slowest, 'milliseconds of the slowest look at its health').to.be.below(
      1_000 * Math.max(1, crowding, loadavg()[0] ?? 1),
    );
  });
});

/** Megabytes that may stay resident; the short form does not wait for a minute that is quiet. */
const resident = inForm(300, 250);

function residentOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  const kilobytes = existsSync(file) ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : 0;
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

/**
 * Looks at the health from a thread of its own, which nothing in this one holds up. Before each look it works for 5 ms
 * of processor time; the crowding is how many times as long that took.
 */
const watcher = `
const { parentPort, workerData } = require('node:worker_threads');
const { get } = require('node:http');
let slowest = 0;
let over = false;
let waited = 0;
let worked = 0;
const busy = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
const work = () => {
  const [began, used] = [performance.now(), busy()];
  while (busy() - used < 5);
  waited += performance.now() - began;
  worked += busy() - used;
};
parentPort.once('message', () => (over = true));
const look = () => {
  work();
  const began = performance.now();
  get(workerData, (answer) => answer.resume().once('end', () => {
    slowest = Math.max(slowest, performance.now() - began);
    if (over) parentPort.postMessage([slowest, waited / worked]);
    else setTimeout(look, 50);
  }));
};
look();
`;

interface Signed {
  readonly bytes: Buffer;
  readonly signature: string;
}

function post(url: string, { bytes, signature }: Signed): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/webhooks/huntflow`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-huntflow-signature': signature },
    });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.end(bytes);
  });
}
