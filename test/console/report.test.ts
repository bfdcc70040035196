import { expect } from 'chai';
import { createLog } from '../../src/report/log.ts';
import { Report } from '../../src/report/report.ts';

describe('the report of the backlog', () => {
  it('tells how long the oldest has waited, and nothing below zero after a clock was set back', async () => {
    const report = new Report(createLog('silent'));
    report.backlog({
      events: { count: 1, since: 90_000 },
      now: 60_000,
      deliveries: [
        { target: 'zup', state: 'dead', count: 1, since: 90_000 },
        { target: 'zup', state: 'pending', count: 2, since: 15_000 },
      ],
    });
    const text = await report.registry.metrics();
    expect(text).to.match(/^huntflow_connector_events_waiting_seconds 0$/m);
    expect(text).to.match(/^huntflow_connector_deliveries_open_seconds\{target="zup",state="dead"\} 0$/m);
    expect(text).to.match(/^huntflow_connector_deliveries_open_seconds\{target="zup",state="pending"\} 45$/m);
  });
});
