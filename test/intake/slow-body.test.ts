import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { BodyRoom } from '../../src/intake/body-room.ts';
import { readRequestBody } from '../../src/intake/request-body.ts';

describe('a body that stands still', () => {
  it('is given up, and holds nothing any more', async () => {
    const room = new BodyRoom({ small: 1000, large: 1000 });
    const stream = new PassThrough();
    const read = readRequestBody(stream, {
      secrets: ['s'],
      signature: undefined,
      limit: 1000,
      room,
      longestSilence: 20,
    });
    stream.write('x'.repeat(500));
    expect(await read).to.deep.equal({ outcome: 'too slow' });
    expect(room.held).to.equal(0);
  });

  it('gives its memory back when its sender hangs up, and when it is not signed', async () => {
    const room = new BodyRoom({ small: 1000, large: 1000 });
    const reading = { secrets: ['s'], signature: undefined, limit: 1000, room };
    const stream = new PassThrough();
    const read = readRequestBody(stream, reading).catch((error: unknown) => error);
    stream.write('x'.repeat(500));
    stream.destroy();
    expect(await read).to.be.instanceOf(Error);
    const unsigned = new PassThrough();
    unsigned.end('x'.repeat(500));
    expect(await readRequestBody(unsigned, reading)).to.include({ outcome: 'whole', signed: false, bytes: undefined });
    expect(room.held).to.equal(0);
  });

  it('holds its memory until it is released when it is signed by nobody and nobody has to', async () => {
    const room = new BodyRoom({ small: 1000, large: 1000 });
    const stream = new PassThrough();
    stream.end('x'.repeat(500));
    const body = await readRequestBody(stream, { secrets: [], signature: undefined, limit: 1000, room });
    expect(room.held).to.equal(500);
    if (body.outcome === 'whole') body.release();
    expect(room.held).to.equal(0);
  });
});
