// The target of the whole-way figures: takes every JSON record at once. GET tells how many there were and when the last
// came; GET /times tells when each event came. Milliseconds since 1970, with fractions.
import { createServer } from 'node:http';

let count = 0;
let last = 0;
const times: Record<string, number> = {};
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(request.url === '/times' ? times : { count, last }));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    count += 1;
    last = performance.timeOrigin + performance.now();
    const event = /"event":"([^"]+)"/.exec(Buffer.concat(chunks).toString('latin1'))?.[1];
    if (event !== undefined) times[event] = last;
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end('{"ok":true}');
  });
});
server.keepAliveTimeout = 60_000; // a forwarder without retries must not meet a connection that is being closed
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
