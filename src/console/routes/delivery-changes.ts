import { boolean, mixed, object, string } from 'yup';
import { choose } from '../../outbox/choose.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import type { Intervention, Refusal } from '../../outbox/intervene.ts';
import { recordFaults } from '../../shown/record-faults.ts';
import { deliverySchema, shownDelivery } from '../../shown/delivery.ts';
import { id, shape } from '../../shown/shape.ts';
import { isText, type Language } from '../../text.ts';
import { actorOf } from '../api/actor.ts';
import { ApiError, badField, conflict } from '../api/api-error.ts';
import type { Caller } from '../api/caller.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pathId } from '../api/path-id.ts';
import { trimmedText } from '../api/trimmed-text.ts';
import type { ConsoleParts } from '../parts.ts';
import { deliveryDetailOf, detailSchema, findDelivery } from './delivery-detail.ts';

const reason = () => trimmedText().max(1000);

/** What a person does with one delivery. */
export function changeRoutes(parts: ConsoleParts): Endpoint[] {
  const { outbox, audit, targets, states, now } = parts;
  return [
    endpoint({
      method: 'post',
      path: '/deliveries/:id/retry',
      role: 'operator',
      summary: { ru: 'Повторить сейчас', en: 'Try again now' },
      answer: deliverySchema,
      act: async ({ params, caller, language }) => {
        const delivery = await findDelivery(parts, pathId(params['id']));
        // Whoever wants something tried now does not want its target to rest.
        if (delivery.state === 'dead' || delivery.state === 'pending') await states.endRest(delivery.target);
        const done = await outbox.retry(delivery.id, now(), actorOf(audit, caller));
        return changed(parts, delivery, done, language);
      },
    }),
    endpoint({
      method: 'post',
      path: '/deliveries/:id/cancel',
      role: 'operator',
      summary: { ru: 'Отменить навсегда', en: 'Give up for good' },
      answer: deliverySchema,
      act: async ({ params, caller, language }) => {
        const delivery = await findDelivery(parts, pathId(params['id']));
        const done = await outbox.cancel(delivery.id, now(), actorOf(audit, caller));
        return changed(parts, delivery, done, language);
      },
    }),
    endpoint({
      method: 'post',
      path: '/deliveries/:id/edit',
      role: 'operator',
      summary: { ru: 'Исправить запись и отправить', en: 'Mend the record and send it' },
      body: object({
        record: mixed().test({ name: 'record', message: recordNeeded, test: isRecord }).required(),
        reason: reason().required(),
        /** Although the target may have some of it already. */
        evenUnknown: boolean().default(false),
      }).noUnknown(),
      answer: shape({ edited: id(), delivery: id() }),
      act: async ({ params, body: { record, reason: why, evenUnknown }, caller }) => {
        const delivery = await findDelivery(parts, pathId(params['id']));
        if (!evenUnknown && (await outbox.extent({ id: delivery.id, safe: true })).ids.length === 0)
          throw conflict(tracesLeft(delivery.id), delivery.state);
        const faults = recordFaults(targets.find(({ name }) => name === delivery.target)?.record, record);
        const [first] = faults;
        if (first !== undefined) throw badField(['record', ...first.path].join('.'), first.text);
        const outcome = await outbox.edit({
          id: delivery.id,
          record: JSON.stringify(record),
          by: caller.name,
          reason: why,
          now: now(),
          actor: actorOf(audit, caller),
        });
        if (!outcome.done) throw await refusal(parts, delivery.id, outcome);
        return { edited: delivery.id, delivery: outcome.successor };
      },
    }),
    endpoint({
      method: 'post',
      path: '/deliveries/:id/choose',
      role: 'operator',
      summary: { ru: 'Ответить на вопрос шага', en: 'Answer the question of a step' },
      body: object({
        step: string().max(200).required(),
        object: string().max(1000),
        new: boolean(),
        reason: reason(),
      }).noUnknown(),
      answer: deliverySchema,
      act: async ({ params, body, caller, language }) => {
        const delivery = await findDelivery(parts, pathId(params['id']));
        if ((body.object === undefined) === (body.new !== true)) throw badField('object', oneOfTwo);
        if (delivery.state !== 'dead' && delivery.state !== 'pending')
          throw await refusal(parts, delivery.id, { done: false, why: noQuestion(delivery) });
        const answer = targets.find(({ name }) => name === delivery.target)?.adapter.answer;
        if (answer === undefined) throw conflict(asksNothing(delivery.target), delivery.state);
        const stored = await outbox.record(delivery.id);
        const record: unknown = typeof stored === 'string' ? JSON.parse(stored) : null;
        const kept = answer(record, body.step, body.object, body.reason);
        if (isText(kept)) throw badField('step', kept);
        const done = await choose({ outbox, now }, delivery, kept, actorOf(audit, caller));
        return changed(parts, delivery, done, language);
      },
    }),
    endpoint({
      method: 'post',
      path: '/deliveries/:id/reveal',
      role: 'operator',
      summary: { ru: 'Показать персональные данные; попадает в журнал', en: 'Show personal data; the audit has it' },
      answer: detailSchema,
      act: async ({ params, caller, language }) => {
        mustReveal(caller);
        const { id: number } = await findDelivery(parts, pathId(params['id']));
        await audit.add(actorOf(audit, caller), { action: 'reveal', on: [`delivery/${number}`] });
        return deliveryDetailOf(parts, params['id'], language, true);
      },
    }),
  ];
}

/** Throws for whoever may act but is nobody in particular. */
function mustReveal({ mayReveal }: Caller): void {
  if (!mayReveal)
    throw new ApiError(403, 'forbidden', {
      ru: 'без заведённых пользователей данные не раскрываются: заведите их командой user add',
      en: 'without users nothing is revealed: add them with the command user add',
    });
}

async function changed(parts: ConsoleParts, { id: number }: Delivery, done: Intervention, language: Language) {
  if (!done.done) throw await refusal(parts, number, done);
  return shownDelivery(await findDelivery(parts, number), language);
}

/** With the state it is in, and who was last to do something with it. */
async function refusal(parts: ConsoleParts, number: number, { why }: Refusal): Promise<ApiError> {
  const { state } = await findDelivery(parts, number);
  const [last] = await parts.audit.list({ on: `delivery/${number}`, limit: 1 });
  const by = last?.who;
  const text =
    by === undefined ? why : { ru: `${why.ru} (последним был ${by})`, en: `${why.en} (the last one was ${by})` };
  return conflict(text, state, by);
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const recordNeeded = { ru: 'нужна запись: объект JSON', en: 'a record is needed: an object of JSON' };

const oneOfTwo = {
  ru: 'нужно одно из двух: object или new: true',
  en: 'exactly one is needed: object, or new: true',
};

function tracesLeft(number: number) {
  return {
    ru: `у цели уже может быть часть доставки ${number}: посмотрите там, затем повторите с evenUnknown: true`,
    en: `the target may have some of delivery ${number} already: look there first, then send evenUnknown: true`,
  };
}

function noQuestion({ id: number, state }: Delivery) {
  return {
    ru: `доставка ${number} не ждёт ответа (${state})`,
    en: `delivery ${number} waits for no answer (${state})`,
  };
}

function asksNothing(target: string) {
  return {
    ru: `цель «${target}» не задаёт вопросов об объектах`,
    en: `target "${target}" asks no questions about objects`,
  };
}
