import { type Fault, briefFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { ReportParts } from './report-parts.ts';

/** Faults of one mapping file and of all of them that have lines of their own. */
const shownFaults = 20;
const shownOfAllFiles = 200;

/** What is said and counted of mapping files and of what they make of events. */
export class MappingReport {
  readonly #log: Log;
  readonly #metrics: Metrics;

  constructor({ log, metrics }: ReportParts) {
    this.#log = log;
    this.#metrics = metrics;
  }

  eventsMapped(events: readonly { readonly state: 'mapped' | 'skipped' | 'failed' }[]): void {
    for (const { state } of events) this.#metrics.mapped.inc({ state });
  }

  mappingFailed(mapping: string, event: number, why: string): void {
    this.#log.warn(
      { mapping, event, why },
      'mapping failed for an event: its delivery is a dead letter until somebody mends the mapping and retries it',
    );
  }

  mappingsLoaded(count: number, faults: readonly Fault[]): void {
    this.#metrics.faults.set(faults.filter((fault) => fault.level === 'error').length);
    const few = fewFaults(faults, shownFaults);
    for (const fault of few.slice(0, shownOfAllFiles))
      this.#log[fault.level === 'error' ? 'error' : 'warn'](
        { fault: briefFault(fault, 'en') },
        fault.level === 'error' ? 'mapping file refused' : 'mapping file',
      );
    if (few.length > shownOfAllFiles)
      this.#log.warn({ count: few.length - shownOfAllFiles }, 'more faults in mapping files: check lists them');
    this.#log.info({ count }, 'mappings loaded');
  }
}
