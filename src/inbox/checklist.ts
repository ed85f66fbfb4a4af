import type { Knex } from 'knex';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { findDoneSteps, readChecklist, STEPS, type Step } from './checklist-store.ts';

export interface ChecklistView {
  readonly steps: readonly {
    readonly step: Step;
    readonly state: 'done' | 'skipped' | 'open';
    readonly href: string;
  }[];
  readonly done: number;
}

const PLACES: Readonly<Record<Step, string>> = {
  mailbox: '/admin/email/archiving',
  outgoing: '/admin/email/outgoing',
  users: '/admin/users',
  people: '/contacts',
  'first-mail': '/set-up/first-mail',
};

/** What is still to be set up; null when all is done, when it was dismissed, and for others. */
export async function loadChecklist(db: Knex, viewer: Viewer): Promise<ChecklistView | null> {
  if (!isSuperAdministrator(viewer)) return null;
  const { dismissed, skipped } = await readChecklist(db);
  if (dismissed) return null;
  const done = await findDoneSteps(db);
  if (done.size === STEPS.length) return null;
  const steps = STEPS.map((step) => ({
    step,
    state: done.has(step)
      ? ('done' as const)
      : skipped.includes(step)
        ? ('skipped' as const)
        : ('open' as const),
    href: PLACES[step],
  }));
  return { steps, done: done.size };
}
