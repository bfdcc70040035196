import { expect } from 'chai';
import { objectAt, textAt } from '../../src/huntflow/json.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';

describe('Huntflow fixtures', () => {
  it('cover the 33 payload facts and every example of both documents', () => {
    const names = huntflowFixtures().map(({ name }) => name);
    const facts = new Set(names.flatMap((name) => name.match(/^facts\/(\d\d)-/)?.[1] ?? []));
    expect([...facts]).to.deep.equal(Array.from({ length: 33 }, (_, index) => String(index + 1).padStart(2, '0')));
    expect(names.filter((name) => name.startsWith('doc-1.0/'))).to.have.length(6);
    expect(names.filter((name) => name.startsWith('doc-2.0/'))).to.have.length(8);
  });

  it('have a complete envelope of one organisation in every fact of today', () => {
    const odd = new Set([
      'facts/01-ping',
      'facts/29-payload-id-only',
      'facts/30-version-1-status-hired',
      'facts/33-applicant-without-id',
    ]);
    for (const { name, document, event } of huntflowFixtures()) {
      if (!name.startsWith('facts/') || odd.has(name)) continue;
      const meta = objectAt(document, 'meta');
      expect(meta, name).to.include({ domain: 'huntflow.example', event_type: event, version: '2.0' });
      expect(meta?.['event_id'], name).to.be.a('string');
      expect(meta, name).to.have.property('retry').that.is.a('number');
      expect(meta, name).to.have.property('webhook_action').that.is.oneOf(['ADD', 'EDIT', 'DELETE']);
      expect(textAt(objectAt(meta, 'account'), 'id'), name).to.equal('14');
      expect(meta && 'author' in meta, name).to.equal(event !== 'RESPONSE');
    }
  });

  it('use an event id twice only for the retries of one event', () => {
    const ids = huntflowFixtures()
      .filter(({ name }) => name.startsWith('facts/') && !name.includes('26-retry'))
      .flatMap(({ document }) => textAt(objectAt(document, 'meta'), 'event_id') ?? []);
    expect(new Set(ids).size).to.equal(ids.length);
    const retries = [0, 1, 2, 3].map((retry) => objectAt(fixture(`facts/26-retry-${retry}`).document, 'meta'));
    expect(retries.map((meta) => meta?.['retry'])).to.deep.equal([0, 1, 2, 3]);
    expect(new Set(retries.map((meta) => meta?.['event_id'])).size).to.equal(1);
  });

  it('name the fixture that is missing', () => {
    expect(() => fixture('facts/99-nothing')).to.throw('facts/99-nothing');
  });
});
