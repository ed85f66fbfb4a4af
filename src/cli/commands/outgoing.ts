import { Command } from 'commander';

import type { Dependencies } from '../../dependencies.ts';
import { readOutgoingSettings } from '../../outgoing/outgoing-settings.ts';
import { saveOutgoing } from '../../outgoing/save-outgoing.ts';
import { testMail } from '../../outgoing/test-mail.ts';
import { readInstanceId } from '../../settings/instance-id.ts';
import type { SendResult } from '../../smtp/mailer.ts';
import { verifyOutgoing } from '../../smtp/verify-outgoing.ts';
import { CommandFailure, usageFailure } from '../command-failure.ts';
import { readAddress, readLine, readPort, securityOption, type Security } from '../options.ts';
import { reportChecks } from '../report-checks.ts';
import { withDependencies } from '../with-dependencies.ts';

export function outgoingCommand(): Command {
  return new Command('outgoing')
    .description('the server that sends bounces')
    .addCommand(setCommand())
    .addCommand(testCommand());
}

interface SetOptions {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly username?: string;
  readonly from: string;
}

function setCommand(): Command {
  return new Command('set')
    .description('save the outgoing server; the password is LETTERBOOK_OUTGOING_PASSWORD')
    .requiredOption('--host <host>', 'SMTP server', readLine)
    .requiredOption('--port <port>', '465 for tls, 587 for starttls', readPort)
    .addOption(securityOption())
    .option('--username <name>', 'user name, where the server wants one', readLine)
    .requiredOption('--from <address>', 'address that mail comes from', readAddress)
    .action(async (options: SetOptions) => {
      await withDependencies(async (deps) => {
        await set(deps, options);
      });
    });
}

async function set(deps: Dependencies, { username, ...options }: SetOptions): Promise<void> {
  const password = deps.env.outgoingPassword;
  const result = await saveOutgoing(deps, { ...options, username: username ?? null, password });
  if (result === 'from-is-archive') {
    throw usageFailure(
      `${options.from} belongs to the archive mailbox, so answers to bounces would be archived: choose another --from.`,
    );
  }
  if (result === 'password-needed') {
    throw usageFailure('Set LETTERBOOK_OUTGOING_PASSWORD to the password of this user name.');
  }
  process.stdout.write(
    `Saved: ${options.host}, from ${options.from}. ` +
      'Try it with: npm run -s letterbook -- outgoing test --to ADDRESS\n',
  );
}

function testCommand(): Command {
  return new Command('test')
    .description('try the saved outgoing server and send a test mail')
    .requiredOption('--to <address>', 'who gets the test mail', readAddress)
    .action(async ({ to }: { readonly to: string }) => {
      await withDependencies(async (deps) => {
        await test(deps, to);
      });
    });
}

async function test(deps: Dependencies, to: string): Promise<void> {
  const settings = await readOutgoingSettings(deps.db, deps.secrets);
  if (!settings) throw new CommandFailure('Outgoing mail is not set up: use "outgoing set" first.');
  const checks = await verifyOutgoing(settings);
  reportChecks(
    checks,
    checks.every((check) => check.status !== 'failed'),
  );
  const mail = testMail(settings.from, to, await readInstanceId(deps.db));
  const result = await deps.mailer.send(settings, mail);
  if (result.kind !== 'sent') throw new CommandFailure(explain(result));
  process.stdout.write(`ok      A test mail to ${to} was handed to ${settings.host}.\n`);
}

function explain(result: Exclude<SendResult, { kind: 'sent' }>): string {
  if (result.kind === 'refused') {
    return `The server refused the test mail (${result.response}): check --from, --to and the rights of the user.`;
  }
  return `The test mail could not be handed over (${result.why}): try again, or check the server's log.`;
}
