import { describeCertificate, type CertificateProblem } from '../shared/certificate-problem.ts';
import type { MailboxAddress, MailboxProblemCode } from './mailbox.ts';

/** What a sentence about a problem may name. Never the password. */
export type ProblemPlace = Pick<MailboxAddress, 'host' | 'port' | 'username' | 'folder'>;

/** A MailboxProblem, or what was stored of one. */
export interface ProblemFacts {
  readonly code: MailboxProblemCode;
  readonly detail: string;
}

/**
 * One sentence of plain English for people: what happened, and what to do about it.
 * @param destination the folder that archived messages are moved to, where there is one
 */
export function describeProblem(
  problem: ProblemFacts,
  place: ProblemPlace,
  destination: string | null = null,
): string {
  // It stands in brackets within a sentence that has its own full stop.
  const detail = problem.detail.replace(/\.$/, '');
  return SENTENCES[problem.code](detail, place, destination ?? 'the folder');
}

type Sentence = (detail: string, place: ProblemPlace, destination: string) => string;

function certificateSentence(problem: CertificateProblem): Sentence {
  return (detail, { host }) => describeCertificate(problem, host, detail);
}

const SENTENCES: Readonly<Record<MailboxProblemCode, Sentence>> = {
  'host-not-found': (_, { host }) =>
    `There is no server named ${host}: check the spelling of the host name.`,
  'connection-refused': (_, { host, port }) =>
    `${host} takes no connections on port ${port}: check the port (993 for SSL/TLS, 143 for STARTTLS) and that its mail server runs.`,
  unreachable: (detail, { host, port }) =>
    `${host} cannot be reached on port ${port}: check the address and what firewalls let through (${detail}).`,
  'forbidden-address': (_, { host }) =>
    `${host} leads to an address where clouds keep credentials or to one of the local link only, never to a mail server: enter the host name of your mail server.`,
  'timed-out': (_, { host, port }) =>
    `${host} did not answer in time on port ${port}: check the host, the port and firewalls, or try again later.`,
  'too-slow': (_, { host }) =>
    `${host} answers so slowly that it was given up: see how busy the server and the line to it are, then try again.`,
  'no-greeting': (_, { host, port }) =>
    `${host} takes connections on port ${port} but says nothing: check that this is the port of its IMAP server (993 for SSL/TLS, 143 for STARTTLS), or try again later.`,
  'tls-on-plain-port': (_, { port }) =>
    `The server does not begin with SSL/TLS on port ${port}: choose STARTTLS, or use port 993.`,
  'plain-on-tls-port': (_, { port }) =>
    `The server expects SSL/TLS on port ${port}: choose SSL/TLS, or use port 143.`,
  'starttls-missing': (_, { port }) =>
    `The server offers no STARTTLS on port ${port}, so nothing was sent: choose SSL/TLS and port 993.`,
  certificate: certificateSentence('certificate'),
  'certificate-untrusted': certificateSentence('certificate-untrusted'),
  'certificate-expired': certificateSentence('certificate-expired'),
  'certificate-name': certificateSentence('certificate-name'),
  'tls-failed': (detail, { host }) =>
    `No secure connection could be agreed with ${host} (${detail}): ask the server's administrator whether it supports TLS 1.2 or newer.`,
  'not-imap': (detail, { host, port }) => notImap(detail, `${host} on port ${port}`),
  password: (detail, { username }) =>
    `The server did not accept the user name ${username} with this password: check both, and whether the account needs an app password or has IMAP switched off (${detail}).`,
  unavailable: (detail, { host }) =>
    `${host} turned the sign-in away for now, which says nothing about the password: try again in some minutes (${detail}).`,
  'login-disabled': () =>
    `The server takes no password over a connection that is not encrypted: choose SSL/TLS or STARTTLS.`,
  'folder-missing': (_, { folder }) =>
    `There is no folder ${folder} in this mailbox: check its name, written as the server has it (for example INBOX or INBOX.Archive).`,
  'folder-refused': (detail, { folder }) =>
    `The server signed us in but does not open the folder ${folder}: check that the account has a mailbox and IMAP is switched on for it (${detail}).`,
  'folder-read-only': (_, { folder }) =>
    `The folder ${folder} can be read but not changed: give this account the right to flag and delete messages in it.`,
  'uidvalidity-missing': (_, { folder }) =>
    `The server cannot tell messages of ${folder} apart for good (it sends no UIDVALIDITY): use another folder or server.`,
  'uid-going-back': (_, { folder }) =>
    `The server gave numbers of ${folder} out a second time, so archiving stopped before any message is mistaken for another: have its administrator rebuild the folder's index.`,
  'destination-missing': (_, __, destination) =>
    `There is no folder ${destination} to move archived messages to: create it in the mailbox, or choose another.`,
  refused: (detail) =>
    `The server refused a command, so its messages stay where they are: see to what it says (${detail}).`,
  disconnected: (detail, { host }) =>
    `${host} ended the connection: it is tried again; if this stays, check the port and whether the server limits connections (${detail}).`,
  unexpected: (detail, { host }) =>
    `${host} answered in a way that is not understood: report this to the server's administrator (${detail}).`,
};

/** What answers in place of an IMAP server, by its first words (RFC 5321, 9112, 1939). */
function notImap(firstWords: string, where: string): string {
  if (/^220[ -]/.test(firstWords)) {
    return `A server for sending mail (SMTP) answers at ${where}: use the IMAP port, 993 for SSL/TLS or 143 for STARTTLS.`;
  }
  if (firstWords.startsWith('HTTP/')) {
    return `A web server answers at ${where}: enter the host name and port of the IMAP server.`;
  }
  if (firstWords.startsWith('+OK')) {
    return `A POP3 server answers at ${where}, which keeps no folders: use the IMAP port, 993 for SSL/TLS or 143 for STARTTLS.`;
  }
  return `What answers at ${where} is not an IMAP server: check host and port.`;
}
