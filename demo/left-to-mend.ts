import { type JsonObject, objectAt } from '../src/huntflow/json.ts';
import { objectOf, post, type Sample } from './sample-webhooks.ts';
import type { Scene } from './story.ts';
import { until } from './until.ts';

/** A hire that 1C or a mapping will not take as it is. */
interface Stuck {
  readonly applicant: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly birthday: string;
  readonly position: string;
  readonly startDate: string | null;
}

/** Two whose position 1C does not know, which is one cause, and one who has no first day yet, which is another. */
const hires: readonly Stuck[] = [
  {
    applicant: 31,
    lastName: 'Королёва',
    firstName: 'Алёна',
    middleName: 'Петровна',
    birthday: '1988-03-04',
    position: 'Кладовщик',
    startDate: '2026-12-01',
  },
  {
    applicant: 32,
    lastName: 'Белов',
    firstName: 'Пётр',
    middleName: 'Ильич',
    birthday: '1993-07-12',
    position: 'Кладовщик',
    startDate: '2026-12-07',
  },
  {
    applicant: 33,
    lastName: 'Орлова',
    firstName: 'Вера',
    middleName: 'Ивановна',
    birthday: '1999-09-09',
    position: 'Бухгалтер',
    startDate: null,
  },
];

/** What somebody who came to try the console finds in it: two causes, a person who waits, a target on pause. */
export async function leaveSomethingToMend(scene: Scene): Promise<void> {
  const { app, installation, secret, narrator } = scene;
  const { audit, states, outbox, now } = app.composition;
  narrator.step({
    ru: 'Чтобы в консоли было что чинить: три приёма, которые 1С пока не примет, и цель на паузе',
    en: 'So that the console has something to mend: three hires that 1C will not take yet, and a paused target',
  });
  await states.pause(
    'careers',
    now(),
    audit.actor('demo', 'cli'),
    narrator.in({ ru: 'обновляют карьерный сайт', en: 'the careers site is being updated' }),
  );
  const url = `${app.serverUrl}/webhooks/huntflow`;
  const [closed, hired] = [
    objectOf(installation.body('vacancy-closed.json')),
    objectOf(installation.body('applicant-status-hired.json')),
  ];
  for (const body of [closedVacancy(closed, 11), ...hires.map((hire) => hireOf(hired, hire))])
    await post(url, sample, JSON.stringify(body), secret);
  const stuck = async () => (await outbox.list({ target: 'zup', state: 'dead' })).length;
  await until(async () => (await stuck()) >= hires.length);
  narrator.rows([
    [narrator.in({ ru: '1С не знает должности «Кладовщик»', en: '1C knows no position "Кладовщик"' }), 'zup', '2'],
    [narrator.in({ ru: 'в приёме нет даты выхода', en: 'a hire without a first day' }), 'zup, intranet', '1'],
    [narrator.in({ ru: 'пауза: обновляют сайт', en: 'paused: the site is being updated' }), 'careers', '1'],
  ]);
  narrator.expect((await stuck()) === hires.length, {
    ru: 'в 1С должны были остановиться ровно три приёма',
    en: 'exactly three hires should have stopped on their way to 1C',
  });
}

const sample: Sample = { title: { ru: 'приём', en: 'a hire' }, file: '', expect: 'accepted' };

function hireOf(body: JsonObject, hire: Stuck): JsonObject {
  const event = objectAt(body, 'event');
  const log = objectAt(event, 'applicant_log');
  const { applicant: id, lastName, firstName, middleName, birthday, position, startDate } = hire;
  const applicant = {
    ...objectAt(event, 'applicant'),
    id,
    last_name: lastName,
    first_name: firstName,
    middle_name: middleName,
    birthday,
    position,
    email: `applicant${id}@example.com`,
    phone: `+7 900 000-00-${id}`,
    social: [],
    values: {},
  };
  const vacancy = { ...objectAt(log, 'vacancy'), position };
  return numbered(body, 9100 + id, {
    ...event,
    applicant,
    applicant_log: { ...log, id: 9100 + id, employment_date: startDate, vacancy },
  });
}

function closedVacancy(body: JsonObject, id: number): JsonObject {
  const event = objectAt(body, 'event');
  return numbered(body, 9100 + id, { ...event, vacancy: { ...objectAt(event, 'vacancy'), id } });
}

/** As an event of its own, which no other is a repetition of. */
function numbered(body: JsonObject, id: number, event: JsonObject): JsonObject {
  return { ...body, event, meta: { ...objectAt(body, 'meta'), event_id: String(id) } };
}
