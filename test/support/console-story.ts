import { mkdirSync, writeFileSync } from 'node:fs';
import { HttpStandIn } from '../../stand-ins/http-stand-in.ts';
import type { JsonObject } from '../../src/huntflow/json.ts';
import { Service } from './service.ts';
import { until } from './until.ts';
import { hire, postWebhook, withValue } from './webhook.ts';
import { Workspace } from './workspace.ts';

const hireToIntranet = `mapping: hire-to-intranet
title: Выход на работу → портал
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: intranet
key: ="applicant/" & applicant.id
record:
  path: /employees
  body:
    Фамилия: =applicant.last_name
    Имя: =applicant.first_name
    Должность: =vacancy.position
    Подразделение: { from: =vacancy.account_division.name, lookup: divisions, else: reject }
`;

const hireToCareers = `mapping: hire-to-careers
title: Выход на работу → карьерный сайт
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: careers
key: ="applicant/" & applicant.id
record: { path: /closed, body: { вакансия: =vacancy.id } }
`;

const hireToCsv = `mapping: hire-to-csv
title: Выход на работу → файл CSV
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: staff-csv
once: =log.id
record: { Кандидат: =applicant.id, Фамилия: =applicant.last_name, Имя: =applicant.first_name }
`;

const people = [
  ['Королёв', 'Пётр'],
  ['Семёнова', 'Алёна'],
  ['Иванова', 'Анна'],
  ['Ким', 'Олег'],
  ['Соловьёва', 'Вера'],
  ['Тихонов', 'Лев'],
] as const;

interface Told {
  readonly database?: string;
  /** Content of the file of users. */
  readonly users?: string;
}

/** A service on a bad morning: an intranet that works, a careers site that does not answer, a hole in a dictionary. */
export class ConsoleStory {
  readonly service: Service;
  readonly intranet: HttpStandIn;
  readonly #workspace: Workspace;

  private constructor(workspace: Workspace, service: Service, intranet: HttpStandIn) {
    this.#workspace = workspace;
    this.service = service;
    this.intranet = intranet;
  }

  static async start({ database, users }: Told = {}): Promise<ConsoleStory> {
    const workspace = new Workspace();
    const intranet = await HttpStandIn.start();
    const gone = await HttpStandIn.start();
    const closed = gone.url;
    await gone.stop();
    mkdirSync(workspace.path('config'), { recursive: true });
    mkdirSync(workspace.path('mappings', 'dictionaries'), { recursive: true });
    if (users !== undefined) writeFileSync(workspace.path('config', 'users.yaml'), users, { mode: 0o600 });
    const service = await Service.start(
      {
        config: {
          zone: 'Asia/Yekaterinburg',
          ...(database !== undefined && { database: { url: database } }),
          console: { port: 0, ...(users !== undefined && { users: './users.yaml' }) },
          targets: {
            intranet: {
              adapter: 'rest',
              settings: { baseUrl: intranet.url },
              retry: { schedule: ['1h'], giveUp: '7d' },
            },
            careers: {
              adapter: 'rest',
              settings: { baseUrl: closed },
              retry: { schedule: ['1h'], giveUp: '7d' },
              breaker: { after: 2, rest: '1h', restMax: '1h' },
            },
            'staff-csv': {
              adapter: 'csv',
              settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' },
            },
          },
        },
        mappings: {
          'hire-to-intranet.yaml': hireToIntranet,
          'hire-to-careers.yaml': hireToCareers,
          'hire-to-csv.yaml': hireToCsv,
          'dictionaries/divisions.csv': 'Название;Код\nБухгалтерия;12\n',
        },
      },
      {},
      workspace,
    );
    return new ConsoleStory(workspace, service, intranet);
  }

  get consoleUrl(): string {
    return this.service.app.consoleUrl;
  }

  /** Hires by number; the first of six is of a division that the dictionary does not know. */
  async hire(from: number, count: number, { unknownDivision = (n: number) => n % 6 === 1 } = {}): Promise<void> {
    for (let number = from; number < from + count; number += 1)
      await postWebhook(this.service.url, person(number, unknownDivision(number)));
    await this.settled();
  }

  /** The dictionary gets the row that was missing. */
  mendDictionary(): void {
    writeFileSync(
      this.#workspace.path('mappings', 'dictionaries', 'divisions.csv'),
      'Название;Код\nБухгалтерия;12\nОтдел продаж;31\n',
    );
  }

  /** Everything that came is mapped. */
  async settled(): Promise<void> {
    const { inbox } = this.service.app.composition;
    await until('all is mapped', async () => (await inbox.backlog()).count === 0, 30_000);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.intranet.stop();
  }
}

function person(number: number, unknownDivision: boolean): JsonObject {
  const [last = '', first = ''] = people[(number - 1) % people.length] ?? [];
  let document = hire(number);
  document = withValue(document, ['event', 'applicant', 'last_name'], last);
  document = withValue(document, ['event', 'applicant', 'first_name'], first);
  return unknownDivision
    ? withValue(document, ['event', 'applicant_log', 'vacancy', 'account_division', 'name'], 'Отдел продаж')
    : document;
}
