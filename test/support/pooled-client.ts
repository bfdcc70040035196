import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { typeOf, wireMessage, WireMessages } from './postgres-wire.ts';

/** Somebody who believes to have a server connection of its own. */
export class PooledClient {
  readonly socket: Socket;
  greeted = false;
  link: ServerLink | undefined;
  /** Queries and Syncs that no ReadyForQuery has answered yet. */
  unanswered = 0;
  #unsent: Buffer[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('close', () => this.link?.socket.destroy()); // in the midst of a transaction
  }

  listen(want: () => void): void {
    const messages = new WireMessages({ typed: true });
    this.socket.on('data', (chunk: Buffer) => {
      for (const message of messages.cut(chunk)) {
        if (typeOf(message) === 'X') this.socket.end();
        else this.#unsent.push(message);
        if (/[QS]/.test(typeOf(message))) this.unanswered += 1;
      }
      if (this.link !== undefined) this.send();
      else if (this.#unsent.length > 0) want();
    });
  }

  send(): void {
    for (const message of this.#unsent.splice(0)) this.link?.socket.write(message);
  }

  /** With a process id of its own, as every pooler has to. */
  greet(parameters: readonly Buffer[]): void {
    this.greeted = true;
    this.socket.write(
      Buffer.concat([
        wireMessage('R', Buffer.alloc(4)),
        ...parameters,
        wireMessage('K', randomBytes(8)),
        wireMessage('Z', Buffer.from('I')),
      ]),
    );
  }

  end(why: string): void {
    this.socket.end(wireMessage('E', Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${why}\0\0`)));
  }
}

/** One server connection, which belongs to a client from its first statement to the end of the transaction. */
export class ServerLink {
  readonly socket: Socket;
  /** ParameterStatus, as the server sent it. */
  readonly parameters: Buffer[] = [];
  client: PooledClient | undefined;

  constructor(port: number, database: string, free: () => void) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true }, () =>
      this.socket.write(wireMessage('', Buffer.from(`\0\x03\0\0user\0postgres\0database\0${database}\0\0`))),
    );
    this.socket.on('error', () => undefined);
    const messages = new WireMessages({ typed: true });
    this.socket.on('data', (chunk: Buffer) => {
      for (const message of messages.cut(chunk)) {
        if (this.client !== undefined) this.client.socket.write(message);
        else if (typeOf(message) === 'R' && message.readInt32BE(5) === 3)
          this.socket.write(wireMessage('p', Buffer.from('postgres\0')));
        else if (typeOf(message) === 'S') this.parameters.push(message);
        if (typeOf(message) === 'Z') this.#answered(message.toString('latin1', 5) === 'I', free);
      }
    });
  }

  serve(client: PooledClient): void {
    this.client = client;
    client.link = this;
    client.send();
  }

  #answered(outsideTransaction: boolean, free: () => void): void {
    if (this.client !== undefined) this.client.unanswered -= 1;
    if (!outsideTransaction || (this.client?.unanswered ?? 0) > 0) return;
    if (this.client !== undefined) this.client.link = undefined;
    this.client = undefined;
    free();
  }
}
