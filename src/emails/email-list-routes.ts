import { Router } from 'express';
import { z } from 'zod';
import { viewerOf } from '../http/guards.ts';
import type { Page } from '../http/pages.ts';
import { dayInQuery, longIdInQuery, searchInQuery, tickInQuery } from '../http/query-fields.ts';
import type { WebDeps } from '../web-deps.ts';
import { listEmails, type EmailList } from './email-list-store.ts';

export interface EmailListPage extends Page {
  readonly search: EmailQuery;
  /** Whether anything was asked for: then nothing found means something else. */
  readonly filtered: boolean;
  readonly list: EmailList;
  /** The search as part of an address, "q=chairs&mine=1&", or ''. */
  readonly kept: string;
}

/** What the address of the page may ask for; whatever is no such thing counts as not given. */
const emailListQuery = z.object({
  q: searchInQuery,
  mine: tickInQuery,
  files: tickInQuery,
  waiting: tickInQuery,
  from: dayInQuery,
  until: dayInQuery,
  before: longIdInQuery,
  after: longIdInQuery,
});
type EmailQuery = z.infer<typeof emailListQuery>;

/** `/emails`: all that the viewer may see, and what is sought in it. */
export function emailListRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  router.get('/emails', async (req, res) => {
    const search = emailListQuery.parse(req.query);
    const list = await listEmails(db, viewerOf(req), { ...search, text: search.q });
    const kept = keptOf(search);
    const page: EmailListPage = {
      title: 'emails.list',
      section: 'emails',
      search,
      filtered: kept !== '',
      list,
      kept,
    };
    await pages.send(req, res, 200, 'emails/list', page);
  });
  return router;
}

function keptOf({ q, mine, files, waiting, from, until }: EmailQuery): string {
  const asked = new URLSearchParams();
  if (q !== '') asked.set('q', q);
  if (mine) asked.set('mine', '1');
  if (files) asked.set('files', '1');
  if (waiting) asked.set('waiting', '1');
  if (from !== null) asked.set('from', from);
  if (until !== null) asked.set('until', until);
  const text = asked.toString();
  return text === '' ? '' : `${text}&`;
}
