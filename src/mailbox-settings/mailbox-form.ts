import { z } from 'zod';
import { ticked } from '../http/form-fields.ts';
import { says, type Typed } from '../http/forms.ts';
import { listField } from '../http/list-field.ts';
import type { MailboxRow } from '../db/rows.ts';
import type { AfterArchiving } from '../imap/mailbox.ts';
import { sameFolder } from '../imap/folder-names.ts';
import {
  addressField,
  hostField,
  line,
  passwordField,
  portField,
  securityField,
} from '../settings/server-fields.ts';
import { DEFAULT_MESSAGE_MB, MOST_MESSAGE_MB } from '../shared/message-size.ts';
import { canonicalAddress } from '../shared/email-address.ts';

/** What may be chosen; 10 s to a day are what the database takes. */
export const POLL_SECONDS = [10, 30, 60, 120, 300, 900, 3600] as const;
const MOST_ALIASES = 50;

const connectionFields = {
  host: hostField,
  port: portField,
  security: securityField,
  username: line(255, 'mailbox.error.username').pipe(
    z.string().min(1, says('mailbox.error.usernameMissing')),
  ),
  password: passwordField,
  folder: line(255, 'mailbox.error.folder').pipe(
    z.string().min(1, says('mailbox.error.folderMissing')),
  ),
  after: z.enum(['move', 'delete', 'seen'], says('mailbox.error.after')),
  afterFolder: line(255, 'mailbox.error.folder'),
};

interface WithAfter {
  readonly folder: string;
  readonly after: 'move' | 'delete' | 'seen';
  readonly afterFolder: string;
}

function checkAfter({ folder, after, afterFolder }: WithAfter, context: z.RefinementCtx): void {
  if (after !== 'move') return;
  const wrong = (message: 'mailbox.error.afterFolderMissing' | 'mailbox.error.sameFolder') => {
    context.addIssue({ code: 'custom', message, path: ['afterFolder'] });
  };
  if (afterFolder === '') wrong('mailbox.error.afterFolderMissing');
  else if (sameFolder(afterFolder, folder)) wrong('mailbox.error.sameFolder');
}

function withAfter<T extends WithAfter>({ after, afterFolder, ...rest }: T) {
  const what: AfterArchiving =
    after === 'move' ? { kind: after, folder: afterFolder } : { kind: after };
  return { ...rest, after: what };
}

/** What "Test Connection" needs. */
export const testForm = z.object(connectionFields).superRefine(checkAfter).transform(withAfter);
export type TestInput = z.infer<typeof testForm>;

const aliases = listField(canonicalAddress, MOST_ALIASES, 'mailbox.error.aliases');

const poll = z
  .string(says('mailbox.error.pollSeconds'))
  .transform(Number)
  .pipe(
    z
      .int(says('mailbox.error.pollSeconds'))
      .min(10, says('mailbox.error.pollSeconds'))
      .max(86_400, says('mailbox.error.pollSeconds')),
  );

const maxMessageMb = z
  .string(says('mailbox.error.maxMessageMb'))
  .trim()
  .regex(/^\d{1,3}$/, says('mailbox.error.maxMessageMb'))
  .transform(Number)
  .pipe(
    z
      .int(says('mailbox.error.maxMessageMb'))
      .min(1, says('mailbox.error.maxMessageMb'))
      .max(MOST_MESSAGE_MB, says('mailbox.error.maxMessageMb')),
  );

/** What "Save" needs. */
export const saveForm = z
  .object({
    ...connectionFields,
    archiveAddress: addressField,
    aliases,
    pollSeconds: poll,
    maxMessageMb,
    enabled: ticked,
    existing: z.enum(['archive', 'skip']).nullable().catch(null),
  })
  .superRefine(checkAfter)
  .transform((input, context) => {
    // Mostly people send to the address they sign in with.
    const archiveAddress = input.archiveAddress ?? canonicalAddress(input.username);
    if (archiveAddress !== null) return { ...withAfter(input), archiveAddress };
    const { error: message } = says('mailbox.error.archiveAddress');
    context.addIssue({ code: 'custom', message, path: ['archiveAddress'] });
    return z.NEVER;
  });

/** What the form shows before anything is typed: the saved settings, or what most will want. */
export function shownValues(mailbox: MailboxRow | null): Typed {
  if (!mailbox) {
    return {
      host: '',
      port: '993',
      security: 'tls',
      folder: 'INBOX',
      after: 'move',
      afterFolder: 'Archived',
      pollSeconds: '60',
      maxMessageMb: String(DEFAULT_MESSAGE_MB),
      enabled: 'yes',
    };
  }
  return {
    host: mailbox.host,
    port: String(mailbox.port),
    security: mailbox.security,
    username: mailbox.username,
    folder: mailbox.folder,
    archiveAddress: mailbox.archive_address,
    aliases: mailbox.aliases.join(', '),
    after: mailbox.after_archiving,
    afterFolder: mailbox.after_folder ?? 'Archived',
    pollSeconds: String(mailbox.poll_seconds),
    maxMessageMb: String(mailbox.max_message_mb),
    enabled: mailbox.enabled ? 'yes' : '',
    existing: mailbox.existing === 'skip' ? 'skip' : '',
  };
}
