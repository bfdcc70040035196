import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../src/app.ts';
import type { Delivery } from '../src/outbox/delivery.ts';
import type { Installation } from './installation.ts';
import type { Narrator } from './narrator.ts';
import { post, type Sample, samples, type Sent } from './sample-webhooks.ts';
import type { StandIns } from './stand-ins.ts';
import { until } from './until.ts';

export interface Scene {
  readonly app: App;
  readonly installation: Installation;
  readonly standIns: StandIns;
  readonly secret: string;
  readonly narrator: Narrator;
}

/** The main job from end to end; what does not come out as it should is left with the narrator. */
export async function tell(scene: Scene): Promise<void> {
  begin(scene);
  const sent = await send(scene);
  await until(
    async () =>
      (await deliveries(scene)).every((each) => each.state === 'delivered' || each.attempts > 0) &&
      (await settledEvents(scene)),
  );
  await until(async () =>
    (await deliveries(scene)).every((each) => each.state === 'delivered' || each.target === 'careers'),
  );
  showDropFolder(scene);
  showIntranet(scene);
  showOnec(scene);
  showTelegram(scene);
  await showWaiting(scene);
  await showSkipped(scene, sent);
  await recover(scene);
}

function begin({ app, installation, standIns, narrator }: Scene): void {
  narrator.step({
    ru: 'Служба запущена. Портал, 1С, Telegram и карьерный сайт ниже — заглушки самого демо',
    en: 'The service is up. The intranet, 1C, Telegram and careers site below are stand-ins of the demo',
  });
  narrator.rows([
    [narrator.in({ ru: 'вебхуки', en: 'webhooks' }), `${app.serverUrl}/webhooks/huntflow`],
    [narrator.in({ ru: '1С (заглушка)', en: '1C (stand-in)' }), standIns.onec.url],
    [narrator.in({ ru: 'портал (заглушка)', en: 'intranet (stand-in)' }), `${standIns.intranet.url}/api`],
    [
      narrator.in({ ru: 'карьерный сайт (заглушка)', en: 'careers site (stand-in)' }),
      `${standIns.careers.url}  ${narrator.in({ ru: '← на обслуживании', en: '← under maintenance' })}`,
    ],
  ]);
  const { mappings } = app.composition;
  narrator.expect(mappings.current.length === installation.mappings, {
    ru: `маппингов загружено ${mappings.current.length} из ${installation.mappings}`,
    en: `${mappings.current.length} mappings of ${installation.mappings} were loaded`,
  });
  for (const fault of mappings.faults)
    narrator.expect(false, { ru: `маппинг: ${fault.text.ru}`, en: `mapping: ${fault.text.en}` });
}

async function send({ app, installation, secret, narrator }: Scene): Promise<readonly Sent[]> {
  narrator.step({
    ru: 'Huntflow шлёт вебхуки, подписанные секретом',
    en: 'Huntflow sends webhooks, signed with the secret',
  });
  const sent: Sent[] = [];
  for (const sample of samples)
    sent.push(await post(`${app.serverUrl}/webhooks/huntflow`, sample, installation.body(sample.file), secret));
  narrator.rows(
    sent.map((each) => [
      narrator.in(each.sample.title),
      String(each.status),
      each.event === undefined
        ? each.word
        : `${each.word} ${narrator.in({ ru: 'событие', en: 'event' })} ${each.event}`,
    ]),
  );
  for (const each of sent) {
    const { title } = each.sample;
    narrator.expect(isAsExpected(each), {
      ru: `«${title.ru}»: неожиданный ответ ${each.status} ${each.word}`,
      en: `"${title.en}": unexpected answer ${each.status} ${each.word}`,
    });
  }
  return sent;
}

function isAsExpected({ sample: { expect }, status, word }: Sent): boolean {
  return expect === 401 ? status === 401 : status === 200 && word === expect;
}

function showDropFolder({ installation, narrator }: Scene): void {
  const files = filesOf(installation.dropFolder);
  narrator.step({ ru: `Дошло до папки CSV: ${files.join(', ')}`, en: `Reached the CSV folder: ${files.join(', ')}` });
  const lines = files.flatMap((file) =>
    readFileSync(join(installation.dropFolder, file), 'utf8').trimEnd().split('\r\n'),
  );
  narrator.rows(lines.map((line) => [line]));
  narrator.expect(lines.length === 2 && lines[1]?.startsWith('17;Иванова;Анна;') === true, {
    ru: 'в CSV должна быть ровно одна строка о приёме',
    en: 'the CSV should have exactly one row for the hire',
  });
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was dropped: the expectation says so
  }
}

function showIntranet({ standIns, narrator }: Scene): void {
  const requests = standIns.intranet.arrivals.map(({ method, url, body }) => [method, url, shortened(body)]);
  narrator.step({
    ru: `Дошло до портала: запросов ${requests.length}`,
    en: `Reached the intranet: ${requests.length} requests`,
  });
  narrator.rows(requests);
  const made = requests.map(([method, url]) => `${method} ${url}`).toSorted();
  const wanted = ['PATCH /api/vacancies/9', 'POST /api/employees', 'POST /api/offers', 'PUT /api/vacancies/9'];
  narrator.expect(made.join() === wanted.join(), {
    ru: `портал должен был получить ровно это: ${wanted.join(', ')}`,
    en: `the intranet should have got exactly this: ${wanted.join(', ')}`,
  });
}

/** Enough to recognise it by. */
function shortened(body: string): string {
  return body.length > 48 ? `${body.slice(0, 48)}…` : body;
}

function showOnec({ standIns: { onec }, narrator }: Scene): void {
  const [persons, employees, orders] = [
    onec.base.all('Catalog_ФизическиеЛица'),
    onec.base.all('Catalog_Сотрудники'),
    onec.base.all('Document_ПриемНаРаботу'),
  ];
  narrator.step({
    ru: `Дошло до 1С: объектов ${persons.length + employees.length + orders.length}`,
    en: `Reached 1C: ${persons.length + employees.length + orders.length} objects`,
  });
  narrator.rows([
    ...persons.map((each) => ['Catalog_ФизическиеЛица', String(each['Description'])]),
    ...employees.map((each) => ['Catalog_Сотрудники', String(each['Description'])]),
    ...orders.map((each) => [
      'Document_ПриемНаРаботу',
      `${String(each['ДатаПриема']).slice(0, 10)}, ${each['Posted'] === false ? narrator.in({ ru: 'не проведён: проведёт кадровик', en: 'not posted: that is for HR' }) : '?'}`,
    ]),
  ]);
  narrator.expect(persons.length === 1 && employees.length === 1 && orders.length === 1, {
    ru: 'в 1С должно быть по одному физлицу, сотруднику и приказу',
    en: '1C should have one person, one employee and one order',
  });
}

function showTelegram({ standIns: { telegram }, narrator }: Scene): void {
  const [post, ...others] = telegram.posts.taken;
  narrator.step({
    ru: 'Дошло до Telegram: заказчик вакансии заблокировал бота, поэтому следующий получатель',
    en: 'Reached Telegram: who ordered the vacancy blocked the bot, so the next recipient did',
  });
  narrator.rows((post?.text ?? '').split('\n').map((line, index) => [index === 0 ? (post?.chat ?? '') : '', line]));
  const link = JSON.stringify(post?.body['entities'] ?? null);
  narrator.rows([['', /https:[^"]+/.exec(link)?.[0] ?? '']]);
  const told = post?.chat === '-1001' && others.length === 0 && post.text.includes('Иванова') && link.includes('/17');
  narrator.expect(told, {
    ru: 'в группу отдела кадров должно было прийти одно сообщение с именем, вакансией и ссылкой',
    en: "the HR department's group should have got one post with the name, the vacancy and a link",
  });
}

async function showWaiting(scene: Scene): Promise<void> {
  const { app, narrator } = scene;
  const waiting = (await deliveries(scene)).filter((each) => each.state !== 'delivered');
  narrator.step({ ru: 'Ждёт и почему', en: 'What waits, and why' });
  narrator.rows(
    waiting.flatMap((each) => [
      [
        `${narrator.in({ ru: 'доставка', en: 'delivery' })} ${each.id} → ${each.target}`,
        narrator.in({
          ru: `следующая попытка в ${timeOf(each.dueAt, app)}; остальных она не задержала`,
          en: `next attempt at ${timeOf(each.dueAt, app)}; it has held up nobody else`,
        }),
      ],
      [each.lastError === null ? '' : narrator.in(each.lastError)],
    ]),
  );
  narrator.expect(waiting.length === 1 && waiting[0]?.target === 'careers', {
    ru: 'ждать должна ровно одна доставка — на карьерный сайт',
    en: 'exactly one delivery should wait: the one for the careers site',
  });
}

function timeOf(
  time: number | null,
  {
    composition: {
      config: { zone },
    },
  }: App,
): string {
  return time === null ? '—' : new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'medium' }).format(time);
}

async function showSkipped({ app, narrator }: Scene, sent: readonly Sent[]): Promise<void> {
  const skipped = await app.composition.inbox.list({ state: 'skipped' });
  const of = (wanted: (sample: Sample) => boolean) => sent.find(({ sample }) => wanted(sample));
  const duplicate = of(({ retry }) => retry !== undefined);
  const comment = of(({ file }) => file.includes('comment'));
  narrator.step({ ru: 'Пропущено и почему', en: 'What was skipped, and why' });
  narrator.rows([
    [
      narrator.in({ ru: 'повтор приёма', en: 'the repeated hire' }),
      narrator.in({
        ru: `это то же событие ${duplicate?.event ?? '?'}: второго сотрудника не будет`,
        en: `it is event ${duplicate?.event ?? '?'} again: there will be no second employee`,
      }),
    ],
    ...skipped.map((event) => [
      `${narrator.in({ ru: 'событие', en: 'event' })} ${event.id} ${event.event} ${event.type}`,
      narrator.in({
        ru: 'этап тот же, но приём — только type: STATUS; хранится, никому не отправлено',
        en: 'the stage is the same, but only type: STATUS is a hire; kept, sent to nobody',
      }),
    ]),
    [
      narrator.in({ ru: 'подделка', en: 'the forgery' }),
      narrator.in({
        ru: 'подпись не подошла (401): не принята и не сохранена',
        en: 'its signature does not fit (401): neither taken nor kept',
      }),
    ],
  ]);
  narrator.expect(skipped.length === 1 && String(skipped[0]?.id) === comment?.event, {
    ru: 'пропущен должен быть ровно комментарий',
    en: 'exactly the comment should have been skipped',
  });
}

async function recover(scene: Scene): Promise<void> {
  const { narrator, standIns } = scene;
  narrator.step({
    ru: 'Карьерный сайт вернулся, и служба попробовала сама',
    en: 'The careers site is back, and the service tries again by itself',
  });
  standIns.openCareers();
  await until(async () => (await deliveries(scene)).every(({ state }) => state === 'delivered'));
  const late = (await deliveries(scene)).filter(({ target }) => target === 'careers');
  narrator.rows(
    late.map((each) => [
      `${narrator.in({ ru: 'доставка', en: 'delivery' })} ${each.id} → ${each.target}`,
      each.state === 'delivered'
        ? narrator.in({ ru: `дошла с попытки ${each.attempts}`, en: `delivered at attempt ${each.attempts}` })
        : each.state,
    ]),
  );
  narrator.expect(late.length === 1 && late.every((each) => each.state === 'delivered' && each.attempts > 1), {
    ru: 'доставка на карьерный сайт должна была дойти со второй попытки',
    en: 'the delivery to the careers site should have arrived at a later attempt',
  });
}

function deliveries({ app }: Scene): Promise<Delivery[]> {
  return app.composition.outbox.list({});
}

async function settledEvents({ app }: Scene): Promise<boolean> {
  return (await app.composition.inbox.list({ state: 'received' })).length === 0;
}
