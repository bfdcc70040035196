import { expect } from 'chai';
import { envelopeOf } from '../../src/huntflow/envelope.ts';
import { objectAt, textAt } from '../../src/huntflow/json.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { viewOf } from '../../src/huntflow/view.ts';
import type { HuntflowView } from '../../src/huntflow/view.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';
import { expectedReadings } from './expected-readings.ts';

const everyday = ['event', 'applicant', 'vacancy', 'log', 'stage', 'tags', 'author', 'account', 'changes', 'body'];

function viewOfFixture(name: string): HuntflowView {
  const { document, event } = fixture(name);
  return viewOf(document, { event });
}

describe('the view of a webhook', () => {
  describe('over every fixture', () => {
    for (const { name, document, event } of huntflowFixtures()) {
      it(`reads ${name}`, () => {
        const view = viewOf(document, { event });
        const rarer = Object.keys(view)
          .filter((part) => !everyday.includes(part))
          .join(' ');
        expect({
          version: view.event.version ?? '-',
          event: view.event.event ?? '-',
          type: view.event.type ?? '-',
          action: view.event.action ?? '-',
          stage: textAt(view.stage, 'id') ?? '-',
          applicant: textAt(view.applicant, 'id') ?? '-',
          vacancy: textAt(view.vacancy, 'id') ?? '-',
          log: envelopeOf(document, { event }).logId ?? '-',
          id: view.event.id ?? '-',
          parts: rarer || '-',
        }).to.deep.equal(expectedReadings.get(name));
      });
    }
  });

  it('keeps the JSON types of ids', () => {
    const view = viewOfFixture('facts/04-status-hired');
    expect([view.applicant?.['id'], view.vacancy?.['id'], view.log?.['id'], view.stage?.['id']]).to.deep.equal([
      17, 9, 9041, 33,
    ]);
    expect(view.event.id).to.equal('301');
  });

  it('gives one hire the same names from both versions', () => {
    const [two, one] = [viewOfFixture('facts/04-status-hired'), viewOfFixture('facts/30-version-1-status-hired')];
    for (const part of ['applicant', 'vacancy', 'log', 'stage', 'author', 'account', 'agreement'] as const) {
      expect(two[part], part).to.be.an('object');
      const same = Object.keys(one[part] ?? {}).filter((key) => !['account_division', 'grade', 'photo'].includes(key));
      expect(same.length, part).to.be.above(0);
      for (const key of same) expect(one[part]?.[key], `${part}.${key}`).to.deep.equal(two[part]?.[key]);
    }
    for (const key of ['employment_date', 'created', 'type', 'comment']) expect(one.log, key).to.have.property(key);
    expect(objectAt(one.vacancy, 'account_division')).to.include({ id: 7, name: 'Бухгалтерия' });
    expect(one.event).to.include({
      event: two.event.event,
      type: two.event.type,
      action: two.event.action,
      created: two.event.created,
    });
    expect(one.log).to.not.have.any.keys('applicant', 'vacancy', 'agreement');
  });

  it('gives an offer of version 1.0 the shape of 2.0', () => {
    const { offer, applicant, vacancy, log } = viewOfFixture('doc-1.0/offer-2021');
    expect(offer).to.include({ id: 10, created: '2021-03-03 22:38:40', applicant_offer_id: 14 });
    expect(offer).to.have.all.keys(Object.keys(viewOfFixture('facts/22-offer-add').offer ?? {}));
    expect(offer?.['account_applicant_offer_log']).to.deep.equal({ id: 17, type: 'EDIT' });
    expect(objectAt(offer, 'values'))
      .to.include({ offer_date: '03.03.2021', position_name: 8765 })
      .and.not.have.property('id');
    expect([applicant?.['id'], vacancy?.['id']]).to.deep.equal([1, 28]);
    expect(log).to.deep.equal({ id: 17, type: 'EDIT', created: '2021-03-03T22:39:22+03:00' });
  });

  it('takes the time of an offer for its log', () => {
    expect(viewOfFixture('facts/22-offer-add').log).to.deep.equal({
      id: 91,
      type: 'ADD',
      created: '2026-10-26T14:12:50+03:00',
    });
  });

  it('carries the external vacancy inside the response, in both versions', () => {
    for (const name of ['doc-1.0/response-2021', 'doc-2.0/response']) {
      const { response, vacancy, log } = viewOfFixture(name);
      const external = objectAt(response, 'vacancy_external');
      expect(external, name).to.include({ state: 'PUBLISHED' });
      expect(objectAt(external, 'vacancy'), name).to.equal(vacancy);
      expect(response, name).to.include.keys('id', 'foreign', 'data', 'created', 'updated');
      expect(log, name).to.equal(undefined);
    }
  });

  it('takes applicant and vacancy out of an evaluation', () => {
    const { applicant, vacancy, evaluation } = viewOfFixture('facts/25-evaluation-answered');
    expect(applicant).to.equal(evaluation?.['applicant']).and.include({ last_name: 'Иванова' });
    expect(vacancy).to.equal(evaluation?.['vacancy']).and.include({ position: 'Бухгалтер' });
  });

  it('spells the form of a questionary one way and leaves the body as it came', () => {
    const [older, newer] = [viewOfFixture('facts/24-survey-schema'), viewOfFixture('facts/24-survey-answered')];
    const formOf = (view: HuntflowView): JsonObject | undefined => objectAt(view.survey, 'survey');
    expect(formOf(newer)).to.deep.equal(formOf(older)).and.include.keys('schema', 'ui_schema');
    const raw = objectAt(objectAt(objectAt(newer.body, 'event'), 'survey_questionary'), 'survey');
    expect(raw).to.include.keys('survey_schema', 'survey_ui_schema').and.not.have.any.keys('schema', 'ui_schema');
  });

  it('reads the state of a vacancy log from the field that the older table names', () => {
    const body = {
      event: { vacancy: { id: 9 }, vacancy_log: { id: 1, type: 'HOLD' } },
      meta: { event_type: 'VACANCY', version: '2.0' },
    };
    expect(viewOf(body, {}).event).to.include({ type: 'HOLD' });
  });

  it('has neither nulls nor names for what is absent', () => {
    const view = viewOfFixture('facts/31-contacts-null');
    expect(view.applicant).to.have.property('id', 19);
    expect(view.applicant).to.not.have.any.keys(
      'first_name',
      'last_name',
      'email',
      'phone',
      'birthday',
      'pd_agreement',
    );
    expect(view).to.not.have.any.keys('agreement', 'offer', 'response', 'request', 'survey', 'evaluation');
    expect(viewOfFixture('facts/28-extra-keys').body)
      .to.have.nested.property('event.applicant_mood')
      .that.deep.equals([1, 2]);
  });

  it('takes an event id that is a number, or the payload id of older clouds, as text', () => {
    expect(viewOf({ meta: { event_id: 276 } }, {}).event.id).to.equal('276');
    expect(viewOfFixture('facts/29-payload-id-only').event.id).to.equal('8');
  });

  it('takes the consent of version 1.0 from either place', () => {
    for (const body of [{ event: { agreement: { state: 'sent' } } }, { event: {}, agreement: { state: 'sent' } }]) {
      const { agreement, log } = viewOf(body, {});
      expect(agreement).to.deep.equal({ state: 'sent' });
      expect(log).to.deep.equal({});
    }
  });

  it('leaves a part of a wrong type out and shows it in the body only', () => {
    const view = viewOf(
      { event: { applicant: 'nobody', applicant_tags: {} }, changes: [], meta: { author: 7, event_type: 'APPLICANT' } },
      {},
    );
    expect(view).to.have.all.keys('event', 'body');
    expect(view.body).to.have.nested.property('event.applicant', 'nobody');
  });

  it('changes nothing in the document it reads', () => {
    const { document, event } = fixture('facts/32-values');
    const before = JSON.stringify(document);
    viewOf(document, { event });
    expect(JSON.stringify(document)).to.equal(before);
  });
});
