import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../src/imap/describe-problem.ts';
import type { MailboxProblemCode } from '../../../src/imap/mailbox.ts';

const PLACE = {
  host: 'imap.firm.example',
  port: 993,
  username: 'archive@firm.example',
  folder: 'INBOX.New',
};

/** A word that the sentence must hold, so that it tells what the code means. */
const TELLING: Record<MailboxProblemCode, RegExp> = {
  'host-not-found': /no server named imap\.firm\.example/,
  'connection-refused': /993.*check the port/,
  unreachable: /firewall/,
  'forbidden-address': /never to a mail server/,
  'timed-out': /in time/,
  'too-slow': /so slowly/,
  'no-greeting': /says nothing/,
  'tls-on-plain-port': /choose STARTTLS/,
  'plain-on-tls-port': /choose SSL\/TLS/,
  'starttls-missing': /no STARTTLS.*choose SSL\/TLS/,
  certificate: /certificate of imap\.firm\.example/,
  'certificate-untrusted': /no known authority/,
  'certificate-expired': /has expired/,
  'certificate-name': /another name than imap\.firm\.example/,
  'tls-failed': /TLS 1\.2/,
  'not-imap': /not an IMAP server/,
  password: /archive@firm\.example.*check/,
  unavailable: /nothing about the password/,
  'login-disabled': /not encrypted: choose/,
  'folder-missing': /no folder INBOX\.New/,
  'folder-refused': /signed us in.*INBOX\.New/,
  'folder-read-only': /cannot be changed|not changed|read but not changed/,
  'uidvalidity-missing': /UIDVALIDITY/,
  'uid-going-back': /second time/,
  'destination-missing': /no folder Archived/,
  refused: /stay where they are/,
  disconnected: /ended the connection/,
  unexpected: /not understood/,
};

const CODES = Object.keys(TELLING) as MailboxProblemCode[];
/** These say all there is to say without the server's words. */
const WITHOUT_DETAIL = CODES.filter(
  (code) => !describeProblem({ code, detail: 'THE SERVER SAID' }, PLACE).includes('SAID'),
);

describe('describeProblem', () => {
  it.each(CODES)('makes one sentence of %s that says what to do', (code) => {
    const sentence = describeProblem({ code, detail: 'it said so' }, PLACE, 'Archived');
    expect(sentence).toMatch(TELLING[code]);
    expect(sentence).toMatch(/^\S.*[^.]\.$/);
    expect(sentence).not.toMatch(/\. [A-Z]/);
    expect(sentence).toMatch(/[:,]/);
  });

  it("passes on the server's words where they matter", () => {
    const passing = CODES.filter((code) => !WITHOUT_DETAIL.includes(code));
    expect(passing).toEqual(expect.arrayContaining(['password', 'unavailable', 'refused']));
    expect(passing).toEqual(
      expect.arrayContaining(['certificate', 'folder-refused', 'unexpected']),
    );
  });
});
