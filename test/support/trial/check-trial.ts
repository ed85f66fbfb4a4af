import type { Knex } from 'knex';
import type { OutgoingMessageRow } from '../../../src/db/rows.ts';
import { readLog } from '../../../src/ledger/archive-log.ts';
import { firstOf } from '../first-of.ts';
import { copiesOf } from '../scenario/build-scenario.ts';
import {
  checkBounces,
  checkScenario,
  expectedBounces,
  type LogRow,
} from '../scenario/check-scenario.ts';
import { checkTables } from '../scenario/check-tables.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { until } from '../until.ts';
import type { Trial } from './trial.ts';

export interface EndState {
  readonly scenario: Scenario;
  /** Where the messages are afterwards; null: not looked at. */
  readonly folders?: Readonly<Record<string, number>>;
  /** How many bounces were cut off, at most. */
  readonly unknownBounces?: number;
  /** How many messages went away with a folder after they were filed, before they were put away. */
  readonly leftBehind?: number;
}

/**
 * Whether everything is as if nothing had happened: the log, the tables, the folders and what
 * strangers were sent.
 * @returns one sentence for each thing that is wrong, or the first of them.
 */
export async function checkEndState(trial: Trial, endState?: Partial<EndState>): Promise<string[]> {
  const scenario = endState?.scenario ?? trial.mail.scenario();
  const { db } = trial.installation;
  const folders = endState?.folders ?? { INBOX: 0, Done: countCopies(scenario) };
  return firstOf([
    ...(await checkFolders(trial, folders)),
    ...(await checkSentBounces(trial, scenario, endState?.unknownBounces ?? 0)),
    ...withoutLeftBehind(await checkTables(db, scenario), await leftBehind(db), endState),
    ...checkScenario(await readRows(db), scenario),
  ]);
}

/** What `letterbook log` prints, without a process for it. */
async function readRows(db: Knex): Promise<LogRow[]> {
  const entries = await Array.fromAsync(readLog(db));
  return entries.map(({ messageId, outcome, people, ...entry }) => ({
    ...entry,
    message_id: messageId,
    outcome: outcome ?? '',
    people: [...people],
  }));
}

/** Rows that nobody can acknowledge any more: nothing has their UIDVALIDITY. */
async function leftBehind(db: Knex): Promise<number[]> {
  const rows = await db('inbound_messages as m')
    .join('mailboxes as b', 'b.id', 'm.mailbox_id')
    .where({ 'm.state': 'decided' })
    .whereRaw('m.uidvalidity <> b.uidvalidity')
    .select<{ id: number }[]>('m.id');
  return rows.map((row) => row.id);
}

function withoutLeftBehind(
  wrong: readonly string[],
  ids: readonly number[],
  endState: Partial<EndState> | undefined,
): string[] {
  const { leftBehind: wanted = 0 } = endState ?? {};
  if (ids.length !== wanted) return [...wrong, `${ids.length} were left behind, not ${wanted}`];
  const known = ids.map((id) => `A message is not settled: {"id":${id},"state":"decided"}`);
  return wrong.filter((sentence) => !known.includes(sentence));
}

export function countCopies(scenario: Scenario): number {
  return scenario.deliveries.flatMap(copiesOf).length;
}

/**
 * Polls until nothing is left to do. A bounce that was cut off is closed only when it is old enough
 * to be told from one whose sending has just begun.
 */
export async function finish(trial: Trial): Promise<void> {
  const { db } = trial.installation;
  const count = async (condition: string) =>
    (await db('outgoing_messages').whereRaw(condition)).length;
  await trial.poll();
  await until('bounces that were cut off are old enough', async () => {
    const young = `state = 'sending' and sending_since > now() - interval '6 seconds'`;
    return (await count(young)) === 0;
  });
  if ((await count(`state in ('pending', 'sending')`)) > 0) await trial.poll();
  await until('no bounce waits', async () => {
    return (await count(`state in ('pending', 'sending')`)) === 0;
  });
}

async function checkFolders(
  { dovecot }: Trial,
  folders: Readonly<Record<string, number>>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [folder, wanted] of Object.entries(folders)) {
    const { length } = await dovecot.list(folder);
    if (length !== wanted) wrong.push(`${folder} holds ${length} messages and not ${wanted}`);
  }
  return wrong;
}

/** Each stranger got one, or none where it is on record that nobody knows. */
async function checkSentBounces(
  { smtp, installation }: Trial,
  scenario: Scenario,
  unknownBounces: number,
): Promise<string[]> {
  const rows = await installation.db('outgoing_messages').select('recipient', 'state', 'response');
  const cutOff = rows.filter((row) => row.state === 'unknown');
  const unexpected = rows.filter((row) => !['sent', 'unknown'].includes(row.state));
  const recipients = smtp.received.flatMap((mail) => mail.to);
  const told = checkBounces([...recipients, ...missing(cutOff, recipients)], scenario);
  const wanted = expectedBounces(scenario).length;
  return [
    ...told,
    ...unexpected.map((row) => `The bounce to ${row.recipient} is ${row.state}.`),
    ...cutOff
      .filter((row) => row.response?.includes('not sent again') !== true)
      .map((row) => `The log does not say what became of the bounce to ${row.recipient}.`),
    ...(rows.length === wanted ? [] : [`${rows.length} bounces are on record and not ${wanted}`]),
    ...(cutOff.length > unknownBounces ? [`${cutOff.length} bounces were cut off`] : []),
  ];
}

function missing(
  rows: readonly Pick<OutgoingMessageRow, 'recipient'>[],
  recipients: readonly string[],
): string[] {
  return rows.map((row) => row.recipient).filter((address) => !recipients.includes(address));
}

/** Why messages were set aside: the log does not say it. */
export async function whatCouldNotBeRead({ installation: { db } }: Trial): Promise<string> {
  const rows = await db('inbound_messages').where({ reason: 'unreadable' }).select('id', 'trace');
  return firstOf(rows.map(({ id, trace }) => `${id}: ${JSON.stringify(trace)}`)).join('\n');
}
