import { Command, InvalidArgumentError, Option } from 'commander';

import type { Dependencies } from '../../dependencies.ts';
import type { AfterArchiving } from '../../imap/mailbox.ts';
import { verifyConnection } from '../../imap/verify-connection.ts';
import { toMailboxAddress } from '../../mailbox-settings/mailbox-address.ts';
import { afterArchiving, findActiveMailbox } from '../../mailbox-settings/mailbox-store.ts';
import { saveMailbox, type MailboxInput } from '../../mailbox-settings/save-mailbox.ts';
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

async function set(deps: Dependencies, options: SetOptions): Promise<void> {
  const result = await saveMailbox(deps, toInput(options, deps.env.mailboxPassword));
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
        `The folder already holds ${result.messages} messages: add --existing archive to archive them, or --existing skip to start from now.`,
      );
    case 'unreachable':
      throw new CommandFailure(
        `Nothing was saved, since the folder could not be looked into: ${result.sentence} ` +
          'Or add --existing archive, which needs no look.',
      );
  }
}

function toInput(options: SetOptions, password: string | null): MailboxInput {
  const [archiveAddress = '', ...aliases] = options.archiveAddress;
  return { ...options, password, archiveAddress, aliases, existing: options.existing ?? null };
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
