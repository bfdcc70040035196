import type { HttpResponse } from './answers.ts';

/** A page for people where a program was to answer: a login, a proxy's or a firewall's. */
export function isPage({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  if (/^\s*text\/html\b|xhtml/i.test(headers['content-type'] ?? '')) return true;
  return /^[\s\ufeff\u00ef\u00bb\u00bf]*(?:<!--|<!doctype\s+html|<html\b|<head\b|<body\b)/i.test(
    body.toString('latin1', 0, 200),
  );
}
