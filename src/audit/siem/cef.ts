import type { AuditEntry } from '../entry.ts';

/** Facility 13 (log audit), severity 6 (informational): RFC 5424, 6.2.1. */
const priority = 13 * 8 + 6;

/** Characters of a custom string that CEF allows. */
const longest = 4000;

/** Who sends: this machine and this version. */
export interface CefSender {
  readonly hostname: string;
  readonly version: string;
  readonly pid: number;
}

/**
 * An entry as one message of RFC 5424 with CEF in it, counted as RFC 6587 wants it over TCP. `externalId` is its number
 * in the chain: one that was sent twice is known by it. `cs2` is the hash, so that the end of the chain is known
 * elsewhere with every message.
 */
export function syslogMessage(entry: AuditEntry, { hostname, version, pid }: CefSender): Buffer {
  const header = [`<${priority}>1`, new Date(entry.at).toISOString(), printable(hostname), 'huntflow-connector', pid];
  const message = Buffer.from(`${header.join(' ')} audit - ${cef(entry, version)}`);
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

function cef({ seq, at, who, from, action, on, hash }: AuditEntry, version: string): string {
  const device = ['CEF:0', 'huntflow-connector', 'huntflow-connector', version, action, `audit ${action}`];
  const fields = {
    rt: String(at),
    externalId: String(seq),
    suser: who,
    act: action,
    cs1Label: 'on',
    cs1: whole(on),
    cs2Label: 'hash',
    cs2: hash,
    cs3Label: 'from',
    cs3: from,
    cnt: String(on.length),
  };
  const extension = Object.entries(fields).map(([name, value]) => `${name}=${inExtension(value)}`);
  return `${device.map(inHeader).join('|')}|3|${extension.join(' ')}`;
}

/** As many ids as fit, none of them cut; `cnt` says how many there are. */
function whole(on: readonly string[]): string {
  const text = on.join(' ');
  return text.length <= longest ? text : text.slice(0, text.lastIndexOf(' ', longest));
}

function inHeader(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').replaceAll(/[\\|]/g, String.raw`\$&`);
}

function inExtension(text: string): string {
  return text
    .replaceAll(/[\\=]/g, String.raw`\$&`)
    .replaceAll(/\r?\n|\r/g, String.raw`\n`)
    .replaceAll(/[\u0000-\u001f\u007f]/g, ' ');
}

/** PRINTUSASCII without blanks, as HOSTNAME must be. */
function printable(hostname: string): string {
  return hostname.replaceAll(/[^\u0021-\u007e]/g, '_').slice(0, 255) || '-';
}
