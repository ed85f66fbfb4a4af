import type { Env } from '../config/env.ts';
import { createLogger, type Logger } from '../config/logger.ts';
import type { LogLevel } from '../config/log-level.ts';
import {
  createDependencies,
  createQueue,
  createRelay,
  type Dependencies,
} from '../dependencies.ts';
import { listen } from '../http/listen.ts';
import { runUntilStopped, type Part } from '../run-until-stopped.ts';
import { startWeb } from '../start-web.ts';
import { startWorker } from '../worker/start-worker.ts';
import { connectMail } from './connect-mail.ts';
import { PROJECT, writeNote } from './demo-note.ts';
import { openPlace, removeLeftovers, type DemoPlace } from './demo-place.ts';
import { fillRecords } from './fill-records.ts';
import { hasUsers } from './has-users.ts';
import { startMailHost, type MailHost } from './host/mail-host.ts';
import { createOutbox } from './outbox/outbox.ts';
import { demoPages } from './demo-pages.ts';
import { sendStoryMail, sendWhileWatching } from './send-stories.ts';
import { stories } from './stories/all-stories.ts';
import { buildMails } from './stories/build-mails.ts';
import { welcome } from './welcome.ts';

export interface DemoOptions {
  readonly env: Env;
  /** null: a directory that is gone when the demo ends. */
  readonly keepIn: string | null;
  readonly logLevel: LogLevel;
  readonly print: (text: string) => void;
}

/** Jobs at work get this long when the demo stops. */
const GRACE_MS = 2_000;

type Opened = (part: Part) => void;

/** Letterbook with mail servers, people and mail of its own, until Ctrl-C. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const print = untilHangUp(options.print);
  const log = createLogger(options.logLevel, process.stderr);
  print('Starting the demo of Letterbook ...');
  await assertPortFree(options.env, log);
  if ((await removeLeftovers()) > 0) print('Removed what an earlier demo left behind.');
  await runUntilStopped(log, async (opened) => {
    const place = await openPlace(options.keepIn);
    opened(place);
    const env = demoEnv(options.env, place);
    const deps = await createDependencies({ env, name: 'demo', log });
    opened(deps);
    await startParts(deps, place, opened, print);
    opened({
      close: async () => {
        print(place.kept ? 'Stopping.' : 'Stopping; the demo and its data will be gone.');
      },
    });
  });
}

/** A closed terminal ends the demo, too; nobody is there to read any more. */
function untilHangUp(print: DemoOptions['print']): DemoOptions['print'] {
  const terminal = { isGone: false };
  process.once('SIGHUP', () => {
    terminal.isGone = true;
    process.kill(process.pid, 'SIGTERM');
  });
  return (text) => {
    if (!terminal.isGone) print(text);
  };
}

/** Before the database is made: it takes some seconds. @throws Error with a sentence. */
async function assertPortFree({ port }: Env, log: Logger): Promise<void> {
  const server = await listen({ app: () => undefined, port, log });
  await server.close();
}

async function startParts(
  deps: Dependencies,
  place: DemoPlace,
  opened: Opened,
  print: DemoOptions['print'],
): Promise<void> {
  const outbox = createOutbox();
  const host = await startMailHost(outbox);
  opened(host);
  const isNew = !(await hasUsers(deps.db));
  if (isNew) await fillRecords(deps.db);
  const queue = await createQueue(deps.env, deps.log);
  const web = await startWeb(deps, queue, demoPages(outbox));
  opened(web);
  const { later, sendNow } = await sendHistory(host, isNew);
  await connectMail(deps, host);
  const worker = await startWorker(deps, queue);
  opened({ close: () => worker.stop(GRACE_MS) });
  const startedAt = new Date().toISOString();
  const where = { smtpPort: host.smtpPort, url: web.url, project: PROJECT };
  await writeNote(place.notes, { pid: process.pid, startedAt, ...where });
  print(welcome({ url: web.url, smtpPort: host.smtpPort, arriving: later.length }));
  opened(
    sendWhileWatching(later, sendNow, (error) => {
      deps.log.error({ err: error }, 'A mail of the demo could not be sent.');
    }),
  );
}

/** The mail of the last weeks; a kept demo that goes on has had all of it. */
async function sendHistory(host: MailHost, isNew: boolean) {
  const relay = createRelay();
  const mails = isNew ? buildMails(stories, new Date()) : [];
  const sendNow = (mail: (typeof mails)[number]) => sendStoryMail(relay, host.smtpPort, mail);
  for (const mail of mails) if (mail.secondsAfterStart === null) await sendNow(mail);
  return { later: mails.filter((mail) => mail.secondsAfterStart !== null), sendNow };
}

/** Nothing of the machine's real installation, if it has one, is touched. */
function demoEnv(env: Env, { data }: DemoPlace): Env {
  const own = { databaseUrl: null, redisUrl: null, secretKey: null, dataDirectory: data };
  return { ...env, ...own, production: true };
}
