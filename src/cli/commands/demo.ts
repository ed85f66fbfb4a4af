import { Command } from 'commander';

import { readEnv } from '../../config/env.ts';
import { CommandFailure, usageFailure } from '../command-failure.ts';
import { readAddress, readAddresses, readLine, readPort, readUrl } from '../options.ts';

export function demoCommand(): Command {
  return new Command('demo')
    .description('try Letterbook: people, mail and mail servers of its own, until Ctrl-C')
    .option('--data <directory>', 'keep its data there; without it they go when the demo ends')
    .option('--verbose', 'show the log')
    .action(async ({ data, verbose }: { readonly data?: string; readonly verbose?: true }) => {
      const env = readEnv();
      // Only now: a short command need not load the web server and its libraries.
      const { runDemo } = await import('../../demo/run-demo.ts');
      const logLevel = verbose === true ? 'info' : 'error';
      await runDemo({ env, keepIn: data ?? null, logLevel, print });
    })
    .addCommand(sendCommand());
}

interface SendOptions {
  readonly from: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly port?: number;
  readonly url?: string;
}

function sendCommand(): Command {
  return new Command('send')
    .description('send a mail of your own to the demo that runs')
    .requiredOption('--from <address>', 'who sends it', readAddress)
    .option('--to <addresses>', 'divided by commas', readAddresses)
    .option('--cc <addresses>', 'divided by commas', readAddresses)
    .option('--bcc <addresses>', 'divided by commas', readAddresses)
    .option('--subject <subject>', 'one line', readLine, 'A mail of my own')
    .option('--text <text>', 'what it says', 'Sent with "demo send".')
    .option('--port <port>', 'of the demo, its pages or its SMTP server', readPort)
    .option('--url <address>', 'of the demo, as it prints it', readUrl)
    .addHelpText('after', WHICH)
    .action(async (options: SendOptions) => {
      await send(options);
    });
}

const WHICH = `
It goes to the demo of this folder, or to the only one that runs; --port or --url choose another.`;

async function send(options: SendOptions): Promise<void> {
  const { from, to = [], cc = [], bcc = [], subject, text } = options;
  const { sendOwnMail } = await import('../../demo/send-own-mail.ts');
  const { nameOf } = await import('../../demo/stories/name-of.ts');
  if (to.length + cc.length + bcc.length === 0) {
    throw usageFailure('Nobody would get this mail: give --to, --cc or --bcc.');
  }
  const demo = await findDemo(options);
  const named = (list: readonly string[]) => list.map(nameOf);
  const mail = { from: nameOf(from), to: named(to), cc: named(cc), bcc: named(bcc) };
  const result = await sendOwnMail(demo.smtpPort, { ...mail, subject, text });
  if (result.kind !== 'sent') {
    const why = 'response' in result ? result.response : result.why;
    throw new CommandFailure(`The demo did not take the mail: ${why}`);
  }
  const everybody = [...to, ...cc, ...bcc].join(', ');
  print(`Sent to ${everybody}. See it at ${demo.url}, the demo of ${demo.project}`);
}

/** @throws CommandFailure that says how to choose, or to start one. */
async function findDemo({ port, url }: SendOptions) {
  const { findRunningDemos, PROJECT } = await import('../../demo/demo-note.ts');
  const { chooseDemo } = await import('../../demo/choose-demo.ts');
  const wish = { port: port ?? null, url: url ?? null };
  const choice = chooseDemo(await findRunningDemos(), wish, PROJECT);
  if (choice.kind === 'chosen') return choice.demo;
  throw new CommandFailure(choice.sentence);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
