import { Command } from 'commander';

import { readEnv } from '../../config/env.ts';
import { hashPassword } from '../../users/hash-password.ts';
import { createUser } from '../../users/create-user.ts';
import { generatePassword } from '../../users/generate-password.ts';
import { importUsers } from '../../users/import-users.ts';
import { findPasswordProblem } from '../../users/password-strength.ts';
import { USER_COLUMNS } from '../../users/read-user-line.ts';
import { GROUP_KEYS, parseGroupKey, type GroupKey } from '../../shared/group-key.ts';
import { CommandFailure, usageFailure } from '../command-failure.ts';
import { readAddress, readName } from '../options.ts';
import { reportImport } from '../report-import.ts';
import { readCsvFile } from '../read-csv-file.ts';
import { withDependencies } from '../with-dependencies.ts';

export function userCommand(): Command {
  return new Command('user')
    .description('people who sign in and send mail to the archive')
    .addCommand(createCommand())
    .addCommand(importCommand());
}

interface CreateOptions {
  readonly name: string;
  readonly email: string;
  readonly group: readonly string[];
}

function createCommand(): Command {
  return new Command('create')
    .description('create a user; the password is LETTERBOOK_PASSWORD, or generated and shown once')
    .requiredOption('--name <name>', 'full name', readName)
    .requiredOption('--email <address>', 'address, verified from the start', readAddress)
    .option('--group <group>', `${GROUP_KEYS.join(', ')}; may be repeated`, collect, [])
    .action(async (options: CreateOptions) => {
      await create(options);
    });
}

async function create({ name, email, group }: CreateOptions): Promise<void> {
  const groups = group.map(mustBeGroup);
  const { password: given } = readEnv();
  if (given !== null) await mustBeGood(given, [name, email]);
  await withDependencies(async ({ db }) => {
    const password = given ?? generatePassword();
    const passwordHash = await hashPassword(password);
    const result = await createUser(db, { name, email, groups, passwordHash });
    if (result.kind === 'archive') {
      throw usageFailure(
        `${email} is an address of the archive mailbox: give the address that the person writes from.`,
      );
    }
    if (result.kind === 'address-taken') {
      throw new CommandFailure(`Another user already has the address ${email}: use another one.`);
    }
    process.stdout.write(`Created user ${result.userId}, ${name} <${email}>.\n`);
    if (given === null) process.stdout.write(`Password, shown only now: ${password}\n`);
    if (result.processedAgain > 0) {
      process.stdout.write(
        `${result.processedAgain} rejected messages from this address are filed again.\n`,
      );
    }
  });
}

/** The rule of the web pages, in their words. */
async function mustBeGood(password: string, about: readonly string[]): Promise<void> {
  const problem = await findPasswordProblem(password, about);
  if (problem === null) return;
  // Only now: no other command needs the texts of the pages.
  const { createTranslate } = await import('../../http/translation.ts');
  throw usageFailure(`LETTERBOOK_PASSWORD is not good enough. ${createTranslate()(problem)}`);
}

function importCommand(): Command {
  return new Command('import')
    .description('import users from a CSV file: name,email[,group]')
    .argument('<file>', 'CSV file in UTF-8, with or without a header line')
    .action(async (file: string) => {
      const rows = await readCsvFile(file, USER_COLUMNS);
      await withDependencies(async ({ db }) => {
        reportImport('users', await importUsers(db, rows));
      });
    });
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function mustBeGroup(text: string): GroupKey {
  const key = parseGroupKey(text);
  if (key === null) {
    throw usageFailure(`There is no group "${text}": use ${GROUP_KEYS.join(', ')}.`);
  }
  return key;
}
