import { expect } from 'chai';
import fc from 'fast-check';
import { cutText, fitted } from '../../../adapters/chat/cut-text.ts';
import { listed } from '../../../adapters/chat/recipients.ts';
import { Spacing } from '../../../adapters/chat/spacing.ts';

describe('A text for a chat', () => {
  it('stays as it is when it fits, and is cut at a word when it does not', () => {
    expect(cutText('Вакансия закрыта', 16)).to.equal('Вакансия закрыта');
    expect(cutText('Вакансия бухгалтера закрыта', 22)).to.equal('Вакансия бухгалтера…');
    expect(cutText('a'.repeat(100), 10)).to.equal(`${'a'.repeat(9)}…`);
  });

  it('is never cut within a character and never too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (text, most) => {
        const cut = cutText(text, most);
        expect(cut.length).to.be.at.most(most);
        expect(cut.isWellFormed()).to.equal(true);
        if (cut !== text) expect(text.startsWith(cut.slice(0, -1))).to.equal(true);
      }),
    );
  });

  it('fits after it was escaped, with no escape cut in two', () => {
    const escape = (text: string): string => text.replaceAll('&', '&amp;');
    expect(fitted('&'.repeat(1000), 100, escape)).to.match(/^(?:&amp;)+…$/);
    expect(fitted('&'.repeat(1000), 100, escape).length).to.be.at.most(100);
    expect(fitted('plain', 100, escape)).to.equal('plain');
  });

  it('of a megabyte is cut at once', () => {
    const begun = performance.now();
    cutText('слово '.repeat(200_000), 4096);
    expect(performance.now() - begun).to.be.below(1000);
  });
});

describe('Recipients', () => {
  it('are taken once each, in their order, holes left out', () => {
    expect(listed([5, null, '5', { email: 'A@b.example' }, { email: 'a@b.example ' }])).to.deep.equal({
      all: false,
      list: [5, { email: 'A@b.example' }],
    });
    expect(listed({ all: ['x', 'y'] })).to.deep.equal({ all: true, list: ['x', 'y'] });
    expect(listed('x')).to.deep.equal({ all: false, list: ['x'] });
  });
});

describe('Spacing', () => {
  it('lets one post a second into a chat and keeps a moment for each that waits', () => {
    let now = 10_000;
    const spacing = new Spacing({ chat: 1000, all: 30 }, () => now);
    expect(spacing.wait('a', '1')).to.equal(0);
    expect(spacing.wait('a', '2')).to.equal(1000);
    expect(spacing.wait('a', '3')).to.equal(2000);
    expect(spacing.wait('b', '4')).to.equal(30);
    now += 1000;
    expect(spacing.wait('a', '2')).to.equal(0);
    expect(spacing.wait('a', '3')).to.equal(1000);
  });

  it('forgets moments that a clock which leapt back has put far away', () => {
    let now = 1_000_000_000;
    const spacing = new Spacing({ chat: 1000, all: 30 }, () => now);
    spacing.wait('a', '1');
    expect(spacing.wait('a', '2')).to.equal(1000);
    now = 5000;
    expect(spacing.wait('a', '2')).to.be.at.most(4000);
  });
});
