import { expect } from 'chai';
import { viewOf } from '../../src/huntflow/view.ts';
import { type Selection, wants } from '../../src/mapping/record/wants.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';

function selection(on: Partial<Selection>): { readonly on: Selection } {
  return { on: { event: ['APPLICANT'], type: [], action: [], stage: [], ...on } };
}

const hire = selection({ type: ['STATUS'], action: ['ADD'], stage: ['hired'] });

function taken(
  mapping: { readonly on: Selection },
  stages: Readonly<Record<string, readonly (string | number)[]>>,
): string[] {
  return huntflowFixtures()
    .filter(({ document, event }) => wants(mapping, viewOf(document, { event }), stages))
    .map(({ name }) => name);
}

describe('wants', () => {
  it('takes hires and nothing else of all fixtures', () => {
    const names = taken(hire, { hired: [33] });
    expect(names).to.include.members([
      'facts/04-status-hired',
      'facts/30-version-1-status-hired',
      'facts/09-status-hired-datetime',
    ]);
    expect(names).not.to.include.members(['facts/10-comment-with-status']);
    for (const name of names) {
      const { document, event } = fixture(name);
      const view = viewOf(document, { event });
      expect([name, view.event.type, view.event.action, view.stage?.['id']]).to.deep.equal([name, 'STATUS', 'ADD', 33]);
    }
  });

  it('refuses a comment with the stage, and the edit and removal of the hire', () => {
    const names = taken(hire, { hired: [33] });
    for (const name of [
      'facts/10-comment-with-status',
      'facts/13-status-hired-edit',
      'facts/13-status-hired-delete',
      'facts/06-status-ordinary',
    ])
      expect(names).not.to.include(name);
  });

  it('knows a stage by id, by id as text, and by name', () => {
    const { document } = fixture('facts/04-status-hired');
    const view = viewOf(document, {});
    for (const stages of [
      { hired: [33] },
      { hired: ['33'] },
      { hired: [' Выход на работу '] },
      { hired: ['выход на\u00a0 РАБОТУ'] },
      { hired: [1, 'Выход на работу'.normalize('NFD')] },
    ])
      expect(wants(hire, view, stages)).to.equal(true);
    for (const stages of [{ hired: [34] }, { hired: [] }, { hired: ['выход наработу'] }, {}])
      expect(wants(hire, view, stages)).to.equal(false);
    expect(wants(selection({ stage: [33] }), view, {})).to.equal(true);
    expect(wants(selection({ stage: ['33'] }), view, {})).to.equal(true);
    expect(wants(selection({ stage: [7, 33] }), view, {})).to.equal(true);
  });

  it('compares a decomposed й of the webhook with a composed one', () => {
    const view = viewOf(
      {
        event: {
          applicant_log: { type: 'STATUS', status: { id: 5, name: 'Принятый, стажёр'.normalize('NFD') } },
          applicant: { id: 1 },
        },
        meta: { event_type: 'APPLICANT', webhook_action: 'ADD' },
      },
      {},
    );
    expect(wants(hire, view, { hired: ['Принятый, стажёр'] })).to.equal(true);
    expect(wants(hire, view, { hired: ['принятый, Стажер'] })).to.equal(true);
    expect(wants(hire, view, { hired: ['Принятыи, стажёр'] })).to.equal(false);
  });

  it('adds nothing of its own: an event alone takes every log type', () => {
    expect(taken(selection({}), {}).length).to.be.greaterThan(20);
    expect(taken(selection({ stage: ['hired'] }), { hired: [33] })).to.include('facts/10-comment-with-status');
  });

  it('takes a request under either spelling of its event', () => {
    expect(taken(selection({ event: ['VACANCY_REQUEST'] }), {})).to.deep.equal(
      taken(selection({ event: ['VACANCY-REQUEST'] }), {}),
    );
    expect(taken(selection({ event: ['VACANCY-REQUEST'] }), {})).to.include('facts/21-request-legacy');
  });

  it('does not take a stage alias from what every object inherits', () => {
    const { document } = fixture('facts/04-status-hired');
    expect(wants(selection({ stage: ['constructor'] }), viewOf(document, {}), {})).to.equal(false);
  });
});
