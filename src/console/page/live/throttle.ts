/** Runs at once, then at most once in so many milliseconds; what is asked meanwhile is run at the end of them. */
export function throttled(run: () => void, milliseconds: number, signal: AbortSignal): () => void {
  let waiting = false;
  let resting = false;
  const rest = (): void => {
    resting = true;
    setTimeout(() => {
      resting = false;
      if (!waiting || signal.aborted) return;
      waiting = false;
      run();
      rest();
    }, milliseconds);
  };
  return () => {
    if (resting) {
      waiting = true;
      return;
    }
    run();
    rest();
  };
}
