import { createSecretBox } from '../../../src/config/secret-box.ts';
import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import type { AfterArchiving } from '../../../src/imap/mailbox.ts';
import { saveMailbox } from '../../../src/mailbox-settings/save-mailbox.ts';
import { saveOutgoing } from '../../../src/outgoing/save-outgoing.ts';
import { createPerson } from '../../../src/people/create-person.ts';
import { parseGroupKey } from '../../../src/shared/group-key.ts';
import { canonicalAddress } from '../../../src/shared/email-address.ts';
import { createUser } from '../../../src/users/create-user.ts';
import type { Dovecot } from '../dovecot.ts';
import type { Installation } from '../installation.ts';
import { addProfiles } from '../scenario/add-profiles.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { SmtpSink } from '../smtp-sink.ts';
import { ALIASES, ARCHIVE } from './mail-rounds.ts';

/** Given to every process of a trial, so that a test can set it up without starting one. */
export const SECRET_KEY = 'a-key-that-only-trials-of-letterbook-use';

/** What installScenario() does by commands, in a tenth of the time. */
export async function setUpTrial(
  installation: Installation,
  scenario: Pick<Scenario, 'users' | 'people'>,
  smtp: SmtpSink,
): Promise<void> {
  const { db } = installation;
  for (const user of scenario.users.filter((one) => one.active)) {
    const groups = user.groups.flatMap((name) => parseGroupKey(name) ?? []);
    const email = canonical(user.email);
    await createUser(db, { name: user.name, email, groups, passwordHash: null });
  }
  for (const person of scenario.people) {
    for (const address of [person.email, ...person.otherAddresses]) {
      const { type: kind, firstName, lastName, account = null } = person;
      const email = canonical(address);
      await db.transaction((trx) =>
        createPerson(trx, { kind, firstName, lastName, email, account }),
      );
    }
  }
  await addProfiles(installation.connectionString, scenario);
  await sendThrough(installation, smtp, 'crm@letterbook.example');
}

/** Lets the installation send its mail through that server. */
export async function sendThrough(
  { db }: Installation,
  { host, port }: SmtpSink,
  from: string,
): Promise<void> {
  const server = { host, port, security: 'none' as const };
  await saveOutgoing(
    { db, secrets: createSecretBox(SECRET_KEY) },
    { ...server, username: null, password: null, from },
  );
}

export interface TrialMailbox {
  readonly server: Pick<Dovecot, 'host' | 'port' | 'user' | 'password'>;
  readonly folder?: string;
  readonly after?: AfterArchiving;
  readonly existing?: 'archive' | 'skip';
  readonly archiveAddress?: string;
}

/** Points the installation at a mailbox. */
export async function pointAt(installation: Installation, mailbox: TrialMailbox): Promise<void> {
  const { server, folder = 'INBOX', after = { kind: 'move', folder: 'Done' } } = mailbox;
  const result = await saveMailbox(
    { db: installation.db, secrets: createSecretBox(SECRET_KEY), connector: imapflowConnector() },
    {
      host: server.host,
      port: server.port,
      security: 'none',
      username: server.user,
      password: server.password,
      folder,
      archiveAddress: mailbox.archiveAddress ?? ARCHIVE,
      aliases: mailbox.archiveAddress === undefined ? ALIASES : [],
      after,
      existing: mailbox.existing ?? 'archive',
    },
  );
  if (result.kind !== 'saved') throw new Error(`The mailbox was not saved: ${result.kind}`);
}

function canonical(address: string): string {
  const found = canonicalAddress(address);
  if (found === null) throw new Error(`${address} is no address.`);
  return found;
}
