import type { Gaps } from './dialect.ts';

/** After so many more it is looked who can be forgotten, and beyond `most` posts the oldest are. */
const many = 1000;
const most = 100_000;

/** Milliseconds after its moment at which a post has not come back for good. */
const longestAway = 10 * 60 * 1000;

/**
 * Hands out the moments at which posts may leave, so that a chat and the bot as a whole keep their rates. A post that
 * came too early has its moment kept for it: it is told to come back then, and finds it free.
 */
export class Spacing {
  readonly #chat: (chat: string) => number;
  readonly #all: number;
  readonly #now: () => number;
  readonly #next = new Map<string, number>();
  readonly #kept = new Map<string, number>();
  readonly #road = new Map<string, { flying: number; answered: number }>();
  /** When the answers of the last second came, oldest first. */
  #answers: readonly number[] = [];
  #flying = 0;
  #nextOfAll = 0;
  #look = many;

  /** @param spacing milliseconds between two posts into one chat, and between any two. */
  constructor(spacing: Gaps, now: () => number) {
    const { chat } = spacing;
    this.#chat = typeof chat === 'number' ? () => chat : chat;
    this.#all = spacing.all;
    this.#now = now;
  }

  /** Milliseconds that this post still has to wait; 0: it may leave now. */
  wait(chat: string, post: string): number {
    const now = this.#now();
    const gap = this.#chat(chat);
    const kept = this.#kept.get(post);
    // A moment further away than all that is kept could explain was given by a clock that leapt.
    const most = now + (this.#kept.size + 1) * Math.max(gap, this.#all);
    if (kept !== undefined && kept > now && kept <= most) return kept - now;
    if (kept === undefined || kept > most) {
      const ofChat = sane(this.#next.get(chat), most);
      const ofAll = Math.max(now, sane(this.#nextOfAll, most));
      // A chat with many posts waiting takes no moments from the others: only its own rate holds it.
      const moment = Math.max(ofChat, ofAll);
      if (ofChat <= ofAll) this.#nextOfAll = ofAll + this.#all;
      this.#next.delete(chat);
      this.#next.set(chat, moment + gap);
      this.#forget(now);
      if (moment > now) {
        this.#kept.delete(post);
        this.#kept.set(post, moment);
        return moment - now;
      }
    }
    const pause = this.#blocked(chat, now);
    if (pause > 0) {
      this.#next.set(chat, now + pause + gap);
      this.#kept.set(post, now + pause);
      return pause;
    }
    this.#kept.delete(post);
    return 0;
  }

  /**
   * A post leaves; the returned function is called once its answer has come, or will not. When the chat counted it lies
   * in between, so that however late a post arrives, the next one keeps its distance.
   */
  leave(chat: string): () => void {
    const road = this.#road.get(chat) ?? { flying: 0, answered: -Infinity };
    this.#road.set(chat, road);
    road.flying += 1;
    this.#flying += 1;
    return () => {
      const now = this.#now();
      road.flying -= 1;
      road.answered = now;
      this.#flying -= 1;
      this.#answers = [...this.#answers.filter((at) => isLately(at, now)), now];
    };
  }

  /** Milliseconds for which what is on its way, or was answered just now, takes the place of this post. */
  #blocked(chat: string, now: number): number {
    const road = this.#road.get(chat);
    const gap = this.#chat(chat);
    const since = now - (road?.answered ?? -Infinity);
    const ofChat = road === undefined ? 0 : road.flying > 0 ? gap : since < 0 ? 0 : gap - since;
    const answers = this.#answers.filter((at) => isLately(at, now));
    const over = this.#flying + answers.length - Math.ceil(second / this.#all);
    const ofAll = over < 0 ? 0 : (answers[Math.min(over, answers.length - 1)] ?? now) + second - now;
    return Math.max(0, ofChat, ofAll);
  }

  /** What is remembered, chats and posts; for tests. */
  get size(): number {
    return this.#next.size + this.#kept.size + this.#road.size;
  }

  /** Chats nobody waits for take no memory, nor do posts that never came back: a person cancelled them, say. */
  #forget(now: number): void {
    if (this.size < this.#look) return;
    for (const [chat, next] of this.#next) if (next <= now) this.#next.delete(chat);
    for (const [chat, { flying, answered }] of this.#road)
      if (flying === 0 && !(now - answered < this.#chat(chat))) this.#road.delete(chat);
    let beyond = this.#kept.size - most;
    for (const [post, moment] of this.#kept) {
      if (moment <= now - longestAway || beyond > 0) this.#kept.delete(post);
      beyond -= 1;
    }
    this.#look = this.size + many;
  }
}

/** The rule of all posts counts within a second. */
const second = 1000;

const isLately = (at: number, now: number): boolean => at <= now && at > now - second;

const sane = (moment: number | undefined, most: number): number => (moment === undefined || moment > most ? 0 : moment);
