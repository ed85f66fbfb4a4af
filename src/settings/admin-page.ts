import type { Knex } from 'knex';
import type { Page } from '../http/pages.ts';
import type { MessageKey } from '../http/translation.ts';
import { countRules } from '../data-cleanup/rules/rule-store.ts';
import { countOutcomes } from '../ledger/count-outcomes.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { countQuarantine } from '../quarantine/quarantine-store.ts';
import { readTrustSettings, type TrustSettings } from '../senders/trust-settings.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { countActiveUsers } from '../users/user-list-store.ts';

/** A place of Administration, and how it stands there. */
export interface AdminPlace {
  readonly href: string;
  readonly title: MessageKey;
  readonly about: MessageKey;
  readonly icon: string;
  readonly badge: AdminBadge | null;
}

interface AdminBadge {
  readonly text: MessageKey;
  readonly count: number;
  readonly tone: 'good' | 'attention' | 'plain';
}

export interface AdminPage extends Page {
  readonly places: readonly AdminPlace[];
}

export async function loadAdminPage(db: Knex, viewer: Viewer): Promise<AdminPage> {
  const { outcomes, waiting: unfiled } = await countOutcomes(db);
  const messages = Object.values(outcomes).reduce((sum, count) => sum + count, unfiled);
  const places: AdminPlace[] = [
    place('/admin/email', 'email', 'mail', worst(await emailPlaces(db))),
    place('/admin/users', 'users', 'users', plain('users', await countActiveUsers(db))),
    place('/admin/log', 'log', 'list', plain('messages', messages)),
    place('/admin/rules', 'rules', 'ban', plain('rules', await countRules(db, 'all'))),
    place('/admin/status', 'status', 'server', null),
  ];
  if (isSuperAdministrator(viewer)) {
    const { rejected } = outcomes;
    const tone = rejected > 0 ? 'attention' : 'plain';
    const badge: AdminBadge = { text: 'admin.badge.rejectedMessages', count: rejected, tone };
    places.splice(3, 0, place('/admin/rejected', 'rejected', 'user-x', badge));
    const waiting = await countQuarantine(db);
    places.splice(
      4,
      0,
      place('/admin/quarantine', 'quarantine', 'shield-lock', quarantine(waiting)),
    );
  }
  return { title: 'admin.title', section: 'administration', places };
}

/** Email Configuration: where mail is archived from, and how mail is sent. */
export async function loadEmailConfigurationPage(db: Knex): Promise<AdminPage> {
  return { title: 'admin.email', section: 'administration', places: await emailPlaces(db) };
}

async function emailPlaces(db: Knex): Promise<AdminPlace[]> {
  const mailbox = await findActiveMailbox(db);
  const outgoing = await readOutgoingFrom(db);
  const { policy } = await readTrustSettings(db);
  const archiving = !mailbox ? 'missing' : mailbox.problem === null ? 'works' : 'attention';
  return [
    place('/admin/email/archiving', 'archiving', 'mailbox', health(archiving)),
    place('/admin/email/outgoing', 'outgoing', 'send', health(outgoing ? 'set' : 'missing')),
    place('/admin/email/senders', 'senders', 'user', trust(policy)),
  ];
}

type PlaceName =
  | 'archiving'
  | 'email'
  | 'log'
  | 'outgoing'
  | 'quarantine'
  | 'rejected'
  | 'rules'
  | 'senders'
  | 'status'
  | 'users';

function place(href: string, name: PlaceName, icon: string, badge: AdminBadge | null): AdminPlace {
  return { href, title: `admin.${name}`, about: `admin.${name}.about`, icon, badge };
}

const TONES = { works: 'good', set: 'good', attention: 'attention', missing: 'attention' } as const;

function health(state: keyof typeof TONES): AdminBadge {
  return { text: `admin.badge.${state}`, count: 0, tone: TONES[state] };
}

function trust(policy: TrustSettings['policy']): AdminBadge {
  return {
    text: `admin.badge.trust.${policy}`,
    count: 0,
    tone: policy === 'off' ? 'plain' : 'good',
  };
}

function quarantine(count: number): AdminBadge {
  return { text: 'admin.badge.waiting', count, tone: count > 0 ? 'attention' : 'plain' };
}

function plain(what: 'messages' | 'rules' | 'users', count: number): AdminBadge {
  return { text: `admin.badge.${what}`, count, tone: 'plain' };
}

/** What needs attention behind a place is shown in front of it. */
/** Part of it may work: what is not set up yet is no more than that. */
function worst(places: readonly AdminPlace[]): AdminBadge | null {
  const poor = places.flatMap(({ badge }) => (badge?.tone === 'attention' ? [badge] : []));
  const [first = null] = poor;
  const unfinished = poor.length < places.length - 1 && first?.text === 'admin.badge.missing';
  return unfinished ? { ...first, text: 'admin.badge.unfinished' } : first;
}
