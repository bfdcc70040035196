import type { DeliveryRun } from '../delivery-run.ts';
import { type Entity, flagAt, textAt } from '../difference.ts';
import type { Identity } from '../identity.ts';
import { guid } from '../literal.ts';
import type { Hit, Looked } from '../looked.ts';
import { accepted, byReference, searched } from '../lookup.ts';
import { fits } from '../match-groups.ts';
import { emptyKey, sameKey } from '../object-key.ts';
import { identityOf, plainLook } from '../plain-look.ts';
import type { PlannedStep } from '../planned.ts';
import { alreadyEmployed, type Card, unseen, whichCard } from './card-questions.ts';
import { firstDayOf, isSecond, orderOf } from './card-step.ts';
import { type Employment, employmentOf } from './employment.ts';
import { successor } from './successor.ts';

/**
 * The card of a hire: the one that the hire's own order stands on, else the one that is ours, else the only living card
 * of the person. One in the archive or of a dismissed person is passed over, whatever leads to it.
 * @throws RejectedError, which asks.
 */
export async function lookUpCard(run: DeliveryRun, step: PlannedStep): Promise<Looked> {
  const search = new CardSearch(run, step, orderOf(run.steps, step));
  return search.find(await identityOf(run, step));
}

class CardSearch {
  readonly #run: DeliveryRun;
  readonly #step: PlannedStep;
  readonly #order: PlannedStep | undefined;
  readonly #second: boolean;
  readonly #employments = new Map<string, Employment>();

  constructor(run: DeliveryRun, step: PlannedStep, order: PlannedStep | undefined) {
    this.#run = run;
    this.#step = step;
    this.#order = order;
    this.#second = isSecond(step, order);
  }

  async find(identity: Identity): Promise<Looked> {
    const referred = await byReference(this.#run, this.#step, identity);
    if (referred !== undefined && identity.standing?.chosen === true)
      return this.#take(identity, referred, 'reference');
    const posted = await this.#underOrder(referred);
    if (posted !== undefined) return this.#take(identity, posted, 'reference');
    if (referred !== undefined) return this.#ours(identity, referred, 'reference');
    const { ours, hits, groups } = await searched(this.#run, this.#step, identity);
    if (ours !== undefined) return this.#ours(identity, ours, 'key');
    if (identity.wantsNew) return { identity, hit: undefined };
    const mine = hits.filter((entity) => groups.some((group) => fits(this.#step, group.wanted, entity)));
    return { identity, hit: await this.#living(mine) };
  }

  /** A card that is ours, or another in its stead where nobody can be hired on it. */
  async #ours(identity: Identity, entity: Entity, how: Hit['how']): Promise<Looked> {
    if (flagAt(entity, 'DeletionMark')) return this.#take(identity, entity, how);
    const { state, since } = await this.#employment(entity);
    if (state === 'archived' || state === 'dismissed')
      return this.find(successor(this.#run, identity, textAt(entity, 'Ref_Key')));
    if (state === 'working' && this.#order !== undefined && !this.#second)
      throw alreadyEmployed(this.#step, { entity, employment: { state, since } });
    return this.#take(identity, entity, how);
  }

  /**
   * The card that the hire's own order stands on: when HR has posted it, nothing else is meant; while it is a draft,
   * any card on which somebody can be hired.
   */
  async #underOrder(referred: Entity | undefined): Promise<Entity | undefined> {
    if (this.#order === undefined) return undefined;
    const order = (await plainLook(this.#run, this.#order)).hit?.entity;
    const key = order === undefined ? '' : textAt(order, 'Сотрудник_Key');
    if (order === undefined || key === '' || key === emptyKey || flagAt(order, 'DeletionMark')) return undefined;
    const card =
      referred !== undefined && sameKey(textAt(referred, 'Ref_Key'), key)
        ? referred
        : await this.#run.entities.read(this.#step.set, guid(key), this.#run.line);
    if (card === undefined) return undefined;
    if (flagAt(order, 'Posted')) return card;
    return flagAt(card, 'DeletionMark') || flagAt(card, 'ВАрхиве') ? undefined : card;
  }

  async #living(found: readonly Entity[]): Promise<Hit | undefined> {
    const cards: Card[] = [];
    for (const entity of found) {
      if (flagAt(entity, 'DeletionMark')) continue;
      const employment = await this.#employment(entity);
      if (employment.state !== 'archived' && employment.state !== 'dismissed') cards.push({ entity, employment });
    }
    const working = cards.find(({ employment }) => employment.state === 'working');
    if (working !== undefined && this.#order !== undefined && !this.#second) throw alreadyEmployed(this.#step, working);
    const usable = this.#second ? cards.filter(({ employment }) => employment.state === 'free') : cards;
    for (const { entity, employment } of cards)
      if (employment.state === 'unknown' && this.#order !== undefined)
        this.#run.resolution.warnings.push(unseen(this.#step, entity));
    if (usable.length > 1) throw whichCard(this.#step, usable);
    const [card] = usable;
    return card === undefined ? undefined : { entity: card.entity, whole: false, how: 'match' };
  }

  async #employment(entity: Entity): Promise<Employment> {
    const key = textAt(entity, 'Ref_Key').toLowerCase();
    const known =
      this.#employments.get(key) ?? (await employmentOf(this.#run, entity, firstDayOf(this.#order), this.#orderKey()));
    this.#employments.set(key, known);
    return known;
  }

  #orderKey(): string {
    const entity = this.#order === undefined ? undefined : this.#run.looked.get(this.#order.index)?.hit?.entity;
    return entity === undefined ? '' : textAt(entity, 'Ref_Key');
  }

  #take(identity: Identity, entity: Entity, how: Hit['how']): Looked {
    return { identity, hit: accepted(this.#step, identity, { entity, whole: how === 'reference', how }) };
  }
}
