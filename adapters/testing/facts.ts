import { isSchema, ValidationError } from 'yup';
import { discreet, fitForPeople } from './bench.ts';
import { BrokenFact, holds } from './broken-fact.ts';
import type { Schema } from 'yup';
import type { Bench, Outcome } from './bench.ts';

/** What the outbox relies on, whatever the target is. */
export interface Fact {
  readonly name: string;
  readonly holds: <R>(bench: Bench<R>) => Promise<void>;
}

/** src/adapter.ts, read as facts. */
export const facts: readonly Fact[] = [
  {
    name: 'it has a type and takes its settings',
    holds: async ({ harness }) => {
      const { adapterClass, settings } = harness;
      holds(
        /^[a-z][a-z0-9-]*$/.test(adapterClass.type),
        'type класса — строчные латинские буквы, цифры и дефисы, первой идёт буква',
        'the type of the class is made of small Latin letters, digits and hyphens, and begins with a letter',
      );
      holds(
        isSchema(adapterClass.settings) && isSchema(adapterClass.record),
        'settings и record класса — схемы yup',
        'settings and record of the class are yup schemas',
      );
      const faults = faultsOf(adapterClass.settings, settings).join('; ');
      holds(
        faults === '',
        `settings теста не проходят по схеме класса: ${faults}`,
        `settings of the harness do not fit the schema of the class: ${faults}`,
      );
    },
  },
  {
    name: 'it refuses unknown keys of settings, and missing ones',
    holds: async ({ harness }) => {
      const { adapterClass, settings } = harness;
      holds(
        faultsOf(adapterClass.settings, { ...settings, fodler: 'x' }).length > 0,
        'settings берут любой ключ, и опечатку никто не заметит: добавьте .noUnknown()',
        'settings take any key, so that nobody sees a slip: add .noUnknown()',
      );
      holds(
        faultsOf(adapterClass.settings, {}).length > 0,
        'settings проходят и пустыми: то, без чего классу не работать, отметьте .required()',
        'settings may be empty: what the class cannot do without is .required()',
      );
    },
  },
  {
    name: 'it takes its record by the schema, and no other',
    holds: async ({ harness }) => {
      const { adapterClass } = harness;
      const faults = faultsOf(adapterClass.record, harness.record(1)).join('; ');
      holds(
        faults === '',
        `record(1) теста не проходит по схеме record: ${faults}`,
        `record(1) of the harness does not fit the schema record: ${faults}`,
      );
      for (const wrong of [undefined, null, 'text', 7, [], [harness.record(1)]])
        holds(
          faultsOf(adapterClass.record, wrong).length > 0,
          `схема record берёт за запись и ${JSON.stringify(wrong)}: сделайте её object({ … }).required()`,
          `the schema record takes ${JSON.stringify(wrong)} for a record: make it object({ … }).required()`,
        );
    },
  },
  {
    name: 'it delivers a record, and tells what it sent and what came back',
    holds: async (bench) => {
      const outcome = await bench.attempt(1);
      delivered(outcome);
      await leaves(bench, 1);
      const { exchanges } = outcome.delivery;
      holds(
        exchanges.length > 0,
        'о запросе ничего не сказано: передайте { delivery } в tools.http или позовите delivery.sent(…) прямо перед отправкой',
        'nothing was told of a request: give { delivery } to tools.http, or call delivery.sent(…) right before bytes leave',
      );
      for (const { request, response } of exchanges) {
        holds(
          response !== undefined && response.summary !== '',
          'об ответе ничего не сказано: то, что вернул delivery.sent(…), зовут с ответом',
          'nothing was told of the answer: call what delivery.sent(…) returned with it',
        );
        discreet(`${request.summary} ${response.summary}`, bench.harness.secrets);
      }
    },
  },
  {
    name: 'the same delivery again leaves one effect',
    holds: async (bench) => {
      delivered(await bench.attempt(1));
      delivered(await bench.attempt(1));
      const effects = await bench.harness.effects();
      if (effects > 1) throw doubled(effects, 1);
      await leaves(bench, 1);
    },
  },
  {
    name: 'several deliveries at once leave an effect each',
    holds: async (bench) => {
      for (const outcome of await Promise.all([1, 2, 3, 4].map((id) => bench.delivered(id)))) delivered(outcome);
      await leaves(bench, 4);
    },
  },
  {
    name: 'it rejects what the target will never take',
    holds: async (bench) => {
      const { refused, secrets } = bench.harness;
      holds(
        refused !== undefined,
        'в тесте нет записи, которую цель не примет никогда: дайте её как refused или назовите это в cannot',
        'the harness has no record that the target will never take: give one as refused, or name it in cannot',
      );
      const { kind, error } = await bench.attempt(1, {}, { record: refused });
      holds(
        kind === 'rejected',
        `запись, которую цель не примет никогда, кончилась как ${kind}${said(error)}: такой отказ — RejectedError`,
        `a record that the target will never take ended as ${kind}${said(error)}: such a refusal is a RejectedError`,
        error,
      );
      fitForPeople(error, secrets);
      await leaves(bench, 0);
    },
  },
  {
    name: 'it is unavailable while the target is away, and delivers once it is back',
    holds: async (bench) => {
      await bench.network.cutOff();
      const { kind, error } = await bench.attempt(1);
      holds(
        kind === 'unavailable',
        `цели нет, а попытка кончилась как ${kind}${said(error)}: это UnavailableError, её бросает tools.http`,
        `the target was away, and the attempt ended as ${kind}${said(error)}: that is an UnavailableError, as tools.http throws it`,
        error,
      );
      fitForPeople(error, bench.harness.secrets);
      await bench.network.reconnect();
      delivered(await bench.delivered(1));
      await leaves(bench, 1);
    },
  },
  {
    name: 'nothing leaves when the signal was aborted before',
    holds: async (bench) => {
      const { kind, error, delivery } = await bench.attempt(1, { signal: AbortSignal.abort() });
      holds(
        (kind === 'unavailable' || kind === 'unforeseen') && delivery.exchanges.length === 0,
        `служба останавливалась до первого байта, а попытка кончилась как ${kind}${said(error)}, запросов: ${delivery.exchanges.length}. Передайте delivery.signal туда, где шлют`,
        `the service was stopping before the first byte, and the attempt ended as ${kind}${said(error)}, requests: ${delivery.exchanges.length}. Pass delivery.signal on to whatever sends`,
        error,
      );
      await leaves(bench, 0);
    },
  },
  {
    name: 'it stops waiting as soon as the signal is aborted',
    holds: async (bench) => {
      await bench.network.hang();
      const begun = performance.now();
      const { kind, error } = await bench.attempt(1, { signal: AbortSignal.timeout(50) });
      holds(
        performance.now() - begun < 3500,
        'служба остановилась, а класс ждёт дальше: передайте delivery.signal всему, что ждёт',
        'the service stopped, and the class waits on: pass delivery.signal on to whatever waits',
      );
      holds(
        kind !== 'delivered' && kind !== 'rejected',
        `цель молчала, ожидание прервано, а попытка кончилась как ${kind}${said(error)}: исход тут неизвестен`,
        `the target was silent and the wait was cut short, and the attempt ended as ${kind}${said(error)}: nobody knows the outcome`,
        error,
      );
      if (kind !== 'unforeseen') fitForPeople(error, bench.harness.secrets);
    },
  },
  {
    name: 'check finds nothing at a healthy target, and writes nothing',
    holds: async ({ adapter, harness }) => {
      const findings = await adapter.check?.({
        mappings: [{ name: 'hire', record: harness.record(1) }],
        signal: AbortSignal.timeout(10_000),
      });
      const errors = (findings ?? []).filter(({ level }) => level === 'error').map(({ text }) => text);
      const words = errors.map((text) => (typeof text === 'string' ? text : text.en)).join('; ');
      holds(
        words === '',
        `check нашёл ошибки у здоровой цели: ${words}`,
        `check found faults at a healthy target: ${words}`,
      );
      holds(
        (await harness.effects()) === 0,
        'check что-то записал в цель: он только смотрит',
        'check wrote something to the target: it may look and nothing else',
      );
    },
  },
  {
    name: 'check says that the target is away',
    holds: async (bench) => {
      if (bench.adapter.check === undefined) return;
      await bench.network.cutOff();
      const findings = await bench.adapter.check({ mappings: [], signal: AbortSignal.timeout(10_000) });
      holds(
        findings.some(({ level }) => level === 'error'),
        'цели нет, а check промолчал: он возвращает находку с level: error',
        'the target was away, and check said nothing: it returns a finding of level error',
      );
    },
  },
  {
    name: 'it may be closed twice',
    holds: async (bench) => {
      delivered(await bench.attempt(1));
      await bench.adapter.close?.();
      await bench.adapter.close?.();
    },
  },
];

export function delivered({ kind, error }: Outcome): void {
  holds(
    kind === 'delivered',
    `запись не доставлена, попытка кончилась как ${kind}${said(error)}`,
    `the record was not delivered, the attempt ended as ${kind}${said(error)}`,
    error,
  );
}

/** The usual fault of a target that knows no key, and what can be done about it. */
export function doubled(effects: number, told: number): BrokenFact {
  return new BrokenFact(
    `Цель приняла запись не один раз, а ${effects} (о скольких сказано: ${told}): пошлите Idempotency-Key, если цель его ` +
      'знает; или сначала ищите, потом создавайте; или назовите это в cannot: { because, twice: true }, и уберите тогда Idempotency-Key из заголовков',
    `The target took the record not once but ${effects} times (told of: ${told}): send Idempotency-Key if the target ` +
      'heeds it; or look before creating; or name it in cannot: { because, twice: true }, and then leave Idempotency-Key out of the headers',
  );
}

async function leaves<R>({ harness }: Bench<R>, wanted: number): Promise<void> {
  const effects = await harness.effects();
  holds(
    effects === wanted,
    `у цели записей: ${effects}, а должно быть ${wanted}; сколько их, говорит effects теста`,
    `the target has ${effects} records, and it should be ${wanted}; effects of the harness tells how many`,
  );
}

/** ` (TypeError: x is not a function)`; the suite's records are made up, so words may be shown. */
export function said(error: unknown): string {
  if (error === undefined) return '';
  return ` (${error instanceof Error ? String(error) : `a thrown ${typeof error}`})`;
}

function faultsOf(schema: Schema, value: unknown): readonly string[] {
  try {
    schema.validateSync(value, { abortEarly: false, stripUnknown: false });
    return [];
  } catch (error) {
    if (ValidationError.isError(error)) return error.errors.map(String);
    throw error;
  }
}
