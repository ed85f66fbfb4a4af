import type { Dependencies } from '../dependencies.ts';
import { saveMailbox } from '../mailbox-settings/save-mailbox.ts';
import { saveOutgoing } from '../outgoing/save-outgoing.ts';
import { ARCHIVED_FOLDER } from './host/imap-server.ts';
import { LOOPBACK } from './host/listen-on.ts';
import type { MailHost } from './host/mail-host.ts';
import { ARCHIVE, SENDS_FROM } from './stories/users.ts';

/** Does what an administrator does on the two configuration pages. */
export async function connectMail(deps: Dependencies, host: MailHost): Promise<void> {
  const outgoing = await saveOutgoing(deps, {
    host: LOOPBACK,
    port: host.smtpPort,
    security: 'none',
    username: null,
    password: null,
    from: SENDS_FROM,
  });
  if (outgoing !== 'saved') throw new Error(`Outgoing mail could not be set up: ${outgoing}.`);
  const mailbox = await saveMailbox(deps, {
    host: LOOPBACK,
    port: host.imap.port,
    security: 'none',
    username: host.imap.username,
    password: host.imap.password,
    folder: 'INBOX',
    archiveAddress: ARCHIVE.address,
    aliases: [],
    after: { kind: 'move', folder: ARCHIVED_FOLDER },
    existing: 'archive',
  });
  if (mailbox.kind !== 'saved') {
    throw new Error(`The archive mailbox could not be set up: ${mailbox.kind}.`);
  }
}
