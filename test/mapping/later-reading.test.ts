import { expect } from 'chai';
import { LaterReading } from '../../src/mapping/file/later-reading.ts';
import { until } from '../support/until.ts';

describe('a mapping whose tests had no time', () => {
  it('is read again although nobody changes its file, until they had', async () => {
    let readings = 0;
    const later = new LaterReading(async () => {
      readings += 1;
      later.note(readings < 3);
    }, 5);
    later.note(true);
    await until('it was read three times', () => readings === 3);
    later.note(false);
    later.note(true);
    later.stop();
    expect(readings).to.equal(3);
  });
});
