import { ARCHIVE } from '../stories/users.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { startImapServer, type DemoImapServer } from './imap-server.ts';
import { startSmtpServer, type SubmittedMail } from './smtp-server.ts';

/** The demo's mail servers: what a provider is to a real installation. */
export interface MailHost {
  readonly imap: DemoImapServer;
  readonly smtpPort: number;
  close(): Promise<void>;
}

/** The ports that the documentation names. */
const IMAP_PORT = 1143;
const SMTP_PORT = 2525;

/** Mail to the archive goes into the archive mailbox; all other mail is caught in the outbox. */
export async function startMailHost(outbox: Outbox): Promise<MailHost> {
  const imap = await startImapServer(IMAP_PORT);
  const smtp = await startSmtpServer(SMTP_PORT, (mail) => {
    const others = mail.to.filter((address) => !isArchive(address));
    if (others.length < mail.to.length) imap.deliver(mail.raw, receivedAt(mail));
    if (others.length > 0) outbox.add({ ...mail, to: others });
  });
  return {
    imap,
    smtpPort: smtp.port,
    async close() {
      await smtp.close();
      await imap.close();
    },
  };
}

function isArchive(address: string): boolean {
  return address.toLowerCase() === ARCHIVE.address;
}

/**
 * The stories began weeks ago: a mail was received when it was written, so that only what arrives
 * while the demo runs is news, and bounced where it must be.
 */
function receivedAt({ raw }: SubmittedMail): Date {
  const head = raw.toString('latin1', 0, 64 * 1024).split('\r\n\r\n')[0] ?? '';
  const written = Date.parse(/^Date:\s*(.+)$/im.exec(head)?.[1] ?? '');
  const now = new Date();
  return written < now.getTime() - HOUR_MS ? new Date(written) : now;
}

const HOUR_MS = 3_600_000;
