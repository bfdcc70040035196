import { isText, type Language, type Text, verbatim } from '../../../text.ts';
import { isAttended } from './attended.ts';

/** The service answered, and the answer is no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly text: Text;

  constructor(status: number, { code, field, text }: { code: string; field?: string | undefined; text: Text }) {
    super(text.en);
    this.status = status;
    this.code = code;
    this.field = field;
    this.text = text;
  }
}

interface Wish {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly language: Language;
}

/** Nobody answered, or not in time, or a proxy says that nobody does. */
export class Unheard extends Error {
  override readonly name = 'Unheard';
  /** It took all the time there was: to ask once more would take as long. */
  readonly late: boolean;

  constructor(cause: unknown, late: boolean) {
    super('nobody answered', { cause });
    this.late = late;
  }
}

/** How long somebody waits for what is read, and for what is done, which may ask a target; milliseconds. */
const readTime = 20_000;
const actTime = 180_000;

/**
 * JSON from the API; throws Refusal for what the service refuses, and Unheard when nobody answers. The caller names the
 * shape, as the schema of the route does; tests of the API hold the routes to their schemas.
 */
export async function ask<Answer>(path: string, wish: Wish): Promise<Answer> {
  const { ok, status, text } = await heard(path, wish);
  if (!ok) throw refusalOf(status, text);
  const answer: Answer = JSON.parse(text === '' ? 'null' : text);
  return answer;
}

interface Heard {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

async function heard(path: string, { method = 'GET', body, signal, language }: Wish): Promise<Heard> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), method === 'GET' ? readTime : actTime);
  try {
    const response = await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': language,
        ...(method !== 'GET' && { 'Content-Type': 'application/json' }),
        ...(!isAttended() && { 'X-Unattended': '1' }),
      },
      credentials: 'same-origin',
      ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
      signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Unheard(error, late.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(status: number, text: string): Refusal | Unheard {
  try {
    const { error }: { error?: { code?: unknown; field?: unknown; text?: unknown } } = JSON.parse(text);
    const { code, field, text: said } = error ?? {};
    return new Refusal(status, {
      code: typeof code === 'string' ? code : String(status),
      field: typeof field === 'string' ? field : undefined,
      text: isText(said) ? said : verbatim(`HTTP ${status}`),
    });
  } catch (error) {
    // A page of a proxy in front of the service.
    if (status >= 502 && status <= 504) return new Unheard(error, false);
    return new Refusal(status, { code: String(status), text: verbatim(`HTTP ${status}`) });
  }
}
