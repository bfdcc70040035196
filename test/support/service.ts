import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { App } from '../../src/app.ts';
import type { Overrides } from '../../src/container.ts';
import { createLog } from '../../src/report/log.ts';
import { copyMigrated } from './migrated.ts';
import { startNearWriter } from './near-writer.ts';
import { logged } from './served-log.ts';
import { secret } from './webhook.ts';
import { Workspace } from './workspace.ts';

export interface ServiceFiles {
  /** Put over the default connector.yaml, section by section. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Mapping files by name. */
  readonly mappings?: Readonly<Record<string, string>>;
}

/** A mapping of every hire to one CSV row, short enough to be read in a test. */
export const hireToCsv = `mapping: hire-to-csv
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: staff-csv
once: =log.id
record: { Кандидат: =applicant.id, Лог: =log.id, Фамилия: =applicant.last_name }
`;

/** Writes a folder as an installation has it; returns the path of connector.yaml. JSON is YAML too. */
export function writeFiles(
  workspace: Workspace,
  { config = {}, mappings = { 'hire-to-csv.yaml': hireToCsv } }: ServiceFiles = {},
): string {
  mkdirSync(workspace.path('config'), { recursive: true });
  mkdirSync(workspace.path('mappings'), { recursive: true });
  const whole = {
    server: { port: 0 },
    console: { port: 0 },
    database: { url: 'sqlite:../var/connector.db' },
    stages: { hired: ['Выход на работу'] },
    sources: { huntflow: { secrets: [secret] } },
    targets: {
      'staff-csv': {
        adapter: 'csv',
        settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' },
      },
    },
    ...config,
  };
  writeFileSync(workspace.path('config', 'connector.yaml'), JSON.stringify(whole, null, 2));
  for (const [name, text] of Object.entries(mappings)) {
    const file = workspace.path('mappings', ...name.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return workspace.path('config', 'connector.yaml');
}

/** The connector in this process, over real files and sockets of its own. */
export class Service {
  readonly workspace: Workspace;
  readonly app: App;
  /** JSON lines, as they would stand on standard error. */
  readonly log: string[];

  private constructor(workspace: Workspace, app: App, log: string[]) {
    this.workspace = workspace;
    this.app = app;
    this.log = log;
  }

  /** Made, not started: for tests that move the stages themselves. */
  static async create(
    files: ServiceFiles = {},
    overrides: Overrides = {},
    workspace = new Workspace(),
  ): Promise<Service> {
    const log: string[] = [];
    const config = writeFiles(workspace, files);
    if (files.config?.['database'] === undefined) await copyMigrated(workspace.path('var', 'connector.db'));
    const app = await App.create(config, {
      log: createLog('debug', {
        write: (line) => {
          log.push(line);
          logged(log, line);
        },
      }),
      startWriter: startNearWriter,
      ...overrides,
    });
    return new Service(workspace, app, log);
  }

  static async start(
    files: ServiceFiles = {},
    overrides: Overrides = {},
    workspace = new Workspace(),
  ): Promise<Service> {
    const service = await Service.create(files, overrides, workspace);
    await service.app.start();
    return service;
  }

  get url(): string {
    return this.app.serverUrl;
  }

  async stop(): Promise<void> {
    await this.app.stop();
    this.workspace.remove();
  }
}
