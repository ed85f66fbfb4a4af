import { Command } from 'commander';

import { CommandFailure } from '../command-failure.ts';
import { withDependencies } from '../with-dependencies.ts';

export function seedCommand(): Command {
  return new Command('seed')
    .description('fill a development database with the users, people and mail of the demo')
    .option('--force', 'even if the database has users')
    .action(async ({ force }: { readonly force?: true }) => {
      const { hasUsers } = await import('../../demo/has-users.ts');
      const { seedDatabase } = await import('../../demo/seed/seed-database.ts');
      const { DEMO_PASSWORD, users } = await import('../../demo/stories/users.ts');
      await withDependencies(async (deps) => {
        if (force !== true && (await hasUsers(deps.db))) {
          throw new CommandFailure(
            `There are users in ${deps.databaseName}: seed another one, or give --force to add the demo's users and mail to it.`,
          );
        }
        const added = await seedDatabase(deps, new Date());
        print(describe(added));
        print(`Sign in as ${users.dana.address} with the password ${DEMO_PASSWORD}.`);
      });
    });
}

function describe(added: { users: number; people: number; mails: number }): string {
  const { users, people, mails } = added;
  if (users + people + mails === 0) return 'Everything was there already: nothing was added.';
  return `Added ${users} users, ${people} contacts and leads, and ${mails} mails.`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
