/** Splits a stream of IMAP into lines and what literals hold (RFC 3501 section 4.3). */
export class ImapLines {
  readonly #onLine: (line: string) => void;
  readonly #onLiteral: (bytes: Buffer) => void;
  #buffer: Buffer = Buffer.alloc(0);
  #scanned = 0;
  #literal = 0;

  /** @param onLiteral gets the bytes of literals, in parts, after the line that announces them. */
  constructor(onLine: (line: string) => void, onLiteral: (bytes: Buffer) => void = () => {}) {
    this.#onLine = onLine;
    this.#onLiteral = onLiteral;
  }

  push(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (this.#buffer.length > 0) {
      if (this.#literal > 0) this.#takeLiteral();
      else if (!this.#takeLine()) return;
    }
  }

  #takeLiteral(): void {
    const bytes = this.#buffer.subarray(0, this.#literal);
    this.#literal -= bytes.length;
    this.#buffer = this.#buffer.subarray(bytes.length);
    this.#onLiteral(bytes);
  }

  #takeLine(): boolean {
    const end = this.#buffer.indexOf('\r\n', Math.max(0, this.#scanned - 1));
    if (end < 0) {
      this.#scanned = this.#buffer.length;
      return false;
    }
    const line = this.#buffer.toString('latin1', 0, end);
    this.#buffer = this.#buffer.subarray(end + 2);
    this.#scanned = 0;
    this.#literal = Number(/\{(\d+)\}$/.exec(line)?.[1] ?? 0);
    this.#onLine(line);
    return true;
  }
}
