import { expect } from 'chai';
import { KnownPeople } from '../../../adapters/chat/known-people.ts';
import { Spacing } from '../../../adapters/chat/spacing.ts';

describe('What a chat remembers', () => {
  it('is forgotten of posts that never come back, and of chats nobody waits for', () => {
    let now = 0;
    const spacing = new Spacing({ chat: 1000, all: 34 }, () => now);
    for (let post = 0; post < 50_000; post += 1) {
      now += 20; // faster than the rate: nearly every post is told to come back, and none does
      spacing.wait(`chat ${post}`, `post ${post}`);
    }
    now += 60 * 60 * 1000;
    for (let post = 0; post < 1100; post += 1) spacing.wait('one', `last ${post}`);
    expect(spacing.size).to.be.below(3000);
  });

  it('has a bound however fast posts come, and looking for room costs nothing that grows', () => {
    const spacing = new Spacing({ chat: 1000, all: 34 }, () => 0);
    const begun = performance.now();
    for (let post = 0; post < 150_000; post += 1) spacing.wait(`chat ${post % 5000}`, `post ${post}`);
    expect(spacing.size).to.be.below(110_000);
    expect(performance.now() - begun).to.be.below(8_000);
  });

  it('keeps its moment for a post that does come back', () => {
    let now = 0;
    const spacing = new Spacing({ chat: 1000, all: 34 }, () => now);
    expect([0, 1, 2].map((post) => spacing.wait('one', `post ${post}`))).to.deep.equal([0, 1000, 2000]);
    now = 2000;
    expect([2, 1].map((post) => spacing.wait('one', `post ${post}`))).to.deep.equal([0, 0]);
  });

  it('lets a chat with many posts waiting hold up no other one', () => {
    const spacing = new Spacing({ chat: 3000, all: 34 }, () => 0);
    for (let post = 0; post < 100; post += 1) spacing.wait('busy', `busy ${post}`);
    expect(spacing.wait('calm', 'calm')).to.be.below(100);
  });

  it('has gaps by kind of chat', () => {
    const spacing = new Spacing({ chat: (chat) => (chat.startsWith('-') ? 3000 : 1000), all: 34 }, () => 0);
    expect(['-5', '-5', '7', '7'].map((chat, post) => spacing.wait(chat, `post ${post}`))).to.deep.equal([
      0, 3000, 34, 1034,
    ]);
  });

  it('is ten thousand people, for an hour, also when the clock leaps', () => {
    let now = 10 * 60 * 60 * 1000;
    const people = new KnownPeople(() => now);
    for (let person = 0; person < 25_000; person += 1) people.keep(`p${person}@firm.example`, `U${person}`);
    expect(people.size).to.equal(10_000);
    expect(people.find('p24999@firm.example')).to.equal('U24999');
    expect(people.find('p14999@firm.example')).to.equal(undefined);
    now -= 5 * 60 * 60 * 1000;
    expect(people.find('p24999@firm.example')).to.equal(undefined);
    now += 7 * 60 * 60 * 1000;
    expect(people.find('p24999@firm.example')).to.equal(undefined);
  });
});
