import type { ProblemFacts } from './describe-problem.ts';
import { sameFolder } from './folder-names.ts';
import type {
  AfterArchiving,
  MailboxAddress,
  MailboxProblemCode,
  OpenMailbox,
  SelectedFolder,
} from './mailbox.ts';

export type ConnectionStep =
  'reached' | 'encrypted' | 'signed-in' | 'folder' | 'destination' | 'push';

export interface ConnectionCheck {
  readonly step: ConnectionStep;
  readonly status: 'ok' | 'failed' | 'warning' | 'skipped';
  /** English, for people: what was found and, where it is not well, what to do. */
  readonly sentence: string;
  /** What failed, for advice that knows the provider and for those who want to know it exactly. */
  readonly problem?: ProblemFacts;
}

/** The step that each problem of connecting belongs to; the others belong to the step under way. */
const STEP_OF: Readonly<Partial<Record<MailboxProblemCode, ConnectionStep>>> = {
  'tls-on-plain-port': 'encrypted',
  'plain-on-tls-port': 'encrypted',
  'starttls-missing': 'encrypted',
  certificate: 'encrypted',
  'certificate-untrusted': 'encrypted',
  'certificate-expired': 'encrypted',
  'certificate-name': 'encrypted',
  'tls-failed': 'encrypted',
  password: 'signed-in',
  'login-disabled': 'signed-in',
  unavailable: 'signed-in',
};

/** Where a problem belongs that came when `passedSteps` of the steps had been passed. */
export function failedStep(
  code: MailboxProblemCode,
  passedSteps: number,
  steps: readonly ConnectionStep[],
): ConnectionStep {
  const underWay = steps[passedSteps] ?? 'push';
  return passedSteps === 0 ? (STEP_OF[code] ?? underWay) : underWay;
}

/** A step that went well. */
export function passed(
  step: ConnectionStep,
  address: MailboxAddress,
  folder: SelectedFolder | null,
): ConnectionCheck {
  if (step === 'encrypted') return encryptionCheck(address);
  const { host, port, username } = address;
  const sentences: Readonly<Record<Exclude<ConnectionStep, 'encrypted'>, string>> = {
    reached: `Reached ${host} on port ${port}.`,
    'signed-in': `Signed in as ${username}.`,
    folder: `The folder ${address.folder} can be read and changed; ${messagesIn(folder)}.`,
    destination: 'What to do after archiving can be done.',
    push: 'The server announces new mail at once.',
  };
  return { step, status: 'ok', sentence: sentences[step] };
}

/** A connection in clear works, and is worth a warning. */
export function encryptionCheck({ security }: MailboxAddress): ConnectionCheck {
  if (security !== 'none') {
    const sentence = 'The connection is encrypted and the certificate is valid.';
    return { step: 'encrypted', status: 'ok', sentence };
  }
  const sentence =
    'The connection is not encrypted: password and mail can be read on the way. Choose SSL/TLS or STARTTLS.';
  return { step: 'encrypted', status: 'warning', sentence };
}

/** Whether what shall be done after archiving can be done here. */
export async function destinationCheck(
  mailbox: OpenMailbox,
  address: MailboxAddress,
  after: AfterArchiving,
): Promise<ConnectionCheck> {
  const step = 'destination';
  if (after.kind === 'seen') {
    const sentence = `Archived messages stay in ${address.folder}, marked as read.`;
    return { step, status: 'ok', sentence };
  }
  if (after.kind === 'delete') return removalCheck(mailbox, 'Archived messages are deleted.');
  const { folder } = after;
  if (sameFolder(folder, address.folder)) {
    const sentence = `Archived messages cannot be moved to ${folder}, where they are: choose another folder.`;
    return { step, status: 'failed', sentence };
  }
  if (!(await mailbox.folderExists(folder))) {
    const sentence = `There is no folder ${folder} yet: Letterbook creates it when the first message is moved there.`;
    return { step, status: 'warning', sentence };
  }
  const well = `Archived messages are moved to ${folder}, which exists.`;
  if (mailbox.capabilities.has('MOVE')) return { step, status: 'ok', sentence: well };
  return removalCheck(mailbox, `${well} The server has no MOVE: they are copied, then deleted.`);
}

/** Without UIDPLUS nothing can be expunged without what others have flagged (RFC 4315). */
function removalCheck(mailbox: OpenMailbox, well: string): ConnectionCheck {
  const step = 'destination';
  if (mailbox.capabilities.has('UIDPLUS')) return { step, status: 'ok', sentence: well };
  const sentence = `${well} The server has no UIDPLUS, so they stay in the folder, flagged as deleted: empty it from time to time with a mail program.`;
  return { step, status: 'warning', sentence };
}

/** IDLE (RFC 2177): without it mail is found at the next poll. */
export function pushCheck(capabilities: ReadonlySet<string>): ConnectionCheck {
  if (capabilities.has('IDLE')) {
    return {
      step: 'push',
      status: 'ok',
      sentence: 'The server announces new mail at once (IDLE).',
    };
  }
  const sentence =
    'The server does not announce new mail (it has no IDLE): it is asked again and again instead, so mail is archived some seconds later.';
  return { step: 'push', status: 'warning', sentence };
}

function messagesIn(folder: SelectedFolder | null): string {
  if (folder === null || folder.exists === 0) return 'it is empty';
  return folder.exists === 1 ? 'it holds 1 message' : `it holds ${folder.exists} messages`;
}
