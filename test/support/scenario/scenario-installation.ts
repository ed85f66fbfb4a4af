import type { Dovecot } from '../dovecot.ts';
import { createInstallation, type Installation } from '../installation.ts';
import type { SmtpSink } from '../smtp-sink.ts';
import { addProfiles } from './add-profiles.ts';
import { peopleCsv, usersCsv } from './import-files.ts';
import type { Scenario } from './scenario.ts';

export interface ScenarioSetUp {
  readonly scenario: Scenario;
  readonly archiveAddress: string;
  readonly aliases: readonly string[];
  readonly dovecot: Dovecot;
  readonly smtp: SmtpSink;
  /** move:FOLDER, delete or seen. */
  readonly after: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Sets the product up by its commands, as an administrator would, before any mail arrives. */
export async function installScenario(setUp: ScenarioSetUp): Promise<Installation> {
  const { scenario, smtp } = setUp;
  const installation = await createInstallation(setUp.env);
  const users = await installation.writeFile('users.csv', usersCsv(scenario));
  const people = await installation.writeFile('people.csv', peopleCsv(scenario));
  await installation.run(['user', 'import', users]);
  await installation.run(['people', 'import', people]);
  await addProfiles(installation.connectionString, scenario);
  await installation.run([
    ...['outgoing', 'set', '--host', smtp.host, '--port', String(smtp.port)],
    ...['--security', 'none', '--from', 'crm@letterbook.example'],
  ]);
  await setMailbox(installation, setUp);
  return installation;
}

/** Points the installation at a server; also used to point it at another one later. */
export async function setMailbox(
  installation: Installation,
  { dovecot, after, archiveAddress, aliases }: Omit<ScenarioSetUp, 'scenario' | 'smtp'>,
): Promise<void> {
  await installation.run(
    [
      ...['mailbox', 'set', '--host', dovecot.host, '--port', String(dovecot.port)],
      ...['--security', 'none', '--username', dovecot.user, '--folder', 'INBOX'],
      ...['--archive-address', [archiveAddress, ...aliases].join(',')],
      ...['--after', after, '--existing', 'archive'],
    ],
    { env: { LETTERBOOK_MAILBOX_PASSWORD: dovecot.password } },
  );
}
