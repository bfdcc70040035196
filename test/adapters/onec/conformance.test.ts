import type { Adapter, DeliveryContext } from '../../../src/adapter.ts';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import { type AdapterHarness, describeAdapter } from '../../conformance/adapter.ts';
import { toolsIn } from '../../support/delivery-context.ts';
import { OnecStandIn } from '../../../stand-ins/onec/stand-in.ts';

const record: OneCRecord = {
  steps: [
    {
      upsert: 'Catalog_ФизическиеЛица',
      of: { kind: 'applicant', id: 17 },
      marker: 'Комментарий',
      fields: { Description: 'Иванова Анна', Фамилия: 'Иванова', Имя: 'Анна', ДатаРождения: '1990-05-01' },
    },
  ],
};

const refused: OneCRecord = {
  steps: [
    { upsert: 'Catalog_ФизическиеЛица', of: { kind: 'applicant', id: 18 }, fields: { Фамилия: 'Петрова'.repeat(10) } },
  ],
};

/** One delivery is about one applicant: here each stands for an applicant of its own. */
class EachAnother implements Adapter<OneCRecord> {
  readonly #adapter: OnecOdata;

  constructor(adapter: OnecOdata) {
    this.#adapter = adapter;
  }

  deliver({ steps }: OneCRecord, delivery: DeliveryContext): ReturnType<OnecOdata['deliver']> {
    return this.#adapter.deliver(
      { steps: steps.map((step) => (step === null ? null : { ...step, of: { kind: 'applicant', id: delivery.id } })) },
      delivery,
    );
  }

  check(context: Parameters<OnecOdata['check']>[0]): ReturnType<OnecOdata['check']> {
    return this.#adapter.check(context);
  }

  close(): Promise<void> {
    return this.#adapter.close();
  }
}

async function harness(format: string): Promise<AdapterHarness<OneCRecord>> {
  const standIn = await OnecStandIn.start();
  const tools = toolsIn(undefined, { timeout: 5000 });
  const { user, password } = standIn.behaviour;
  const settings = { url: standIn.url, user, password, format };
  return {
    adapterClass: OnecOdata,
    settings,
    adapter: new EachAnother(new OnecOdata(OnecOdata.settings.cast(settings), tools)),
    record,
    refused,
    secrets: ['Иванова', '%D0%98%D0%B2', 'Петрова', '1990-05-01', password],
    effects: async () => standIn.base.all('Catalog_ФизическиеЛица').length,
    cutOff: () => standIn.stop(),
    reconnect: () => standIn.listen(),
    hang: async () => {
      standIn.hanging = true;
    },
    dispose: async () => {
      await standIn.stop();
      tools.dispose();
    },
  };
}

describeAdapter('onec-odata (json)', () => harness('json'));
describeAdapter('onec-odata (atom)', () => harness('atom'));
