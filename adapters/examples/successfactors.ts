import { array, mixed, object, string } from 'yup';
import {
  type Adapter,
  type AdapterClass,
  type AdapterTools,
  type DeliveryContext,
  type Receipt,
  RejectedError,
  UnavailableError,
  UncertainError,
} from 'huntflow-connector/adapter';
import type { InferType } from 'yup';

const settings = object({
  /** `https://apiNN.successfactors.eu/odata/v2`, by the data centre of the tenant. */
  url: string().required(),
  /** Basic: `user@company`. */
  user: string().required(),
  password: string().required(),
})
  .noUnknown()
  .required();

const record = object({
  /** In order: PerPerson before EmpEmployment, and so on. `uri` holds the key, e.g. `PerPerson('HF-17')`. */
  upsert: array(
    object({
      uri: string()
        .matches(/^\w+\([^()]+\)$/)
        .required(),
      fields: mixed<Readonly<Record<string, unknown>>>().required(),
    })
      .noUnknown()
      .required(),
  )
    .min(1)
    .required(),
})
  .noUnknown()
  .required();

/**
 * SAP SuccessFactors over OData v2: entities are upserted by keys of our own, so that a repetition does no harm. The
 * answer is 200 also for what was refused: `status` and `httpCode` of each result decide. Not known here, for nobody
 * tried it on a tenant: OAuth2 by SAML assertion (this example has Basic), limits of the tenant, which fields it wants.
 */
class SuccessFactors implements Adapter<InferType<typeof record>> {
  static readonly type = 'successfactors';
  static readonly settings = settings;
  static readonly record = record;
  static readonly looks = true;
  readonly #http: ReturnType<AdapterTools['http']>;

  constructor({ url, user, password }: InferType<typeof settings>, tools: AdapterTools) {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    this.#http = tools.http({ baseUrl: url, headers: { Authorization: authorization, Accept: 'application/json' } });
  }

  async deliver({ upsert }: InferType<typeof record>, delivery: DeliveryContext): Promise<Receipt> {
    for (const { uri, fields } of upsert) {
      const body = [{ __metadata: { uri }, ...fields }];
      const { data } = await this.#http.post<unknown>('/upsert', body, { delivery });
      judge(data, uri.replace(/\(.*$/s, ''));
    }
    return { summary: `upserted ${upsert.length}` };
  }
}

function judge(data: unknown, entity: string): void {
  const results: unknown = memberOf(data, 'd');
  const result: unknown = Array.isArray(results) ? results[0] : undefined;
  const code = Number(memberOf(result, 'httpCode'));
  if (memberOf(result, 'status') === 'OK' && code < 300) return;
  const options = { code: String(code), field: entity };
  if (memberOf(result, 'status') !== 'ERROR')
    throw new UncertainError({
      ru: `${entity}: ответ не похож на результат upsert; посмотрите его в попытке.`,
      en: `${entity}: the answer is no result of an upsert; see it in the attempt.`,
    });
  if (code === 429 || code >= 500)
    throw new UnavailableError(
      { ru: `${entity}: код ${code}, повторим.`, en: `${entity}: code ${code}, again later.` },
      options,
    );
  throw new RejectedError(
    {
      ru: `${entity}: SuccessFactors отказал, код ${code}; причина — в попытке, исправьте данные или маппинг.`,
      en: `${entity}: SuccessFactors refused, code ${code}; the attempt has the reason: mend the data or the mapping.`,
    },
    options,
  );
}

function memberOf(value: unknown, name: string): unknown {
  const members: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  return members[name];
}

export default SuccessFactors satisfies AdapterClass;
