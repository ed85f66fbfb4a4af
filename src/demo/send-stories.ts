import type { MailerAddress } from '../smtp/mailer.ts';
import type { Relay } from '../smtp/relay.ts';
import { LOOPBACK } from './host/listen-on.ts';
import type { BuiltMail } from './stories/build-mails.ts';
import { ARCHIVE } from './stories/users.ts';

/** The demo's SMTP server, as a mail program is told of it. */
export function demoServer(port: number): MailerAddress {
  return { host: LOOPBACK, port, security: 'none', username: null, password: null };
}

/** Sends what a story's mail is to the archive: its other recipients have theirs already. */
export async function sendStoryMail(relay: Relay, port: number, mail: BuiltMail): Promise<void> {
  const { envelopeFrom, raw, name } = mail;
  const result = await relay.send(demoServer(port), { envelopeFrom, to: [ARCHIVE.address], raw });
  if (result.kind !== 'sent') throw new Error(`The demo's mail "${name}" was not taken.`);
}

/** Sends the mails that arrive while somebody watches, each at its time. @returns what stops that. */
export function sendWhileWatching(
  mails: readonly BuiltMail[],
  send: (mail: BuiltMail) => Promise<void>,
  onError: (error: unknown) => void,
): { close(): Promise<void> } {
  const timers = mails.flatMap((mail) =>
    mail.secondsAfterStart === null
      ? []
      : [setTimeout(() => void send(mail).catch(onError), mail.secondsAfterStart * 1000)],
  );
  return {
    async close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
