import { UncertainError } from '../adapter.ts';

/** Milliseconds in which whoever heeds the signal has ended. */
const grace = 1000;

/** Milliseconds after which nobody waits for an attempt, of the target's `timeout`; 1C may need many requests. */
export const longestAttempt = (timeout: number): number => Math.max(600_000, 20 * timeout);

/**
 * What the work resolves with. A promise that never settles would hold its delivery, and a place of its target, in
 * silence until the stop: after `longest` its signal is aborted, and soon after nobody waits for it any more.
 *
 * @param work gets the signal that ends it.
 * @throws UncertainError when it did not end: what it did meanwhile nobody knows.
 */
export async function endedWithin<T>(
  { signal, longest }: { readonly signal: AbortSignal; readonly longest?: number | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (longest === undefined) return work(signal);
  const late = new AbortController();
  const given = Promise.withResolvers<never>();
  let patience: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    late.abort();
    patience = setTimeout(() => given.reject(endless(longest)), grace).unref();
  }, longest).unref();
  try {
    return await Promise.race([work(AbortSignal.any([signal, late.signal])), given.promise]);
  } catch (error) {
    // It ended because it was told to: why it was is what people should read.
    throw late.signal.aborted && !signal.aborted ? endless(longest) : error;
  } finally {
    clearTimeout(timer);
    clearTimeout(patience);
    given.promise.catch(() => undefined);
  }
}

function endless(longest: number): UncertainError {
  const minutes = Math.max(1, Math.round(longest / 60_000));
  return new UncertainError({
    ru: `Адаптер не кончил доставку за ${minutes} мин, и её больше не ждут: дошла ли запись, неизвестно. Скорее всего, deliver ждёт обещания, которое не исполнится; посмотрите в системе-получателе и исправьте класс.`,
    en: `The adapter did not end the delivery within ${minutes} min, and nobody waits for it any more: the target may have the record. Most likely deliver awaits a promise that never settles; look at the target, and mend the class.`,
  });
}
