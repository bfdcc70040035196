import { AxiosError } from 'axios';

/** Why a request has no answer; holds nothing of the request, for that has credentials and people in it. */
export class TransportError extends AxiosError {
  /** Whether the target may have received something. */
  readonly sent: boolean;

  constructor(code: string, { sent }: { readonly sent: boolean }) {
    super(`no answer: ${code}`, code);
    this.name = 'TransportError';
    this.sent = sent;
  }
}
