/**
 * Bytes of an answer's beginning that are kept until its head was read: enough for the status line behind interim ones.
 */
const kept = 16 * 1024;

/**
 * What came of an answer before anybody could read its head. The parser of Node tells nothing of a head with a fault
 * in it, and its `rawPacket` holds the last packet alone (facts/targets.md 9.1); the status line stands in the first.
 */
export class AnswerHead {
  #bytes = '';

  /** Whether a byte of the answer has come. */
  get begun(): boolean {
    return this.#bytes !== '';
  }

  readonly take = (chunk: Buffer): void => {
    if (this.#bytes.length < kept) this.#bytes += chunk.toString('latin1', 0, kept - this.#bytes.length);
  };

  /** The status of the first whole status line that is no interim one (1xx); undefined when none has come. */
  get status(): number | undefined {
    for (let at = 0; ;) {
      const lineEnd = this.#bytes.indexOf('\n', at);
      const line = lineEnd === -1 ? null : /^HTTP\/\d(?:\.\d)? (\d{3})(?=[ \r]|$)/.exec(this.#bytes.slice(at, lineEnd));
      if (line === null) return undefined;
      const status = Number(line[1]);
      if (status >= 200 || status === 101) return status;
      const crlf = this.#bytes.indexOf('\r\n\r\n', at);
      const next = crlf === -1 ? this.#bytes.indexOf('\n\n', at) + 2 : crlf + 4;
      if (next < 2 || next <= at) return undefined;
      at = next;
    }
  }
}
