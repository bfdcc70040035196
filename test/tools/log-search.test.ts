import { expect } from 'chai';
import { fieldsQuotedIn } from '../support/personal-values.ts';

describe('the search of the logs of services', () => {
  it('knows the people of fixtures, those that tests made up where they needed one, and what looks like nobody else', () => {
    const line = (words: string) => fieldsQuotedIn(`{"level":"error","msg":"refused","error":"${words}"}`);
    const invented = ['Тропи', 'нин'].join('');
    expect(line(invented).join()).to.match(/^test\/.*\.ts$/);
    expect(line(invented.toUpperCase())).to.have.length(1);
    expect(line('Иванова')).to.not.deep.equal([]);
    expect(line('anna@example.test')).to.include('an e-mail address');
    expect(line('a cell of the row is too long')).to.deep.equal([]);
    expect(line('поле не заполнено, нет такого этапа')).to.deep.equal([]);
  });
});
