import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readConfig } from '../targets/configured.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Config } from '../config/config.ts';
import { listeningUrl } from '../config/host.ts';
import type { Source } from '../config/sources.ts';
import { readBody } from '../huntflow/body.ts';
import { envelopeOf } from '../huntflow/envelope.ts';
import { readBodyFile } from '../mapping/file/body-file.ts';
import { errorCode } from '../process/error-code.ts';
import { sign, wireBytes } from '../huntflow/wire.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface SendOptions extends ConfigOption, JsonOption {
  readonly source?: string;
  readonly url?: string;
  readonly event?: string;
  readonly raw?: boolean;
}

export function sendCommand(terminal: Terminal): Command {
  return configured('send', 'sign a body as Huntflow does and post it to a running service')
    .argument('<file>', 'the body, JSON')
    .option('--source <name>', 'whose webhook it is (default: the first source)')
    .option('--url <url>', 'where the service listens (default: as configured)')
    .option('--event <type>', 'the X-Huntflow-Event header (default: read from the body)')
    .option('--raw', 'send the bytes of the file as they are, instead of writing them as Huntflow does')
    .option('--json', 'for machines')
    .action((file: string, options: SendOptions) => send(file, options, terminal));
}

async function send(file: string, options: SendOptions, terminal: Terminal): Promise<void> {
  const { config } = await readConfig(loadConfig(options.config));
  const source = chosenSource(config, options.source);
  const bytes = readFile(file);
  const read = options.raw ? readBody(bytes) : readBodyFile(bytes);
  const body = options.raw || !read.ok ? bytes : wireBytes(read.body);
  const event = options.event ?? (read.ok ? envelopeOf(read.body, {}).eventType : undefined);
  const base = options.url ?? listeningUrl(config.server);
  const [secret] = source.secrets;
  const response = await post(`${base.replace(/\/$/, '')}/webhooks/${encodeURIComponent(source.name)}`, body, {
    'Content-Type': 'application/json',
    'X-Huntflow-Delivery': randomUUID(),
    ...(event !== undefined && { 'X-Huntflow-Event': event }),
    ...(secret !== undefined && { 'X-Huntflow-Signature': sign(secret, body) }),
  });
  const answer = await response.text();
  terminal.print(
    options.json ? JSON.stringify({ status: response.status, answer: parsed(answer) }) : `${response.status} ${answer}`,
  );
  if (!response.ok)
    throw new CommandError({
      ru: `служба ответила ${response.status}${response.status === 401 ? restarted.ru : ''}`,
      en: `the service answered ${response.status}${response.status === 401 ? restarted.en : ''}`,
    });
}

const restarted = {
  ru: ': она знает другой секрет; если его поменяли в .env или connector.yaml, перезапустите службу',
  en: ': it knows another secret; if that was changed in .env or connector.yaml, restart the service',
};

async function post(url: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      body: new Uint8Array(body),
      headers,
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    const code = errorCode(cause);
    throw new CommandError({
      ru: `служба не отвечает (${code ?? 'нет связи'}): запущена ли она на этом адресе?`,
      en: `the service does not answer (${code ?? 'no connection'}): is it running at this address?`,
    });
  }
}

function chosenSource(config: Config, name: string | undefined): Source {
  const source = name === undefined ? config.sources[0] : config.sources.find((each) => each.name === name);
  if (source !== undefined) return source;
  const names = config.sources.map((each) => each.name).join(', ');
  throw new CommandError({
    ru: `такого источника нет в connector.yaml; есть: ${names}`,
    en: `there is no such source in connector.yaml; there are: ${names}`,
  });
}

export function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new CommandError({
      ru: `файл ${file} не читается: проверьте путь и права`,
      en: `the file ${file} cannot be read: check its path and permissions`,
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
