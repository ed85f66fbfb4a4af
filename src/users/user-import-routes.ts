import { Router, type Request, type Response } from 'express';
import type { FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import type { Page } from '../http/pages.ts';
import { readTable } from '../http/read-table.ts';
import type { MessageKey } from '../http/translation.ts';
import { isSuperAdministrator } from '../shared/viewer.ts';
import type { WebDeps } from '../web-deps.ts';
import { importUserLines, type ImportedLine } from './import-users.ts';
import { loadInvitations, type InvitationsView } from './invitations-view.ts';
import { USER_COLUMNS } from './read-user-line.ts';

interface ImportPage extends Page {
  readonly form: { readonly values: Record<string, never>; readonly errors: FieldErrors };
  /** What the reader of CSV stumbled over; '' where it did not. */
  readonly why: string;
  readonly mayGiveGroups: boolean;
  readonly report: ImportView | null;
  readonly invitations: InvitationsView;
}

interface ImportAnswer {
  readonly error?: MessageKey;
  readonly why?: string;
  readonly report?: ImportView;
}

/** The lines of a file by what became of them. */
interface ImportView {
  readonly created: readonly ImportedLine[];
  readonly known: readonly ImportedLine[];
  readonly problems: readonly ImportedLine[];
  /** Rejected messages that are filed again. */
  readonly processedAgain: number;
}

/** Users from a file. The report is the answer itself: a file that is sent twice changes nothing. */
export function userImportRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  const send = async (
    req: Request,
    res: Response,
    status: 200 | 422,
    { error, why = '', report }: ImportAnswer = {},
  ) => {
    const page: ImportPage = {
      title: 'users.import',
      section: 'administration',
      form: { values: {}, errors: error === undefined ? {} : { file: error } },
      why,
      mayGiveGroups: isSuperAdministrator(viewerOf(req)),
      report: report ?? null,
      invitations: await loadInvitations(db, viewerOf(req)),
    };
    await pages.send(req, res, status, 'users/import', page);
  };

  router.get('/users/import', async (req, res) => {
    await send(req, res, 200);
  });

  router.post('/users/import', async (req, res) => {
    const viewer = viewerOf(req);
    const read = await readTable(req, res, USER_COLUMNS);
    if (read.kind === 'problem') {
      await send(req, res, 422, read);
    } else {
      const report = viewOf(await importUserLines(db, viewer, read.rows));
      await send(req, res, 200, { report });
    }
  });
  return router;
}

function viewOf(lines: readonly ImportedLine[]): ImportView {
  const created = lines.filter(({ result }) => result.kind === 'created');
  const known = lines.filter(({ result }) => isKnown(result));
  const sum = (total: number, { result }: ImportedLine) =>
    total + (result.kind === 'created' ? result.processedAgain : 0);
  return {
    created,
    known,
    problems: lines.filter(({ result }) => result.kind !== 'created' && !isKnown(result)),
    processedAgain: created.reduce(sum, 0),
  };
}

/** Taken: by a user of before, or by a line further up. */
function isKnown({ kind }: ImportedLine['result']): boolean {
  return kind === 'taken' || kind === 'repeated';
}
