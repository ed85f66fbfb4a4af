import type { SubmittedMail } from '../host/smtp-server.ts';

/** A mail that left Letterbook, or a mail program, for somebody other than the archive. */
export interface CaughtMail extends SubmittedMail {
  readonly id: number;
  readonly at: Date;
}

/** What would have gone out into the world, kept in memory while the demo runs. */
export interface Outbox {
  add(mail: SubmittedMail): void;
  /** The newest first. */
  list(): readonly CaughtMail[];
}

const MOST_MAILS = 200;
const MOST_BYTES = 50 * 1024 * 1024;

export function createOutbox(): Outbox {
  const mails: CaughtMail[] = [];
  let id = 0;
  return {
    add(mail) {
      id += 1;
      mails.unshift({ ...mail, id, at: new Date() });
      let bytes = 0;
      const fitting = mails.filter(({ raw }) => (bytes += raw.length) <= MOST_BYTES);
      mails.length = Math.min(fitting.length, MOST_MAILS);
    },
    list: () => mails,
  };
}
