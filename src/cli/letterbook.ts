import { setImmediate } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';

import { EnvProblem } from '../config/env.ts';
import { SecretBoxProblem } from '../config/secret-box.ts';
import { DatabaseProblem } from '../db/database-problem.ts';
import { StoppedBySignal } from '../stop-signal.ts';
import { CommandFailure } from './command-failure.ts';
import { demoCommand } from './commands/demo.ts';
import { logCommand } from './commands/log.ts';
import { mailboxCommand } from './commands/mailbox.ts';
import { outgoingCommand } from './commands/outgoing.ts';
import { peopleCommand } from './commands/people.ts';
import { pollCommand } from './commands/poll.ts';
import { seedCommand } from './commands/seed.ts';
import { serveCommands } from './commands/serve.ts';
import { userCommand } from './commands/user.ts';
import { describeUnexpected } from './describe-unexpected.ts';
import { hasCode } from '../shared/has-code.ts';

const USAGE_ERROR = 2;

function buildProgram(): Command {
  const program = new Command('letterbook')
    .description('A CRM whose correspondence files itself.')
    .helpCommand(true)
    .showSuggestionAfterError();
  for (const command of serveCommands()) program.addCommand(command);
  program
    .addCommand(userCommand())
    .addCommand(peopleCommand())
    .addCommand(mailboxCommand())
    .addCommand(outgoingCommand())
    .addCommand(pollCommand())
    .addCommand(logCommand())
    .addCommand(demoCommand())
    .addCommand(seedCommand());
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({ outputError: writeUsageError });
  }
  return program;
}

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* everyCommand(child);
}

/** commander says "error: unknown option '--x'", sometimes on two lines. */
function writeUsageError(text: string, write: (text: string) => void): void {
  const said = text
    .replace(/^error: /, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  write(/[.?!)]$/.test(sentence) ? `${sentence}\n` : `${sentence}: see --help.\n`);
}

/** One sentence for people, and the exit code: 1 it failed, 2 it was called wrongly. */
function explain(error: unknown): { readonly sentence: string | null; readonly exitCode: number } {
  // Told at the end.
  if (error !== undefined && error === unwritten) return { sentence: null, exitCode: 0 };
  // commander has printed its own sentence already.
  if (error instanceof CommanderError) {
    return { sentence: null, exitCode: error.exitCode === 0 ? 0 : USAGE_ERROR };
  }
  if (error instanceof CommandFailure) {
    return { sentence: error.message, exitCode: error.exitCode };
  }
  if (error instanceof EnvProblem) return { sentence: error.message, exitCode: USAGE_ERROR };
  if (error instanceof DatabaseProblem || error instanceof SecretBoxProblem) {
    return { sentence: error.message, exitCode: 1 };
  }
  return { sentence: describeUnexpected(error), exitCode: 1 };
}

// A server goes on without its log: its disk may be full, or its reader gone.
let unwritten: Error | undefined;
process.stdout.on('error', (error) => {
  unwritten ??= error;
});
process.stderr.on('error', () => undefined);

try {
  await buildProgram().parseAsync();
} catch (error) {
  // Its reader may take nothing any more, and it is to end.
  if (error instanceof StoppedBySignal) process.exit(error.exitCode);
  const { sentence, exitCode } = explain(error);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}
// What was printed may still be on its way to a slow reader, and would be cut off.
await isOut(process.stdout);
// Whoever reads what we print may have seen enough, as in "log | head": that is no failure.
if (unwritten !== undefined && !hasCode(unwritten, 'EPIPE')) {
  process.stderr.write(
    `Not all could be printed (${unwritten.message}): make room, or print to another place.\n`,
  );
  process.exitCode = 1;
}
await isOut(process.stderr);
// Everything is closed: a mail server that keeps silent, or a timer, is not waited for.
process.exit();

/** Resolves when all that was written has left, or can't leave any more. */
async function isOut(stream: NodeJS.WriteStream): Promise<void> {
  // What failed is told a moment later.
  await setImmediate();
  // Even nothing can't be written to a reader who is gone.
  if (stream.writableLength === 0) return;
  await new Promise<void>((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}
