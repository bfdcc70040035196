import { array, mixed, number, object, string } from 'yup';
import {
  type Adapter,
  type AdapterClass,
  adapterErrorKind,
  type AdapterTools,
  type DeliveryContext,
  type Receipt,
  UnavailableError,
  UncertainError,
} from 'huntflow-connector/adapter';
import type { InferType } from 'yup';

const settings = object({
  /** `https://api.pyrus.com/v4`, or that of a server of your own. */
  url: string().required(),
  login: string().required(),
  securityKey: string().required(),
})
  .noUnknown()
  .required();

const record = object({
  form: number().integer().required(),
  /** The field of the form that holds our mark: a text field that people leave alone. */
  markField: number().integer().required(),
  fields: array(
    object({ id: number().integer().required(), value: mixed().required() }).noUnknown().required(),
  ).required(),
})
  .noUnknown()
  .required();

/**
 * A task by a form of Pyrus, once for each delivery. Pyrus knows no key against repetition: our mark stands in a field
 * of the form, and the register is asked for it before a create of which nobody knows how it ended. Not known here, for
 * nobody tried it on an account: the bodies of its errors and its limits; how long a new task is missing from the
 * register.
 */
class Pyrus implements Adapter<InferType<typeof record>> {
  static readonly type = 'pyrus';
  static readonly settings = settings;
  static readonly record = record;
  static readonly looks = true;
  readonly #http: ReturnType<AdapterTools['http']>;
  readonly #access: { readonly login: string; readonly security_key: string };
  #token: Promise<string> | undefined;

  constructor({ url, login, securityKey }: InferType<typeof settings>, tools: AdapterTools) {
    this.#http = tools.http({ baseUrl: url });
    this.#access = { login, security_key: securityKey };
  }

  async deliver({ form, markField, fields }: InferType<typeof record>, delivery: DeliveryContext): Promise<Receipt> {
    const headers = { Authorization: `Bearer ${await this.#entered(delivery.signal)}` };
    const mark = `HF-${delivery.idempotencyKey}`;
    try {
      if (delivery.progress === 'creating') {
        const params = { [`fld${markField}`]: mark, include_archived: 'y' };
        const { data } = await this.#http.get<unknown>(`/forms/${form}/register`, { delivery, headers, params });
        const tasks: unknown = memberOf(data, 'tasks');
        if (!Array.isArray(tasks)) throw unread();
        if (tasks.length > 0) return { summary: 'already there' };
      }
      await delivery.saveProgress('creating');
      const body = { form_id: form, fields: [...fields, { id: markField, value: mark }] };
      const { data } = await this.#http.post<unknown>('/tasks', body, { delivery, headers });
      if (memberOf(memberOf(data, 'task'), 'id') === undefined) throw noTask();
      return { summary: 'created' };
    } catch (error) {
      // A token that is refused is fetched anew by the next attempt.
      if (adapterErrorKind(error) === 'unavailable') this.#token = undefined;
      throw error;
    }
  }

  /** One token for all deliveries. */
  #entered(signal: AbortSignal): Promise<string> {
    this.#token ??= this.#http.post<unknown>('/auth', this.#access, { signal }).then(
      ({ data }) => {
        const token = memberOf(data, 'access_token');
        if (typeof token === 'string') return token;
        this.#token = undefined;
        throw unread();
      },
      () => {
        this.#token = undefined;
        throw new UnavailableError({
          ru: 'Pyrus не выдал токен: проверьте login и securityKey; ничего не отправлено.',
          en: 'Pyrus gave no token: check login and securityKey; nothing was sent.',
        });
      },
    );
    return this.#token;
  }
}

const unread = (): UnavailableError =>
  new UnavailableError({
    ru: 'Ответ Pyrus не прочитать; повторим.',
    en: 'The answer of Pyrus cannot be read; again later.',
  });

const noTask = (): UncertainError =>
  new UncertainError({
    ru: 'Pyrus ответил без номера задачи: посмотрим по метке, создана ли она.',
    en: 'Pyrus answered without a task: the mark will tell whether it was made.',
  });

function memberOf(value: unknown, name: string): unknown {
  const members: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  return members[name];
}

export default Pyrus satisfies AdapterClass;
