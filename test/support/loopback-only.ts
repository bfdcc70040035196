import { Socket } from 'node:net';

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/;
let isOpen = false;

/** Whether hosts beyond this machine may be connected to; no test does so without saying it. */
export function openNetwork(open: boolean): void {
  isOpen = open;
}

/** Undefined: a path, no host, or one that the caller looks up itself. */
function hostOf([first, second]: readonly unknown[]): string | undefined {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options !== 'object' || options === null) return typeof second === 'string' ? second : undefined;
  const { host, lookup }: { readonly host?: unknown; readonly lookup?: unknown } = options;
  return typeof host === 'string' && typeof lookup !== 'function' ? host : undefined;
}

const connect: unknown = Reflect.get(Socket.prototype, 'connect');
if (typeof connect !== 'function') throw new Error('a socket has nothing to connect with');
// What takes the place of node:http to do so (nock) takes a quarter of the processor of every test that asks a server.
Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]): unknown {
  const host = hostOf(args);
  if (isOpen || host === undefined || loopback.test(host)) return Reflect.apply(connect, this, args);
  const refused = new Error(`tests connect to the loopback alone, and not to ${host}`);
  setImmediate(() => this.destroy(Object.assign(refused, { code: 'ENETUNREACH' })));
  return this;
});
