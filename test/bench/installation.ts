import { mkdirSync, writeFileSync } from 'node:fs';
import { makeKeyFile } from '../../src/people/key-file.ts';
import type { Workspace } from '../support/workspace.ts';

export const secret = 'bench-secret';

export interface Installation {
  readonly database: string;
  /** Base URL of each REST target by its name; every hire goes to all of them. */
  readonly targets: Readonly<Record<string, string>>;
  /** Put over what each target has. */
  readonly target?: object;
  /** With a key file of its own. */
  readonly sealed?: boolean;
  /** How long things are kept; nothing is cleared away without it. */
  readonly retention?: object;
}

/** Writes a folder as an installation has it; returns the path of connector.yaml. JSON is YAML too. */
export function install(
  workspace: Workspace,
  { database, targets, target = {}, sealed = false, retention }: Installation,
): string {
  mkdirSync(workspace.path('mappings'), { recursive: true });
  for (const name of Object.keys(targets)) writeFileSync(workspace.path('mappings', `${name}.yaml`), hireTo(name));
  if (sealed) makeKeyFile(workspace.path('connector.key'));
  writeFileSync(
    workspace.path('connector.yaml'),
    JSON.stringify({
      server: { port: 0 },
      console: { port: 0 },
      database: { url: database },
      ...(sealed && { privacy: { keyFile: './connector.key' } }),
      ...(retention !== undefined && { retention }),
      mappings: './mappings',
      stages: { hired: [33] },
      sources: { huntflow: { secrets: [secret] } },
      targets: Object.fromEntries(
        Object.entries(targets).map(([name, baseUrl]) => [
          name,
          { adapter: 'rest', settings: { baseUrl }, concurrency: 16, ...target },
        ]),
      ),
    }),
  );
  return workspace.path('connector.yaml');
}

/** No two hires share a key, so that none waits for another. */
function hireTo(target: string): string {
  return `mapping: hire-to-${target}
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: ${target}
key: =event.id
record:
  path: /employees
  body:
    externalId: { from: =applicant.id, as: string }
    lastName: =applicant.last_name
    firstName: =applicant.first_name
    middleName: =applicant.middle_name
    birthday: { from: =applicant.birthday, as: date }
    phone: =applicant.phone
    email: =applicant.email
    position: =vacancy.position
    division: =vacancy.account_division.name
    startDate: { from: =log.employment_date, as: date }
    request: =log.hired_in_fill_quota.vacancy_request
    event: =event.id
`;
}
