import { pino } from 'pino';
import { createSecretBox } from '../../../src/config/secret-box.ts';
import type { OutgoingMessageRow } from '../../../src/db/rows.ts';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { saveOutgoing } from '../../../src/outgoing/save-outgoing.ts';
import { sendBounces } from '../../../src/outgoing/send-bounces.ts';
import type { Stoppable } from '../../../src/shared/stoppable.ts';
import { nodemailerMailer } from '../../../src/smtp/nodemailer-mailer.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';

export const FROM = 'crm@firm.example';

/** A filing bench that also sends what it has to, through a real server. */
export interface BounceBench {
  readonly bench: FilingBench;
  /** Outgoing mail goes there from now on. */
  use(server: { readonly host: string; readonly port: number }, password?: string): Promise<void>;
  /** The same as an administrator does it. */
  save(server: { readonly host: string; readonly port: number }, password: string): Promise<void>;
  forgetServer(): Promise<void>;
  /** Files a mail from that stranger; @returns its number in the ledger. */
  reject(stranger: string, subject?: string): Promise<number>;
  /** @returns how many were sent. */
  send(stoppable?: Stoppable): Promise<number>;
  /** What became of the bounce about that message. */
  bounce(inboundId: number): Promise<OutgoingMessageRow | undefined>;
  change(inboundId: number, columns: Partial<OutgoingMessageRow>): Promise<void>;
  drop(): Promise<void>;
}

export async function createBounceBench(): Promise<BounceBench> {
  const database = await createTestDatabase();
  const { db } = database;
  const bench = await createFilingBench(db);
  const secrets = createSecretBox('a key of at least thirty-two characters');
  const log = pino({ level: 'silent' });
  const deps = { db, mailer: nodemailerMailer(), secrets, log, checkpoint: () => undefined };
  return {
    bench,
    use: async ({ host, port }, password) => {
      const signIn = password === undefined ? null : 'crm';
      const server = { host, port, security: 'none', username: signIn } as const;
      await writeOutgoingSettings(db, secrets, {
        ...server,
        password: password ?? null,
        from: FROM,
      });
    },
    save: async ({ host, port }, password) => {
      const server = { host, port, security: 'none', username: 'crm' } as const;
      const saved = await saveOutgoing({ db, secrets }, { ...server, password, from: FROM });
      if (saved !== 'saved') throw new Error(`The settings were not saved: ${saved}.`);
    },
    forgetServer: async () => {
      await db('settings').where({ key: 'outgoing-mail' }).delete();
    },
    async reject(stranger, subject = 'Chairs') {
      const id = await bench.storeMail(mail({ from: [stranger], to: ['jane@x.example'], subject }));
      await bench.file(id);
      return id;
    },
    send: async (stoppable) => await sendBounces({ ...deps, ...stoppable }),
    bounce: async (id) => await db('outgoing_messages').where({ inbound_message_id: id }).first(),
    change: async (id, columns) => {
      await db('outgoing_messages').where({ inbound_message_id: id }).update(columns);
    },
    drop: () => database.drop(),
  };
}
