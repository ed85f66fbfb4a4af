/** What mail libraries and Node put on their errors, as far as it can be relied on. */
export interface ErrorSignals {
  /** Node's or the library's code, '' when there is none. */
  readonly code: string;
  readonly message: string;
  /** NO or BAD when the server answered so, else ''. */
  readonly status: string;
  /** The response code in brackets (RFC 5530), upper case, '' when there is none. */
  readonly responseCode: string;
  /** The server's own words with the response code, fit to be shown; '' when it said nothing. */
  readonly said: string;
  readonly authenticationFailed: boolean;
  readonly tlsFailed: boolean;
  readonly mailboxMissing: boolean;
}

const MAX_DETAIL = 300;

/** Reads an error that was caught; never throws. */
export function signalsOf(error: unknown): ErrorSignals {
  const fields: Record<string, unknown> =
    typeof error === 'object' && error !== null ? { ...error } : {};
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  const responseCode = text('serverResponseCode').toUpperCase();
  const words = text('responseText') || text('reason');
  return {
    code: text('code'),
    message: presentable(error instanceof Error ? error.message : String(error)),
    status: text('responseStatus'),
    responseCode,
    said: presentable(responseCode === '' ? words : `[${responseCode}] ${words}`),
    authenticationFailed: fields.authenticationFailed === true,
    tlsFailed: fields.tlsFailed === true,
    mailboxMissing: fields.mailboxMissing === true,
  };
}

/** A stranger's text on one line, without control characters, at most 300 characters. */
export function presentable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL)}…` : line;
}
