import type { InferType } from 'yup';
import { successOf } from './answers.ts';
import type { TargetConfig } from './config.ts';
import type { targetSchema } from './target-schema.ts';

/** What a target gets that says nothing else; milliseconds. */
const usual = {
  retry: { schedule: [10_000, 60_000, 600_000, 3_600_000], giveUp: 604_800_000, attempts: 1000 },
  breaker: { after: 10, rest: 1000, restMax: 60_000 },
} as const;

/** `unsettled`: a variable of its settings is not set, which whoever only reads does without. */
export function targetOf(name: string, written: InferType<typeof targetSchema>, unsettled: boolean): TargetConfig {
  const { adapter, settings, concurrency, rate, timeout, order, unknown, retry, breaker } = written;
  return {
    name,
    adapter,
    settings,
    unsettled,
    concurrency,
    rate,
    timeout,
    order,
    unknown,
    retry: {
      schedule: retry.schedule ?? usual.retry.schedule,
      giveUp: retry.giveUp ?? usual.retry.giveUp,
      attempts: retry.attempts ?? usual.retry.attempts,
      statuses: retry.statuses,
    },
    success: successOf(written.success),
    breaker: {
      after: breaker.after ?? usual.breaker.after,
      rest: breaker.rest ?? usual.breaker.rest,
      restMax: breaker.restMax ?? usual.breaker.restMax,
    },
  };
}
