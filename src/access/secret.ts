import { hash, randomBytes } from 'node:crypto';

/** Of a session or a token: nobody guesses 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. */
export function secretHash(secret: string): string {
  return hash('sha256', `huntflow-connector ${secret}`);
}
