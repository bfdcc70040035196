import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Report } from '../../src/report/report.ts';
import { createLog } from '../../src/report/log.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Names as Prometheus knows them, those of histograms too. */
async function knownNames(): Promise<Set<string>> {
  const metrics = await new Report(createLog('silent')).registry.getMetricsAsJSON();
  return new Set(
    metrics.flatMap(({ name, type }) =>
      String(type) === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

/** Where a query is no PromQL. */
function faultAt(expr: string): number | undefined {
  let at: number | undefined;
  parser.parse(expr).iterate({ enter: (node) => void (node.type.isError && (at ??= node.from)) });
  return at;
}

const named = (text: string): string[] => [...text.matchAll(/huntflow_connector_\w+/g)].map(([name]) => name);

describe('the rules and the board in deploy', () => {
  for (const file of ['deploy/huntflow-connector.rules.yml', 'deploy/grafana-board.json'])
    it(`name only metrics that exist: ${file}`, async () => {
      const known = await knownNames();
      const names = named(read(file));
      expect(names.length).to.be.greaterThan(10);
      for (const name of names) expect([...known], name).to.include(name);
    });

  it('tell of every rule what happened and what to do', () => {
    const { groups } = parse(read('deploy/huntflow-connector.rules.yml'));
    const rules: readonly { alert: string; expr: string; annotations: Record<string, string> }[] = groups[0].rules;
    expect(rules.length).to.be.greaterThan(10);
    for (const { alert, expr, annotations } of rules) {
      expect(alert).to.match(/^H\w+$/);
      expect(expr.split('(').length, expr).to.equal(expr.split(')').length);
      expect(annotations, alert).to.have.keys('summary', 'description');
    }
  });

  it('are PromQL, those of the board too', () => {
    const { groups } = parse(read('deploy/huntflow-connector.rules.yml'));
    const board = [...read('deploy/grafana-board.json').matchAll(/"expr": ("(?:[^"\\\\]|\\\\.)*")/g)].map(
      ([, expr = '']) => String(JSON.parse(expr)),
    );
    expect(board.length).to.be.greaterThan(5);
    for (const expr of [...groups[0].rules.map((rule: { readonly expr: string }) => rule.expr), ...board])
      expect(faultAt(expr), expr).to.equal(undefined);
    expect(faultAt('sum(rate(x[5m]) > 0')).to.equal(19);
  });

  it('and the pages know every metric', async () => {
    const metrics = await new Report(createLog('silent')).registry.getMetricsAsJSON();
    for (const page of ['docs/operations.md', 'docs/operations.ru.md'])
      for (const { name } of metrics)
        expect(read(page), `${page}: ${name}`).to.include(`\`${name.replace('huntflow_connector_', '')}`);
  });
});

describe('metrics of a running service', function () {
  this.timeout(30_000);

  it('tell how it stands', async () => {
    const service = await Service.start();
    try {
      await postWebhook(service.url, hire(1, { retry: 1 }));
      await service.app.drain();
      await service.app.composition.alarms.look();
      const { text } = await request(`${service.app.consoleUrl}/metrics`, { method: 'GET' });
      for (const line of [
        // What has not happened yet: an increase of Prometheus does not see a series begin.
        /^huntflow_connector_webhooks_total\{source="huntflow",answer="401"\} 0$/m,
        /^huntflow_connector_attempts_total\{target="staff-csv",outcome="dead"\} 0$/m,
        /^huntflow_connector_events_mapped_total\{state="failed"\} 0$/m,
        /^huntflow_connector_webhooks_repeated_total\{source="huntflow"\} 1$/m,
        /^huntflow_connector_webhook_last_timestamp_seconds\{source="huntflow"\} \d/m,
        /^huntflow_connector_delivery_seconds_count\{target="staff-csv"\} 1$/m,
        /^huntflow_connector_target_resting\{target="staff-csv"\} 0$/m,
        /^huntflow_connector_target_paused\{target="staff-csv"\} 0$/m,
        /^huntflow_connector_mappings_refused 0$/m,
        /^huntflow_connector_alarms_open\{kind="retry"\} 1$/m,
        /^huntflow_connector_disk_free_bytes\{folder=".*var"\} \d/m,
        /^huntflow_connector_event_loop_delay_seconds\{quantile="0.99"\} \d/m,
        /^huntflow_connector_memory_bytes \d/m,
      ])
        expect(text).to.match(line);
    } finally {
      await service.stop();
    }
  });
});
