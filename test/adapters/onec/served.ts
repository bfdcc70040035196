import { stringify } from 'yaml';
import { webhookOf } from './fifty/office-of.ts';
import type { JsonObject } from '../../../src/huntflow/json.ts';
import type { Overrides } from '../../../src/container.ts';
import type { Behaviour } from '../../../stand-ins/onec/behaviour.ts';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';
import { Service } from '../../support/service.ts';
import { postWebhook, withValue } from '../../support/webhook.ts';

/** The connector as it is served, with the shipped preset of a hire, in front of a ЗУП 3.1. */
export class Served {
  readonly standIn: OnecStandIn;
  readonly service: Service;

  private constructor(standIn: OnecStandIn, service: Service) {
    this.standIn = standIn;
    this.service = service;
  }

  static async start(
    target: object = {},
    overrides: Overrides = {},
    behaviour: Partial<Behaviour> = {},
  ): Promise<Served> {
    const standIn = await OnecStandIn.start({ zup: true, behaviour });
    const { user, password } = standIn.behaviour;
    const values = { organisation: 'ООО Ромашка' };
    const on = { event: 'APPLICANT', type: 'STATUS', action: ['ADD', 'EDIT'], stage: 'hired' };
    const service = await Service.start(
      {
        config: {
          stages: { hired: ['Выход на работу'] },
          targets: {
            zup: { adapter: 'onec-odata', settings: { url: standIn.url, user, password, atOnce: 20 }, ...target },
          },
        },
        mappings: { 'hire.yaml': stringify({ mapping: 'hire', on, to: 'zup', preset: 'zup-3.1/hire', with: values }) },
      },
      overrides,
    );
    return new Served(standIn, service);
  }

  /** Huntflow tells of the hire of an applicant, all of one name and a birthday each; of a correction with `EDIT`. */
  async hire(number: number, change: { readonly action?: 'ADD' | 'EDIT'; readonly day?: string } = {}): Promise<void> {
    const { status } = await postWebhook(this.service.url, hireOfNumber(number, change));
    if (status !== 200) throw new Error(`the webhook was answered ${status}`);
  }

  /** The path of connector.yaml. */
  get config(): string {
    return this.service.workspace.path('config', 'connector.yaml');
  }

  /** State and reason of every delivery, the oldest first. */
  async states(): Promise<readonly string[]> {
    const all = await this.service.app.composition.outbox.list({ limit: 1000 });
    return all.toReversed().map(({ state, reason }) => (reason === null ? state : `${state} (${reason})`));
  }

  /** What the log has said so far, a line each, at this level. */
  said(level: string): readonly string[] {
    const lines: readonly { readonly level: string; readonly msg: string }[] = this.service.log.map((line) =>
      JSON.parse(line),
    );
    return lines.filter((line) => line.level === level).map(({ msg }) => msg);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.standIn.stop();
  }
}

function hireOfNumber(
  number: number,
  { action = 'ADD', day = '2026-12-01' }: { readonly action?: 'ADD' | 'EDIT'; readonly day?: string },
): JsonObject {
  const birthday = new Date(Date.UTC(1980, 0, number)).toISOString().slice(0, 10);
  const phone = `+7 900 000-00-${String(number).padStart(2, '0')}`;
  const came = webhookOf({ last: 'Иванова', first: 'Анна', middle: 'Сергеевна', birthday, phone });
  return [
    [['event', 'applicant', 'id'], number] as const,
    [['event', 'applicant_log', 'id'], 9000 + number] as const,
    [['event', 'applicant_log', 'employment_date'], day] as const,
    [['meta', 'webhook_action'], action] as const,
    [['meta', 'event_id'], `${300 + number} ${action}`] as const,
  ].reduce<JsonObject>((body, [path, value]) => withValue(body, path, value), came);
}
