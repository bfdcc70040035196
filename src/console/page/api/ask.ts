import { isText, type Language, type Text, verbatim } from '../../../text.ts';

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

/**
 * JSON from the API; throws Refusal for what the service refuses, and what fetch throws when nobody answers. The
 * caller names the shape, as the schema of the route does; tests of the API hold the routes to their schemas.
 */
export async function ask<Answer>(path: string, { method = 'GET', body, signal, language }: Wish): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: {
      Accept: 'application/json',
      'Accept-Language': language,
      ...(method !== 'GET' && { 'Content-Type': 'application/json' }),
    },
    credentials: 'same-origin',
    ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
    ...(signal !== undefined && { signal }),
  });
  const text = await response.text();
  if (!response.ok) throw refusalOf(response.status, text);
  const answer: Answer = JSON.parse(text === '' ? 'null' : text);
  return answer;
}

function refusalOf(status: number, text: string): Refusal {
  try {
    const { error }: { error?: { code?: unknown; field?: unknown; text?: unknown } } = JSON.parse(text);
    const { code, field, text: said } = error ?? {};
    return new Refusal(status, {
      code: typeof code === 'string' ? code : String(status),
      field: typeof field === 'string' ? field : undefined,
      text: isText(said) ? said : verbatim(`HTTP ${status}`),
    });
  } catch {
    return new Refusal(status, { code: String(status), text: verbatim(`HTTP ${status}`) });
  }
}
