import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { SealingOfOld } from '../../src/people/sealing-of-old.ts';
import { raw } from '../support/procedures.ts';
import { openSealedStores, type SealedStores } from '../support/sealed-stores.ts';

const word = 'Тарабукин между строк';

describe('what lay in clear in a large file', function () {
  this.timeout(60_000);
  let stores: SealedStores;

  beforeEach(async () => {
    stores = await openSealedStores('sqlite');
  });
  afterEach(() => stores.close());

  /** As earlier versions deleted: the text stays in pages that nobody uses. */
  function leave(path: string): void {
    const file = new BetterSqlite(path);
    file.pragma('secure_delete = OFF');
    file.exec(`create table junk (text);
      insert into junk select replace(hex(zeroblob(1000)), '00', '${word} ') from (values (1), (2), (3));
      insert into junk values (zeroblob(70000000)); drop table junk`);
    file.pragma('wal_checkpoint(TRUNCATE)');
    file.close();
  }

  it('is gone after the next start, which writes the file anew, and until then somebody is told', async () => {
    const path = stores.database.file ?? '';
    let postponed = 0;
    const sealing = new SealingOfOld({
      database: stores.database,
      seals: stores.seals,
      words: async () => 0,
      copies: async () => undefined,
      postponed: () => (postponed += 1),
    });
    const mark = async () =>
      (await raw(stores.database.reads, `select value from privacy where name = 'cleaned'`)).map(
        (row) => Object(row).value,
      );
    const holds = () => readFileSync(path).includes(word);
    leave(path);
    await sealing.run(new AbortController().signal);
    expect([await mark(), postponed, holds()]).to.deep.equal([['at start'], 1, true]);
    await sealing.run(new AbortController().signal);
    expect([await mark(), postponed]).to.deep.equal([['at start'], 1]);
    await sealing.cleanAtStart();
    expect([await mark(), holds()]).to.deep.equal([['done'], false]);
    expect(statSync(path).size).to.be.below(2_000_000);
    await sealing.run(new AbortController().signal);
    expect([await mark(), postponed]).to.deep.equal([['done'], 1]);
  });

  it('is written anew in no more memory than a small one', async () => {
    const path = stores.database.file ?? '';
    const file = new BetterSqlite(path);
    file.exec(`create table many as with recursive n(i) as (select 1 union all select i + 1 from n where i < 90)
      select zeroblob(1000000) as bytes from n`);
    file.close();
    const open = new URL('../../src/database/sqlite/open.ts', import.meta.url).href;
    const script = `const { rewrite } = await import('${open}');
      const before = process.resourceUsage().maxRSS;
      console.log(JSON.stringify([rewrite(process.argv[1], 'any'), process.resourceUsage().maxRSS - before]))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, path]);
    const [isDone, grown] = JSON.parse(stdout);
    expect(isDone).to.equal(true);
    expect(grown, 'KB').to.be.below(40_000);
  });
});
