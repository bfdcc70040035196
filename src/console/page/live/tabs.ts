const channelName = 'huntflow-connector/changes';
const lockName = 'huntflow-connector/stream';

/**
 * Tells of changes at the service. One tab of a browser listens to its stream and tells the others, so that eight tabs
 * do not use up the connections of HTTP/1.1; when that tab goes, the next takes over.
 */
export function followChanges(changed: () => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', changed);
  signal.addEventListener('abort', () => channel.close());
  const listen = (): Promise<void> =>
    listenToStream(() => {
      changed();
      channel.postMessage('changed');
    }, signal);
  // Locks exist only where the address is secure or the machine's own; elsewhere each tab listens for itself.
  if (!('locks' in navigator)) void listen();
  else navigator.locks.request(lockName, { signal }, listen).catch(() => undefined);
}

function listenToStream(changed: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stream = new EventSource('/api/stream');
    for (const name of streamed) stream.addEventListener(name, changed);
    signal.addEventListener('abort', () => {
      stream.close();
      resolve();
    });
  });
}

/** The names of what the stream tells. */
const streamed = ['events', 'deliveries', 'targets', 'bulks', 'audit', 'mappings', 'alarms'];
