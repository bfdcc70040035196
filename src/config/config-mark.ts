import { hash } from 'node:crypto';

/** A header of `/health/live`: whose service it is, for whoever finds the port taken. */
export const configHeader = 'x-huntflow-connector-config';

/** Of the path of connector.yaml: a hash, for the path itself names people's folders. */
export function configMark(file: string): string {
  return hash('sha256', file).slice(0, 16);
}
