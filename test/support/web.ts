import { randomBytes } from 'node:crypto';
import type { Express } from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import { createApp, type AppDeps } from '../../src/app.ts';
import { createLogger } from '../../src/config/logger.ts';
import { createSecretBox } from '../../src/config/secret-box.ts';
import { createSessions } from '../../src/http/session.ts';
import { imapflowConnector } from '../../src/imap/imapflow-connector.ts';
import { postgresOriginals } from '../../src/originals/postgres-originals.ts';
import { nodemailerMailer } from '../../src/smtp/nodemailer-mailer.ts';
import type { GroupKey } from '../../src/shared/group-key.ts';
import { createUser } from '../../src/users/create-user.ts';
import { hashPassword } from '../../src/users/hash-password.ts';
import { createTestDatabase } from './postgres.ts';
import { statusView } from './status-view.ts';

/** What supertest calls an agent: it keeps cookies, as a browser does. */
export type Agent = ReturnType<typeof request.agent>;

export interface TestUser {
  readonly id: number;
  readonly address: string;
  readonly password: string;
}

/** The web application over a database of its own, without a port. */
export interface TestWeb {
  readonly app: Express;
  readonly db: Knex;
  readonly deps: AppDeps;
  /** What was logged, a line of JSON each. */
  readonly lines: readonly string[];
  /** Adds a user with a password. */
  addUser(name: string, ...groups: GroupKey[]): Promise<TestUser>;
  /** A browser that nobody has signed in with. */
  visitor(): Agent;
  /** A browser in which that user is signed in. */
  signIn(user: TestUser): Promise<Agent>;
  close(): Promise<void>;
}

export const BASE_URL = 'http://letterbook.example:3000';
export const PASSWORD = 'correct horse battery staple';

/** Start it in beforeAll, close it in afterAll. */
export async function startTestWeb(changes: Partial<AppDeps> = {}): Promise<TestWeb> {
  const { db, connectionString, drop } = await createTestDatabase();
  const lines: string[] = [];
  const log = createLogger('info', { write: (line: string) => void lines.push(line) });
  const baseUrl = changes.baseUrl ?? BASE_URL;
  const sessions = createSessions({
    connectionString,
    secret: randomBytes(32).toString('base64'),
    baseUrl,
    onError: (error) => {
      log.error({ err: error }, 'The sessions have trouble with the database.');
    },
  });
  const deps: AppDeps = {
    db,
    secrets: createSecretBox(randomBytes(32).toString('base64')),
    originals: postgresOriginals,
    connector: imapflowConnector(),
    mailer: nodemailerMailer(),
    sessions: sessions.middleware,
    status: async () => statusView(),
    ready: async () => true,
    baseUrl,
    trustProxy: false,
    log,
    production: false,
    ...changes,
  };
  const app = createApp(deps);
  const visitor = () => request.agent(app).set('Origin', baseUrl).set('Accept', 'text/html');
  return {
    app,
    db,
    deps,
    lines,
    addUser: (name, ...groups) => addUser(db, name, groups),
    visitor,
    async signIn({ address, password }) {
      const agent = visitor();
      await agent.post('/sign-in').type('form').send({ email: address, password }).expect(303);
      return agent;
    },
    async close() {
      await sessions.close();
      await drop();
    },
  };
}

/** "Dana Kim" has dana.kim@northquay.example. */
async function addUser(db: Knex, name: string, groups: readonly GroupKey[]): Promise<TestUser> {
  const address = `${name.toLowerCase().replace(/\W+/g, '.')}@northquay.example`;
  const passwordHash = await hashPassword(PASSWORD);
  const result = await createUser(db, { name, email: address, groups, passwordHash });
  // A test that is tried again finds the user of its first try.
  if (result.kind !== 'created') return await addUser(db, `${name} again`, groups);
  return { id: result.userId, address, password: PASSWORD };
}
