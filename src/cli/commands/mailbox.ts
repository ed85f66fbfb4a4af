import { Command, InvalidArgumentError, Option } from 'commander';

import type { Knex } from 'knex';

import { recordAudit } from '../../audit/audit-store.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { AfterArchiving } from '../../imap/mailbox.ts';
import { verifyConnection } from '../../imap/verify-connection.ts';
import { toMailboxAddress } from '../../mailbox-settings/mailbox-address.ts';
import { afterArchiving, findActiveMailbox } from '../../mailbox-settings/mailbox-store.ts';
import { saveMailbox, type MailboxInput } from '../../mailbox-settings/save-mailbox.ts';
import { MOST_MESSAGE_MB } from '../../shared/message-size.ts';
import { sendersForm } from '../../senders/sender-forms.ts';
import {
  readTrustSettings,
  TRUST_POLICIES,
  writeTrustSettings,
  type TrustSettings,
} from '../../senders/trust-settings.ts';
import { CommandFailure, usageFailure } from '../command-failure.ts';
import { readAddresses, readLine, readPort, securityOption, type Security } from '../options.ts';
import { reportChecks } from '../report-checks.ts';
import { withDependencies } from '../with-dependencies.ts';

export function mailboxCommand(): Command {
  return new Command('mailbox')
    .description('the archive mailbox, which must serve nothing else')
    .addCommand(setCommand())
    .addCommand(testCommand());
}

interface SetOptions {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly username: string;
  readonly folder: string;
  readonly archiveAddress: readonly string[];
  readonly after: AfterArchiving;
  readonly existing?: 'archive' | 'skip';
  readonly maxSize?: number;
  readonly trust?: TrustSettings['policy'];
  readonly authservId?: string;
}

function setCommand(): Command {
  return new Command('set')
    .description('save the mailbox to archive from; the password is LETTERBOOK_MAILBOX_PASSWORD')
    .requiredOption('--host <host>', 'IMAP server', readLine)
    .requiredOption('--port <port>', '993 for tls, 143 for starttls and none', readPort)
    .addOption(securityOption())
    .requiredOption('--username <name>', 'user name on that server', readLine)
    .option('--folder <folder>', 'the folder that is polled', readLine, 'INBOX')
    .requiredOption(
      '--archive-address <addresses>',
      'address that people send to, then its aliases, parted by commas',
      readAddresses,
    )
    .requiredOption('--after <what>', 'move:FOLDER, delete or seen: once archived', readAfter)
    .addOption(
      new Option('--existing <what>', 'mail that is in the folder already').choices([
        'archive',
        'skip',
      ]),
    )
    .option('--max-size <megabytes>', 'a larger message stays in the mailbox', readMegabytes)
    .addOption(new Option('--trust <policy>', 'what is asked of senders').choices(TRUST_POLICIES))
    .option(
      '--authserv-id <name>',
      'the server whose Authentication-Results are believed; microsoft365 for Exchange Online',
      readServer,
    )
    .action(async (options: SetOptions) => {
      await withDependencies(async (deps) => {
        await set(deps, options);
      });
    });
}

function readAfter(text: string): AfterArchiving {
  if (text === 'delete' || text === 'seen') return { kind: text };
  const folder = /^move:(.+)$/s.exec(text)?.[1];
  if (folder === undefined) throw new InvalidArgumentError('Use move:FOLDER, delete or seen.');
  return { kind: 'move', folder: readLine(folder) };
}

/** As the page Sender policy takes it. */
function readServer(text: string): string {
  const name = sendersForm.shape.authservId.safeParse(readLine(text));
  if (name.success && name.data !== null) return name.data;
  throw new InvalidArgumentError('Give one name without blanks, such as mx.example.com.');
}

function readMegabytes(text: string): number {
  const size = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= MOST_MESSAGE_MB) return size;
  throw new InvalidArgumentError(`Use a whole number from 1 to ${MOST_MESSAGE_MB}.`);
}

async function set(deps: Dependencies, options: SetOptions): Promise<void> {
  const input = toInput(options, deps.env.mailboxPassword);
  // With the mailbox: no mail of it may be judged by what was asked of senders before.
  const result = await saveMailbox(deps, input, null, (trx) => saveTrust(trx, options));
  switch (result.kind) {
    case 'saved':
      process.stdout.write(
        `Saved: ${options.username} at ${options.host}, folder ${options.folder}. ` +
          'Try it with: npm run -s letterbook -- mailbox test\n',
      );
      return;
    case 'password-needed':
      throw usageFailure('Set LETTERBOOK_MAILBOX_PASSWORD to the password of this mailbox.');
    case 'same-folder':
      throw usageFailure('Archived messages must be moved to another folder than the polled one.');
    case 'sends-from-archive':
      throw usageFailure(
        `Outgoing mail comes from ${result.address}, so that can't be an archive address, nor the user name of the archive mailbox: change one of them.`,
      );
    case 'existing-needed':
      throw usageFailure(
        `The folder already holds mail (messages: ${result.messages}): add --existing archive to archive them, or --existing skip to start from now.`,
      );
    case 'unreachable':
      throw new CommandFailure(
        `Nothing was saved, since the folder could not be looked into: ${result.sentence} ` +
          'With --existing archive it is saved without a look, and all mail in the folder is archived.',
      );
  }
}

/** What is not said stays as it is. */
async function saveTrust(trx: Knex.Transaction, { trust, authservId }: SetOptions): Promise<void> {
  if (trust === undefined && authservId === undefined) return;
  const before = await readTrustSettings(trx);
  const after = { policy: trust ?? before.policy, authservId: authservId ?? before.authservId };
  await writeTrustSettings(trx, { ...before, ...after });
  await recordAudit(trx, 'senders.saved', after);
}

function toInput(options: SetOptions, password: string | null): MailboxInput {
  const { maxSize, trust: _trust, authservId: _authservId, ...rest } = options;
  const [archiveAddress = '', ...aliases] = options.archiveAddress;
  return {
    ...rest,
    password,
    archiveAddress,
    aliases,
    existing: options.existing ?? null,
    ...(maxSize === undefined ? {} : { maxMessageMb: maxSize }),
  };
}

function testCommand(): Command {
  return new Command('test')
    .description('try the saved mailbox, step by step; changes nothing')
    .action(async () => {
      await withDependencies(async ({ db, secrets, connector }) => {
        const mailbox = await findActiveMailbox(db);
        if (!mailbox) {
          throw new CommandFailure('No mailbox is set up: use "mailbox set" first.');
        }
        const address = toMailboxAddress(mailbox, secrets);
        const { checks, ok } = await verifyConnection(connector, address, afterArchiving(mailbox));
        reportChecks(checks, ok);
      });
    });
}
