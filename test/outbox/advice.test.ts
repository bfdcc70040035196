import { expect } from 'chai';
import { adviceFor, commandFor } from '../../src/outbox/advice.ts';
import { causeOf } from '../../src/outbox/cause.ts';

describe('what to do about a character that the charset of a file lacks', () => {
  it('is one thing for all characters of a column, and is done in connector.yaml, not in the mapping', () => {
    const said = (character: string) => ({ ru: character, en: `the file's encoding has no ${character}` });
    const found = { code: 'unmappable', field: 'Комментарий' };
    const [smile, heart] = ['🙂', '❤'].map((each) => causeOf('staff-csv', 'rejected', said(each), found));
    expect(smile?.id).to.equal(heart?.id);
    const { who, advice } = adviceFor('rejected', found.code, found.field);
    expect([who.en, advice.en]).to.deep.equal([
      'operations',
      'give the target encoding: utf-8-bom or unmappable: replace in connector.yaml, restart the service and retry',
    ]);
    expect(commandFor({ id: 'x', kind: 'rejected', ...found })).to.include('deliveries retry --cause x');
  });
});
