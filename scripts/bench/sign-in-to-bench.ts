import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '../../src/app.ts';
import { createSecretBox } from '../../src/config/secret-box.ts';
import { createSessions } from '../../src/http/session.ts';
import { imapflowConnector } from '../../src/imap/imapflow-connector.ts';
import { postgresOriginals } from '../../src/originals/postgres-originals.ts';
import { nodemailerMailer } from '../../src/smtp/nodemailer-mailer.ts';
import { statusView } from '../../test/support/status-view.ts';

const BASE_URL = 'http://bench.example:3000';

/** Somebody in front of the application. */
export interface BenchVisitor {
  /** Opens a page. @returns its status. */
  open(address: string): Promise<number>;
  close(): Promise<void>;
}

export async function signInToBench(
  db: Knex,
  connectionString: string,
  credentials: { readonly email: string; readonly password: string },
): Promise<BenchVisitor> {
  const log = pino({ level: 'warn' });
  const sessions = createSessions({
    connectionString,
    secret: randomBytes(32).toString('base64'),
    baseUrl: BASE_URL,
    onError: (error) => {
      log.error({ err: error }, 'The sessions have trouble with the database.');
    },
  });
  const app = createApp({
    db,
    secrets: createSecretBox(randomBytes(32).toString('base64')),
    originals: postgresOriginals,
    connector: imapflowConnector(),
    mailer: nodemailerMailer(),
    sessions: sessions.middleware,
    status: async () => statusView(),
    ready: async () => true,
    baseUrl: BASE_URL,
    trustProxy: false,
    log,
    production: true,
  });
  const agent = request.agent(app).set('Origin', BASE_URL).set('Accept', 'text/html');
  await agent.post('/sign-in').type('form').send(credentials).expect(303);
  return {
    open: async (address) => (await agent.get(address)).status,
    close: () => sessions.close(),
  };
}
