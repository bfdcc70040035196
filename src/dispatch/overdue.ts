/** Milliseconds after the deadline in which whoever heeds it has ended. */
const grace = 1000;

/**
 * Resolves with the work, or a little after the deadline without it: an adapter that heeds no signal must not keep a
 * stop from ending.
 */
export async function endedOrOverdue(work: Promise<unknown>, deadline: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let watch: () => void = () => undefined;
  const overdue = new Promise<void>((resolve) => {
    watch = () => void (timer = setTimeout(resolve, grace));
    if (deadline.aborted) watch();
    else deadline.addEventListener('abort', watch, { once: true });
  });
  await Promise.race([work, overdue]);
  deadline.removeEventListener('abort', watch);
  clearTimeout(timer);
}
