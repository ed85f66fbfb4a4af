import { SmtpFailure, type SmtpPhase } from './smtp-failure.ts';

/** What nodemailer adds to its errors, of which any may be missing. */
interface NodemailerTraits {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
}

const LONGEST = 500;
const PHASE_OF: Readonly<Record<string, SmtpPhase>> = {
  'MAIL FROM': 'sender',
  'RCPT TO': 'recipient',
  DATA: 'data',
};

/** Reads what an error of nodemailer, TLS or the system says. `phase` is the one under way. */
export function failureOf(error: unknown, phase: SmtpPhase): SmtpFailure {
  const traits = (error instanceof Error ? error : {}) as NodemailerTraits;
  const code = [traits.originalCode, traits.code].find((value) => typeof value === 'string');
  return new SmtpFailure({
    phase: phaseOf(traits, phase),
    reply: typeof traits.responseCode === 'number' ? traits.responseCode : null,
    code: code ?? '',
    text: tidy(typeof traits.response === 'string' ? traits.response : messageOf(error, code)),
  });
}

/** Once the mail flows only its answer counts; before that the command that was answered does. */
function phaseOf({ code, command }: NodemailerTraits, phase: SmtpPhase): SmtpPhase {
  if (phase === 'greet' && code === 'ETLS') return 'encrypt';
  if (phase !== 'sender' || typeof command !== 'string') return phase;
  return PHASE_OF[command] ?? phase;
}

/** An error about several addresses of a host has no message of its own. */
function messageOf(error: unknown, code = 'no reason given'): string {
  return error instanceof Error && error.message !== '' ? error.message : code;
}

/**
 * The text goes to logs, tables and pages: one line, of bounded length, without OpenSSL's own
 * bookkeeping and without Node's advice on how to start Node.
 */
function tidy(text: string): string {
  const said = /:SSL routines:[^:]*:([^:]+):/.exec(text)?.[1] ?? text;
  const plain = said.replace(/; if the root CA is installed locally.*$/s, '');
  return plain
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}
