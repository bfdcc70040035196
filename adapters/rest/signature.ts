import { createHmac } from 'node:crypto';

/** `settings.sign`: Standard Webhooks unless a template says otherwise. */
export interface SignSettings {
  /** `whsec_…` (base64) for Standard Webhooks, else as it is; two while one is being changed. */
  readonly secrets: readonly string[];
  readonly algorithm?: 'sha256' | 'sha512' | 'sha1' | undefined;
  readonly encoding?: 'hex' | 'base64' | undefined;
  readonly header?: string | undefined;
  /** Before the signature, e.g. `sha256=`. */
  readonly prefix?: string | undefined;
  /** What is signed: a text with `{id}`, `{timestamp}`, `{method}`, `{path}` and `{body}`. */
  readonly content?: string | undefined;
}

export interface Signed {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly method: string;
  readonly path: string;
  /** The exact bytes that go out. */
  readonly body: string | Uint8Array;
}

/** Headers that prove who sent these bytes: a new time for each attempt, the same id. */
export function signatureHeaders(settings: SignSettings, signed: Signed): Record<string, string> {
  const { secrets, header } = settings;
  const standard = settings.content === undefined && header === undefined;
  const made = secrets
    .filter((secret) => secret !== '')
    .map((secret) =>
      standard ? `v1,${standardSignature(secret, signed)}` : templateSignature(secret, settings, signed),
    );
  const id = { 'webhook-id': signed.id, 'webhook-timestamp': String(signed.timestamp) };
  return standard
    ? { ...id, 'webhook-signature': made.join(' ') }
    : {
        ...(settings.content?.includes('{timestamp}') === true && id),
        [(header ?? 'x-signature').toLowerCase()]: made.join(','),
      };
}

function standardSignature(secret: string, { id, timestamp, body }: Signed): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

function templateSignature(secret: string, settings: SignSettings, signed: Signed): string {
  const { algorithm = 'sha256', encoding = 'hex', prefix = '', content = '{body}' } = settings;
  const hmac = createHmac(algorithm, Buffer.from(secret, 'utf8'));
  for (const part of content.split(/(\{(?:id|timestamp|method|path|body)\})/)) hmac.update(valueOf(part, signed));
  return prefix + hmac.digest(encoding);
}

function valueOf(part: string, { id, timestamp, method, path, body }: Signed): string | Uint8Array {
  if (part === '{id}') return id;
  if (part === '{timestamp}') return String(timestamp);
  if (part === '{method}') return method;
  if (part === '{path}') return path;
  return part === '{body}' ? body : part;
}
