const channelName = 'huntflow-connector/changes';
const lockName = 'huntflow-connector/stream';

/** What a tab hears: something changed, the service is there (again), or it does not answer. */
export type Heard = 'changed' | 'there' | 'away';

/** How long to wait before a stream that the service ended is asked for again; milliseconds. */
const pause = 3000;

/**
 * Tells of changes at the service. One tab of a browser listens to its stream and tells the others, so that eight tabs
 * do not use up the connections of HTTP/1.1; when that tab goes, the next takes over.
 */
export function followChanges(tell: (heard: Heard) => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => {
    const heard = heardIn(data);
    if (heard !== undefined) tell(heard);
  });
  signal.addEventListener('abort', () => channel.close());
  const listen = (): Promise<void> =>
    listenToStream((heard) => {
      tell(heard);
      channel.postMessage(heard);
    }, signal);
  // Locks exist only where the address is secure or the machine's own; elsewhere each tab listens for itself.
  if (!('locks' in navigator)) void listen();
  else navigator.locks.request(lockName, { signal }, listen).catch(() => undefined);
}

function heardIn(data: unknown): Heard | undefined {
  return data === 'changed' || data === 'there' || data === 'away' ? data : undefined;
}

/** The browser itself asks again when a connection breaks, but not when the answer was no stream: a proxy's 502. */
function listenToStream(tell: (heard: Heard) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const open = (): void => {
      if (signal.aborted) return;
      const stream = new EventSource('/api/stream');
      const close = (): void => stream.close();
      signal.addEventListener('abort', close);
      stream.addEventListener('open', () => tell('there'));
      stream.addEventListener('error', () => {
        tell('away');
        if (stream.readyState !== EventSource.CLOSED) return;
        signal.removeEventListener('abort', close);
        setTimeout(open, pause);
      });
      for (const name of streamed) stream.addEventListener(name, () => tell('changed'));
    };
    signal.addEventListener('abort', () => resolve());
    open();
  });
}

/** The names of what the stream tells. */
const streamed = ['events', 'deliveries', 'targets', 'bulks', 'audit', 'mappings', 'alarms'];
