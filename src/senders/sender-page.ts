import type { Knex } from 'knex';

import type { FieldErrors, Typed } from '../http/forms.ts';
import type { Page } from '../http/pages.ts';
import type { Originals } from '../originals/originals.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { listAllowedSenders, type AllowedSender } from './allowed-sender-store.ts';
import { countVerdicts, type VerdictCounts } from './count-verdicts.ts';
import { findSeenServers, type SeenServer } from './seen-servers.ts';
import { readTrustSettings, TRUST_POLICIES, type TrustSettings } from './trust-settings.ts';

export interface SenderPage extends Page {
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  readonly policies: readonly TrustSettings['policy'][];
  readonly counts: VerdictCounts;
  readonly checked: number;
  /** What `require` would have held back. */
  readonly unproven: number;
  readonly servers: readonly SeenServer[];
  /** How many mails were looked at for them. */
  readonly mails: number;
  readonly allowed: readonly AllowedSender[];
  /** Whether the viewer may change them. */
  readonly mayLetIn: boolean;
}

export async function loadSenderPage(
  { db, originals }: { readonly db: Knex; readonly originals: Originals },
  viewer: Viewer,
  form: Partial<SenderPage['form']> = {},
): Promise<SenderPage> {
  const { policy, authservId, arcSealers } = await readTrustSettings(db);
  const [counts, seen, allowed] = await Promise.all([
    countVerdicts(db),
    findSeenServers(db, originals),
    listAllowedSenders(db),
  ]);
  const unproven = counts.none + counts.fail + counts.unknown;
  const stored = { policy, authservId: authservId ?? '', arcSealers: arcSealers.join(', ') };
  return {
    title: 'senders.title',
    section: 'administration',
    form: { values: { ...stored, ...form.values }, errors: form.errors ?? {} },
    policies: TRUST_POLICIES,
    counts,
    checked: counts.pass + unproven,
    unproven,
    ...seen,
    allowed,
    mayLetIn: isSuperAdministrator(viewer),
  };
}
