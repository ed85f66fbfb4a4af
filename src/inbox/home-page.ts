import type { Knex } from 'knex';
import type { Page } from '../http/pages.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findArchivedLately, type ArchivedEmail } from './archived-lately-store.ts';
import { loadChecklist, type ChecklistView } from './checklist.ts';
import { loadHowToArchive, type HowToArchive } from './how-to-archive.ts';
import { loadInbox, type Inbox } from './load-inbox.ts';

export interface HomePage extends Page {
  readonly inbox: Inbox;
  readonly lately: readonly ArchivedEmail[];
  readonly checklist: ChecklistView | null;
  readonly howTo: HowToArchive | null;
  /** Where marking notices comes back to. */
  readonly place: 'home';
}

export async function loadHomePage(db: Knex, viewer: Viewer): Promise<HomePage> {
  return {
    title: 'inbox.home',
    section: 'home',
    place: 'home',
    inbox: await loadInbox(db, viewer),
    lately: await findArchivedLately(db, viewer),
    checklist: await loadChecklist(db, viewer),
    howTo: await loadHowToArchive(db, viewer),
  };
}
