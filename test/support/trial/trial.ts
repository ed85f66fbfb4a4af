import { startDovecot, type Dovecot, type DovecotOptions } from '../dovecot.ts';
import type { AfterArchiving } from '../../../src/imap/mailbox.ts';
import { createInstallation, type CommandResult, type Installation } from '../installation.ts';
import { startRedis, type RedisServer } from '../redis.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { startSmtpSink, type SmtpSink } from '../smtp-sink.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { createMailRounds, type MailRounds } from './mail-rounds.ts';
import { pointAt, SECRET_KEY, setUpTrial } from './set-up.ts';

export interface TrialOptions {
  /** Moved to Done unless told; that folder exists. */
  readonly after?: AfterArchiving;
  /** The folder that is polled, INBOX unless told; it exists. */
  readonly folder?: string;
  readonly redis?: boolean;
  readonly dovecot?: DovecotOptions;
  /** Whose users and people are set up; that of the mail rounds unless told. */
  readonly scenario?: Scenario;
}

/** An installation with all its servers, and trouble in between at will. */
export interface Trial {
  readonly dovecot: Dovecot;
  /** What the installation takes for its mail server. */
  readonly proxy: TcpProxy;
  readonly smtp: SmtpSink;
  readonly redis: RedisServer | null;
  readonly installation: Installation;
  readonly mail: MailRounds;
  /** Where the archive mailbox is, for pointAt(). */
  readonly mailServer: Dovecot;
  /** Writes so many rounds of mail and puts them into the mailbox. @returns the mails. */
  deliver(rounds?: number): Promise<Buffer[]>;
  /** Puts mails into the mailbox that were written before. */
  deliverAgain(mails: readonly Buffer[]): Promise<void>;
  /**
   * Deletes the folder, makes it anew and fills it, all between two commands of the product, which
   * finds its connection gone. (Dovecot 2.3 damages the new folder if a session still has the old
   * one open.)
   */
  replaceFolder(fill: () => Promise<unknown>): Promise<void>;
  poll(options?: { readonly timeout?: number; readonly expected?: number }): Promise<CommandResult>;
  remove(): Promise<void>;
}

export async function startTrial(options: TrialOptions = {}): Promise<Trial> {
  const dovecot = await startDovecot(options.dovecot);
  const { folder = 'INBOX' } = options;
  for (const name of ['Done', folder]) if (name !== 'INBOX') await dovecot.createFolder(name);
  const proxy = await startTcpProxy(dovecot);
  const smtp = await startSmtpSink();
  const redis = options.redis === true ? await startRedis() : null;
  const mail = createMailRounds();
  const mailServer = atPort(dovecot, proxy.port);
  const installation = await createInstallation({
    LETTERBOOK_SECRET_KEY: SECRET_KEY,
    ...(redis ? { REDIS_URL: redis.url } : {}),
  });
  await setUpTrial(installation, options.scenario ?? mail.scenario(), smtp);
  await pointAt(installation, {
    server: mailServer,
    folder,
    ...(options.after ? { after: options.after } : {}),
  });
  return {
    dovecot,
    proxy,
    smtp,
    redis,
    installation,
    mail,
    mailServer,
    async deliver(rounds = 1) {
      const mails = Array.from({ length: rounds }, () => mail.next()).flat();
      await dovecot.deliverMany(mails, { folder });
      return mails;
    },
    deliverAgain: (mails) => dovecot.deliverMany(mails, { folder }),
    async replaceFolder(fill) {
      const replaced = Promise.withResolvers<undefined>();
      proxy.on(/^SELECT/, { kind: 'first', act: () => replaced.promise });
      proxy.cutAll('rst');
      await dovecot.recreateFolder(folder);
      await fill();
      replaced.resolve(undefined);
    },
    async poll({ timeout = 120, expected = 0 } = {}) {
      return await installation.run(['poll', '--timeout', String(timeout)], { expected });
    },
    async remove() {
      await installation.remove();
      await redis?.stop();
      await smtp.stop();
      await proxy.stop();
      await dovecot.stop();
    },
  };
}

/** A trial of one test's own, so that tests can run side by side. */
export async function withTrial(
  options: TrialOptions,
  work: (trial: Trial) => Promise<void>,
): Promise<void> {
  const trial = await startTrial(options);
  try {
    await work(trial);
  } finally {
    await trial.remove();
  }
}

/** The same server, reached through a proxy. */
export function atPort(dovecot: Dovecot, port: number): Dovecot {
  return { ...dovecot, port };
}
