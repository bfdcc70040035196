import { expect } from 'chai';
import { envelopeOf } from '../../src/huntflow/envelope.ts';
import { fixture } from '../support/fixtures.ts';

describe('the envelope of a webhook', () => {
  it('has all that a current webhook says about itself', () => {
    const { document } = fixture('facts/26-retry-2');
    expect(envelopeOf(document, { event: 'APPLICANT' })).to.deep.equal({
      version: '2.0',
      domain: 'huntflow.example',
      accountId: '14',
      eventType: 'APPLICANT',
      eventId: '345',
      payloadId: undefined,
      logId: '9060',
      subjectId: '18',
      logType: 'STATUS',
      action: 'ADD',
      retry: '2',
      whom: {
        applicant: '18',
        profile: { first: 'Пётр', last: 'Сидоров', mail: 'ivanova@example.com', phone: '+7 900 000-00-00' },
      },
    });
  });

  it('has a payload id where an older cloud gives no event id', () => {
    expect(envelopeOf(fixture('facts/29-payload-id-only').document, {})).to.include({
      eventId: undefined,
      domain: undefined,
      payloadId: '8',
    });
  });

  it('takes version 1.0 by its missing meta', () => {
    expect(envelopeOf(fixture('facts/30-version-1-status-hired').document, { event: 'APPLICANT' })).to.include({
      version: '1.0',
      accountId: '14',
      eventType: 'APPLICANT',
      eventId: undefined,
      logId: '9041',
      logType: 'STATUS',
      action: 'ADD',
    });
  });

  it('takes a meta object for version 2.0 unless it says another', () => {
    const versions = [{}, { version: '2.0' }, { version: '3.1' }, { version: null }].map(
      (meta) => envelopeOf({ meta }, {}).version,
    );
    expect(versions).to.deep.equal(['2.0', '2.0', '3.1', '2.0']);
  });

  it('infers the event type from the shape when neither body nor header names it', () => {
    const inferred = ['offer-2021', 'response-2021', 'applicant-2020', 'vacancy-2020'].map(
      (name) => envelopeOf(fixture(`doc-1.0/${name}`).document, {}).eventType,
    );
    expect(inferred).to.deep.equal(['OFFER', 'RESPONSE', 'APPLICANT', 'VACANCY']);
  });

  it('believes the signed body before the header', () => {
    expect(envelopeOf({ event: {}, meta: { event_type: 'OFFER' } }, { event: 'PING' }).eventType).to.equal('OFFER');
    expect(envelopeOf({ event: { vacancy: {} } }, { event: ' OFFER ' }).eventType).to.equal('OFFER');
  });

  it('writes VACANCY_REQUEST as the wire does and leaves the vacancy state alone', () => {
    const body = {
      event: { vacancy_log: { state: 'VACANCY_REQUEST_ATTACH' } },
      meta: { event_type: 'VACANCY_REQUEST' },
    };
    expect(envelopeOf(body, {})).to.include({ eventType: 'VACANCY-REQUEST', logType: 'VACANCY_REQUEST_ATTACH' });
    expect(envelopeOf({ meta: { event_type: 'NEW_THING' } }, {}).eventType).to.equal('NEW_THING');
  });

  it('has nothing but the header for a body that is no envelope', () => {
    expect(Object.values(envelopeOf({}, {})).filter((value) => value !== undefined)).to.deep.equal([]);
    expect(envelopeOf({}, { event: 'PING' })).to.include({ eventType: 'PING', version: undefined, action: undefined });
  });

  it('takes null, empty and structured values for missing', () => {
    for (const value of [null, '', {}, [], true]) {
      expect(envelopeOf({ meta: { event_id: value, domain: value, account: { id: value } } }, {})).to.include({
        eventId: undefined,
        domain: undefined,
        accountId: undefined,
      });
    }
    expect(envelopeOf({ meta: { event_id: 0 } }, {}).eventId).to.equal('0');
  });

  it('does not take an inherited property for a field', () => {
    const body = JSON.parse('{ "meta": { "__proto__": { "event_id": "1" } } }');
    expect(envelopeOf(body, {}).eventId).to.equal(undefined);
  });

  it('makes every text fit a column and keeps different ones different', () => {
    const idOf = (value: string): string | undefined => envelopeOf({ meta: { event_id: value } }, {}).eventId;
    expect(idOf('x'.repeat(200))).to.equal('x'.repeat(200));
    const hostile = [
      'a\0',
      'a\uFFFD',
      'a\uD800',
      'a\uDC00',
      'x'.repeat(201),
      `${'x'.repeat(201)}y`,
      '😀'.repeat(100_000),
    ].map(idOf);
    expect(new Set(hostile).size).to.equal(hostile.length);
    for (const value of hostile) {
      expect(value?.length).to.be.at.most(200);
      expect(value?.isWellFormed()).to.equal(true);
      expect(value).to.not.include('\0');
    }
  });
});
