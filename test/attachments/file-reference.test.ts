import { expect } from 'chai';
import { addressesIn, expiryOf, filesIn, nameOfFile } from '../../src/attachments/file-reference.ts';

describe('A file that a record names', () => {
  it('is found wherever it stands, and nothing else is', () => {
    const photo = { file: 5, name: 'photo.jpg' };
    const record = {
      a: [{ b: photo }],
      c: { file: 'https://files.example/1' },
      d: { file: 1, other: 2 },
      e: { file: '' },
    };
    expect(filesIn(record)).to.have.deep.members([photo, { file: 'https://files.example/1' }]);
  });

  it('has the address that the webhook carries for its id', () => {
    const body = {
      event: { applicant: { photo: { id: 5, url: 'https://files.example/5?Expires=1' } } },
      meta: { id: 6 },
    };
    expect([...addressesIn(body)]).to.deep.equal([['5', 'https://files.example/5?Expires=1']]);
  });

  it('keeps its name when it is signed anew, and shares it with no other organisation', () => {
    const name = nameOfFile('a', 'https://files.example/5?sig=1');
    expect(nameOfFile('a', 'https://files.example/5?sig=2')).to.equal(name);
    expect(nameOfFile('b', 'https://files.example/5?sig=1')).not.to.equal(name);
    expect(nameOfFile('a', 5)).to.equal(nameOfFile('a', '5'));
  });

  it('tells when its address runs out, in every form of signature', () => {
    for (const name of ['e', 'Expires'])
      expect(expiryOf(`https://f.example/1?${name}=1700000000`)).to.equal(1_700_000_000_000);
    expect(expiryOf('https://f.example/1?X-Amz-Date=20261127T090000Z&X-Amz-Expires=60')).to.equal(
      Date.UTC(2026, 10, 27, 9, 1),
    );
    for (const address of ['https://f.example/1', 'no', 'https://f.example/1?Expires=soon'])
      expect(expiryOf(address)).to.equal(undefined);
  });

  it('is looked for in a deep record without a stack', () => {
    let deep: unknown = { file: 1 };
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    expect(filesIn(deep)).to.deep.equal([{ file: 1 }]);
  });
});
