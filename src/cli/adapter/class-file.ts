import type { Language } from '../../text.ts';

/** `pass-office` → `PassOffice`. */
export function className(name: string): string {
  return name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** A working adapter: one employee for each applicant, created and then changed, looked for before it is created. */
export function classFile(name: string, language: Language): string {
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  const made = className(name);
  return `import { type InferType, number, object, string } from 'yup';
import {
  type Adapter,
  type AdapterClass,
  type AdapterTools,
  type CheckContext,
  type DeliveryContext,
  type Finding,
  type Receipt,
  UncertainError,
} from 'huntflow-connector/adapter';
import { errorText } from 'huntflow-connector/toolkit';

// ${say('settings этой цели в connector.yaml; что не подходит, скажет check', 'settings of the target in connector.yaml; check tells what does not fit')}
const settings = object({ url: string().required(), token: string().required() }).noUnknown().required();

// ${say('record маппинга; маппинги сверяются с этой схемой до отправки', 'record of a mapping; mappings are held against this schema before anything is sent')}
const record = object({
  applicant: number().required(),
  name: string().required(),
  from: string().required(),
})
  .noUnknown()
  .required();

export type Employee = InferType<typeof record>;

/** ${say('Один сотрудник на кандидата: сначала создаётся, потом изменяется.', 'One employee for each applicant: created first, changed later.')} */
class ${made} implements Adapter<Employee> {
  static readonly type = '${name}';
  static readonly settings = settings;
  static readonly record = record;
  readonly #http: ReturnType<AdapterTools['http']>;

  constructor({ url, token }: InferType<typeof settings>, tools: AdapterTools) {
    // ${say('axios: сроки, пределы, прокси и ошибки контракта уже в нём', 'an axios that has deadlines, limits, proxies and the errors of the contract')}
    this.#http = tools.http({ baseUrl: url, headers: { Authorization: \`Bearer \${token}\` } });
  }

  async deliver(employee: Employee, delivery: DeliveryContext): Promise<Receipt> {
    // ${say('под каким id цель знает этого кандидата; объединённые дубли уже учтены', 'under which id the target knows this applicant; merged duplicates are seen to')}
    const id = await delivery.references.survivorOf('applicant', employee.applicant);
    const entity = { kind: 'applicant', id, set: 'employees' };
    const known = await delivery.references.find(entity);
    // ${say('delivery: запрос и ответ остаются в попытке, остановка службы прерывает ожидание', 'delivery: request and answer stay with the attempt, and a stop of the service ends the wait')}
    // ${say('Idempotency-Key один на все попытки: цель, которая его знает, не создаст второго', 'Idempotency-Key is the same over attempts: a target that heeds it makes no second one')}
    const options = { delivery, headers: { 'Idempotency-Key': delivery.idempotencyKey } };
    if (known !== undefined) {
      await this.#http.put(\`/employees/\${known}\`, employee, options);
      return { summary: 'updated' };
    }
    const { data } = await this.#http.post<unknown>('/employees', employee, options);
    const made = idIn(data);
    if (made === undefined)
      throw new UncertainError({
        ru: 'Цель ответила без id сотрудника: посмотрите, создан ли он; попытка повторится с тем же ключом.',
        en: 'The target answered without an id: see whether the employee is there; it is tried again with the same key.',
      });
    await delivery.references.keep(entity, made);
    return { summary: 'created' };
  }

  /** ${say('Команда check --live: адрес и доступ, без записи.', 'For check --live: address and access, without writing.')} */
  async check({ signal }: CheckContext): Promise<Finding[]> {
    try {
      await this.#http.get('/employees', { signal, params: { limit: 1 } });
      return [];
    } catch (error) {
      return [{ level: 'error', text: errorText(error) ?? 'The target could not be asked.' }];
    }
  }
}

function idIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('id' in data)) return undefined;
  return typeof data.id === 'string' || typeof data.id === 'number' ? String(data.id) : undefined;
}

export default ${made} satisfies AdapterClass;
`;
}
