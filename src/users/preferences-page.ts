import type { Knex } from 'knex';
import { z } from 'zod';
import type { NoticeKind } from '../db/rows.ts';
import type { Page } from '../http/pages.ts';
import { ALWAYS, kindsFor, kindsOfRole, NOTICE_KINDS } from '../inbox/notice-kinds.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { isAdministrator, type Viewer } from '../shared/viewer.ts';
import { findDigestHour } from './preferences-store.ts';

export interface PreferencesPage extends Page {
  /** Those that the viewer's role is told; `fixed`: it can't be switched off. */
  readonly kinds: readonly {
    readonly kind: NoticeKind;
    readonly on: boolean;
    readonly fixed: boolean;
  }[];
  readonly keyboardShortcuts: boolean;
  /** The hour of the digest, as the form sends it; '' for none. */
  readonly digestHour: string;
  /** Whether a digest can be sent at all. */
  readonly mailWorks: boolean;
  /** Where the digest goes, and whose clock counts. */
  readonly address: string;
  readonly timeZone: string;
  readonly isAdministrator: boolean;
}

/** Ticked boxes; a single one comes as text, and what is no such kind counts as not ticked. */
export const preferencesForm = z.object({
  notices: z
    .unknown()
    .optional()
    .transform((given) => NOTICE_KINDS.filter((kind) => [given].flat().includes(kind))),
  keyboardShortcuts: z
    .unknown()
    .optional()
    .transform((given) => given === 'yes'),
  digestHour: z
    .string()
    .regex(/^(?:\d|1\d|2[0-3])$/)
    .transform(Number)
    .nullable()
    .catch(null),
});

export async function loadPreferencesPage(db: Knex, viewer: Viewer): Promise<PreferencesPage> {
  const wanted = kindsFor(viewer);
  const hour = await findDigestHour(db, viewer.id);
  return {
    title: 'preferences.title',
    kinds: kindsOfRole(viewer).map((kind) => ({
      kind,
      on: wanted.includes(kind),
      fixed: ALWAYS.includes(kind),
    })),
    keyboardShortcuts: viewer.keyboardShortcuts,
    digestHour: hour === null ? '' : String(hour),
    mailWorks: (await readOutgoingFrom(db)) !== null,
    address: viewer.address,
    timeZone: viewer.timeZone,
    isAdministrator: isAdministrator(viewer),
  };
}
