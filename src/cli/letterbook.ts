import { Command, CommanderError } from 'commander';

import { EnvProblem } from '../config/env.ts';
import { SecretBoxProblem } from '../config/secret-box.ts';
import { DatabaseProblem } from '../db/database-problem.ts';
import { CommandFailure } from './command-failure.ts';
import { logCommand } from './commands/log.ts';
import { mailboxCommand } from './commands/mailbox.ts';
import { outgoingCommand } from './commands/outgoing.ts';
import { peopleCommand } from './commands/people.ts';
import { pollCommand } from './commands/poll.ts';
import { serveCommands } from './commands/serve.ts';
import { userCommand } from './commands/user.ts';

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
    .addCommand(logCommand());
  for (const command of everyCommand(program)) command.exitOverride();
  return program;
}

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* everyCommand(child);
}

/** One sentence for people, and the exit code: 1 it failed, 2 it was called wrongly. */
function explain(error: unknown): { readonly sentence: string | null; readonly exitCode: number } {
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
  return { sentence: explainUnexpected(error), exitCode: 1 };
}

const NO_DATABASE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', '28P01', '3D000']);

function explainUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (NO_DATABASE.has(code)) {
    return `The database can't be reached (${code}): check DATABASE_URL and that PostgreSQL runs.`;
  }
  return error.message === '' ? `It failed (${error.name} ${code}).` : error.message;
}

try {
  await buildProgram().parseAsync();
} catch (error) {
  const { sentence, exitCode } = explain(error);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}
