import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Step } from './framing-faults.ts';

const megabyte = Buffer.alloc(1024 * 1024, 'x');

/**
 * Does what a fault says, in turn; ends early when the other side has gone. `wire`: the TCP connection under a TLS one,
 * which alone can be reset.
 */
export async function play(socket: Socket, steps: readonly Step[], wire = socket): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if (typeof step === 'string' || Buffer.isBuffer(step)) socket.write(step);
    else
      switch (step.act) {
        case 'end':
          socket.end();
          break;
        case 'reset':
          wire.resetAndDestroy();
          break;
        case 'wait':
          await pause(15);
          break;
        case 'flood':
          for (let sent = 0; sent < step.megabytes && !socket.destroyed; sent += 1)
            if (!socket.write(megabyte)) await drained(socket);
          break;
        case 'drip':
          while (!socket.destroyed) {
            socket.write(' ');
            await pause(20);
          }
      }
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go);
      socket.off('close', go);
      resolve();
    };
    socket.on('drain', go);
    socket.on('close', go);
  });
}
