import { expect } from 'chai';
import { privacyOf, storeProblem } from '../../src/config/privacy.ts';

describe('the store of keys', () => {
  const server = 'postgres://connector:secret@db.example:5432/connector';

  it('lies beside an SQLite database unless another place is named', () => {
    expect(privacyOf({ keyFile: 'a.key' }, 'sqlite:/srv/var/connector.db', '/srv/config')).to.deep.equal({
      keyFile: '/srv/config/a.key',
      store: 'sqlite:/srv/var/people.db',
    });
    expect(privacyOf({ store: 'sqlite:../keys/k.db' }, 'sqlite:/srv/var/connector.db', '/srv/config').store).to.equal(
      'sqlite:/srv/keys/k.db',
    );
  });

  it('is never the database of the data, however it is written, nor a local file beside PostgreSQL', () => {
    for (const store of [
      undefined,
      server,
      'postgresql://other:word@DB.example/connector?pooled=true',
      'sqlite:/srv/people.db',
    ])
      expect(storeProblem(store, server), store).to.have.keys('ru', 'en');
    expect(storeProblem('postgres://localhost/a', 'postgres://127.0.0.1:5432/a')).to.have.keys('ru', 'en');
    expect(storeProblem('sqlite:/srv/c.db', 'sqlite:/srv/c.db')).to.have.keys('ru', 'en');
  });

  it('may be another database of the same server, or a file beside a file', () => {
    expect(storeProblem('postgres://connector:secret@db.example/keys', server)).to.equal(undefined);
    expect(storeProblem('sqlite:/srv/people.db', 'sqlite:/srv/connector.db')).to.equal(undefined);
  });
});
