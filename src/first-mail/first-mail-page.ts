import type { Knex } from 'knex';
import type { Page } from '../http/pages.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { isAdministrator, type Viewer } from '../shared/viewer.ts';
import {
  findArrived,
  findOwnAddresses,
  findRejectedFrom,
  type ArrivedMail,
} from './first-mail-store.ts';

/** A page that is opened after the mail was sent still finds it. */
const BEFORE_MS = 10 * 60_000;
/** A page that was left open for longer than this begins anew. */
const LONGEST_MS = 24 * 60 * 60_000;

export interface FirstMailPage extends Page {
  /** null: there is no archive mailbox yet. */
  readonly archiveAddress: string | null;
  readonly isAdministrator: boolean;
  readonly addresses: readonly string[];
  /** Waiting to be confirmed. */
  readonly pending: readonly string[];
  /** null: not yet. */
  readonly arrived: (ArrivedMail & { readonly href: string | null }) | null;
  /** What administrators read of a mailbox that can't be read; '' for others. null: it works. */
  readonly problem: string | null;
  readonly polled: boolean;
  readonly pollSeconds: number;
  /** Strangers since then; none for those who may not read the log. */
  readonly rejected: readonly string[];
  /** When the waiting began, in milliseconds; goes along with each look. */
  readonly since: number;
  /** Changes with what there is to see: a browser that has it need not be told again. */
  readonly seen: string;
}

/** @param asked what the browser says about when its waiting began. */
export async function loadFirstMail(
  db: Knex,
  viewer: Viewer,
  asked: unknown,
): Promise<FirstMailPage> {
  const opened = openedAt(asked);
  const since = new Date(opened - BEFORE_MS);
  const administrator = isAdministrator(viewer);
  const mailbox = await findActiveMailbox(db);
  const own = await findOwnAddresses(db, viewer);
  const arrived = await findArrived(db, viewer, since);
  const state = {
    archiveAddress: mailbox?.archive_address ?? null,
    isAdministrator: administrator,
    addresses: own.filter(({ verified }) => verified).map(({ address }) => address),
    pending: own.filter(({ verified }) => !verified).map(({ address }) => address),
    arrived: arrived && { ...arrived, href: hrefOf(arrived) },
    problem: mailbox?.problem == null ? null : administrator ? mailbox.problem : '',
    polled: (mailbox?.last_success_at?.getTime() ?? 0) >= opened,
    pollSeconds: mailbox?.poll_seconds ?? 0,
    rejected: administrator ? await findRejectedFrom(db, since) : [],
  };
  const { arrived: mail, problem, polled, rejected } = state;
  const seen = JSON.stringify([mail?.emailId, mail?.outcome, problem, polled, rejected]);
  return { title: 'firstMail.title', section: 'home', ...state, since: opened, seen };
}

function hrefOf({ emailId, state }: ArrivedMail): string | null {
  if (emailId === null) return null;
  return state === 'unmatched' ? `/data-cleanup/${emailId}` : `/emails/${emailId}`;
}

function openedAt(asked: unknown): number {
  const now = Date.now();
  const at = typeof asked === 'string' && /^\d{1,15}$/.test(asked) ? Number(asked) : now;
  return at > now || at < now - LONGEST_MS ? now : at;
}
