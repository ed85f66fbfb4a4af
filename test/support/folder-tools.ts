import { ImapSession, quoted } from './imap-session.ts';

export interface MessageFlags {
  readonly uid: number;
  readonly flags: readonly string[];
}

export interface DeliveryOptions {
  readonly folder?: string;
  readonly flags?: readonly string[];
  readonly internalDate?: Date;
}

/** What tests do to a server's folders behind the product's back, as one user of it. */
export interface FolderTools {
  /** Adds a message. @returns its UID, 0 where the server does not say (no UIDPLUS). */
  deliver(raw: Buffer | string, options?: DeliveryOptions): Promise<number>;
  /** Adds thousands of messages in seconds. */
  deliverMany(raws: Iterable<Buffer | string>, options?: DeliveryOptions): Promise<void>;
  /** What is in a folder, by UID. */
  list(folder?: string): Promise<MessageFlags[]>;
  setFlags(uids: string, flags: readonly string[], folder?: string): Promise<void>;
  /** Removes messages for good. */
  expunge(uids: string, folder?: string): Promise<void>;
  createFolder(folder: string): Promise<void>;
  deleteFolder(folder: string): Promise<void>;
  /** The same name, empty, with another UIDVALIDITY. */
  recreateFolder(folder: string): Promise<void>;
  /** Lets go of its connection; the next call opens another. */
  disconnect(): Promise<void>;
}

/** More in flight would fill the server's socket while it still writes answers to ours. */
const IN_FLIGHT = 200;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export function folderTools(port: number, user: string, password: () => string): FolderTools {
  let opening: Promise<ImapSession> | null = null;
  const session = () => (opening ??= ImapSession.open(port, user, password()));

  async function append(raw: Buffer | string, options: DeliveryOptions): Promise<number> {
    const { folder = 'INBOX', flags = [], internalDate } = options;
    const date = internalDate === undefined ? '' : ` "${imapDate(internalDate)}"`;
    const text = `APPEND ${quoted(folder)} (${flags.join(' ')})${date}`;
    const answer = await (await session()).ok(text, Buffer.from(raw));
    return Number(/\[APPENDUID \d+ (\d+)\]/.exec(answer.text)?.[1] ?? 0);
  }

  async function inFolder(folder: string, ...commands: string[]): Promise<readonly string[]> {
    const client = await session();
    await client.ok(`SELECT ${quoted(folder)}`);
    let lines: readonly string[] = [];
    for (const command of commands) lines = (await client.ok(command)).untagged;
    await client.ok('UNSELECT');
    return lines;
  }

  return {
    deliver: (raw, options = {}) => append(raw, options),
    async deliverMany(raws, options = {}) {
      let batch: Promise<number>[] = [];
      for (const raw of raws) {
        batch.push(append(raw, options));
        if (batch.length < IN_FLIGHT) continue;
        await Promise.all(batch);
        batch = [];
      }
      await Promise.all(batch);
    },
    async list(folder = 'INBOX') {
      const lines = await inFolder(folder, 'UID FETCH 1:* (FLAGS)');
      return lines.flatMap(readFlags).sort((a, b) => a.uid - b.uid);
    },
    async setFlags(uids, flags, folder = 'INBOX') {
      await inFolder(folder, `UID STORE ${uids} FLAGS (${flags.join(' ')})`);
    },
    async expunge(uids, folder = 'INBOX') {
      await inFolder(folder, `UID STORE ${uids} +FLAGS (\\Deleted)`, 'EXPUNGE');
    },
    async createFolder(folder) {
      await (await session()).ok(`CREATE ${quoted(folder)}`);
    },
    async deleteFolder(folder) {
      await (await session()).ok(`DELETE ${quoted(folder)}`);
    },
    async recreateFolder(folder) {
      await (await session()).ok(`DELETE ${quoted(folder)}`);
      await (await session()).ok(`CREATE ${quoted(folder)}`);
    },
    async disconnect() {
      const client = await opening?.catch(() => null);
      opening = null;
      await client?.close();
    },
  };
}

function readFlags(line: string): MessageFlags[] {
  const uid = /^\d+ FETCH .*\bUID (\d+)/.exec(line)?.[1];
  const flags = /FLAGS \(([^)]*)\)/.exec(line)?.[1];
  if (uid === undefined || flags === undefined) return [];
  return [{ uid: Number(uid), flags: flags.split(' ').filter((flag) => flag !== '') }];
}

/** date-time of RFC 3501 section 9, in UTC. */
function imapDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day} ${time} +0000`;
}
