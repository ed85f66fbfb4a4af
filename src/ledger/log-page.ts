import type { Knex } from 'knex';
import type { Page } from '../http/pages.ts';
import { bytesOfMb, MOST_MESSAGE_MB } from '../shared/message-size.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { isFiltered, logAddress, type LogFilter, type LogQuery } from './log-filter.ts';
import { listLog, type LogList } from './log-list-store.ts';
import {
  findLogEmails,
  findLogMessage,
  findOwners,
  type LogEmail,
  type LogMessage,
} from './log-message-store.ts';
import { MOST_AGAIN } from './reprocessing-store.ts';
import { shownStateOf, waitsForDns, type ShownState } from './shown-state.ts';
import { loadTrace } from './trace-store.ts';
import type { TraceView } from './trace-view.ts';

export interface LogPage extends Page {
  readonly filter: LogFilter;
  readonly filtered: boolean;
  readonly owners: readonly { readonly id: number; readonly name: string }[];
  readonly list: LogList;
  readonly shownStateOf: typeof shownStateOf;
  readonly waitsForDns: typeof waitsForDns;
  /** The addresses of the pages beside this one; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
  readonly download: string;
  /** How many can be processed again at once. */
  readonly mostAgain: number;
}

export async function loadLogPage(db: Knex, viewer: Viewer, query: LogQuery): Promise<LogPage> {
  const { before: _before, after: _after, ...filter } = query;
  const list = await listLog(db, viewer, query);
  const first = list.rows[0]?.id ?? null;
  const last = list.rows.at(-1)?.id ?? null;
  return {
    title: 'admin.log',
    section: 'administration',
    filter,
    filtered: isFiltered(filter),
    owners: await findOwners(db),
    list,
    shownStateOf,
    waitsForDns,
    newer: list.newer ? `/admin/log${logAddress(filter, { after: first })}` : null,
    older: list.older ? `/admin/log${logAddress(filter, { before: last })}` : null,
    download: `/admin/log/download${logAddress(filter)}`,
    mostAgain: MOST_AGAIN,
  };
}

export interface LogMessagePage extends Page {
  readonly message: LogMessage;
  readonly shown: ShownState;
  readonly trace: TraceView;
  readonly emails: readonly LogEmail[];
  /** Emails of the message that are for their owner alone. */
  readonly otherEmails: number;
  readonly mayDownload: boolean;
  readonly mayTryAgain: boolean;
  /** What is kept apart is for Super Administrators. */
  readonly mayProcessAgain: boolean;
  /** It lies in the mailbox, too large to be fetched; `mayFetch`: not too large for anything. */
  readonly tooLarge: { readonly mayFetch: boolean } | null;
}

/** null when there is no such message. */
export async function loadLogMessagePage(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<LogMessagePage | null> {
  const message = await findLogMessage(db, viewer, id);
  const trace = message && (await loadTrace(db, viewer, id));
  if (!message || !trace) return null;
  const { emails, others } = await findLogEmails(db, viewer, id);
  const { state, outcome, reason, hasOriginal, size } = message;
  const held = outcome === 'rejected' || outcome === 'quarantined';
  return {
    title: 'log.message',
    titleValues: { id: String(id) },
    section: 'administration',
    message,
    shown: shownStateOf(message),
    trace,
    emails,
    otherEmails: others,
    mayDownload: held && hasOriginal && isSuperAdministrator(viewer),
    mayTryAgain: state !== 'gone' && (state === 'failed' || reason === 'could-not-be-fetched'),
    mayProcessAgain: outcome !== null && hasOriginal && (!held || isSuperAdministrator(viewer)),
    tooLarge:
      state === 'acknowledged' && reason === 'too-large'
        ? { mayFetch: size <= bytesOfMb(MOST_MESSAGE_MB) }
        : null,
  };
}
