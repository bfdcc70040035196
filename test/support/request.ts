import { once } from 'node:events';
import http from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** One buffer is sent with its length, several are sent chunked. */
  readonly body?: Uint8Array | readonly Uint8Array[];
}

const agent = new http.Agent({ keepAlive: false, maxSockets: 200 });

/** One request over a connection of its own; rejects when no answer comes. */
export function request(
  url: string,
  { method = 'POST', headers = {}, body = Buffer.alloc(0) }: RequestOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const whole = body instanceof Uint8Array;
    const outgoing = http.request(
      url,
      { agent, method, headers: whole ? { 'content-length': body.length, ...headers } : headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: parsed(text) });
        });
      },
    );
    outgoing.on('error', reject);
    if (whole) outgoing.end(body);
    else writeAll(outgoing, body).catch(reject);
  });
}

async function writeAll(outgoing: http.ClientRequest, chunks: readonly Uint8Array[]): Promise<void> {
  for (const chunk of chunks) {
    if (!outgoing.write(chunk)) await once(outgoing, 'drain', { signal: AbortSignal.timeout(20_000) });
  }
  outgoing.end();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
