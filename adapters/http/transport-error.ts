import { AxiosError } from 'axios';

/** Why a request has no answer; holds nothing of the request, for that has credentials and people in it. */
export class TransportError extends AxiosError {
  /** Whether the target may have received something. */
  readonly sent: boolean;
  /** `proxy`: it was the proxy that could not be reached or refused. */
  readonly at: 'target' | 'proxy';

  constructor(
    code: string,
    options: { readonly sent: boolean; readonly at?: 'target' | 'proxy'; readonly cause?: string },
  ) {
    super(`no answer: ${code}`, code);
    this.name = 'TransportError';
    this.sent = options.sent;
    this.at = options.at ?? 'target';
  }
}
