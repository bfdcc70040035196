import http from 'node:http';
import https from 'node:https';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';

/**
 * An axios transport for one request that knows how far it got: until the connection (with TLS: the handshake) is made,
 * no byte of the request can have reached the target.
 */
export class Wire {
  #sent = false;

  /** Whether the target may have received something. */
  get sent(): boolean {
    return this.#sent;
  }

  readonly request = (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest => {
    const request = options.protocol === 'https:' ? https.request(options, onAnswer) : http.request(options, onAnswer);
    request.once('response', () => this.#leave());
    request.once('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) this.#leave();
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => this.#leave());
    });
    return request;
  };

  #leave(): void {
    this.#sent = true;
  }
}
