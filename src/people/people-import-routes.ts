import { Router, type Request, type Response } from 'express';
import { recordAudit } from '../audit/audit-store.ts';
import type { PersonRow } from '../db/rows.ts';
import type { FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import type { Page } from '../http/pages.ts';
import { readTable } from '../http/read-table.ts';
import type { WebDeps } from '../web-deps.ts';
import { addPeople } from './import-people.ts';
import { PERSON_COLUMNS } from './read-person-line.ts';
import { sortImport, type SortedImport } from './sort-import.ts';

type Kind = PersonRow['kind'];

interface ImportPage extends Page {
  readonly form: { readonly errors: FieldErrors };
  /** What the reader of CSV stumbled over; '' where it did not. */
  readonly why: string;
  /** What lines without a type become. */
  readonly usual: Kind;
}

/** `table` is the file itself, to be sent again: nothing is kept until it is imported. */
interface PreviewPage extends Page {
  readonly lines: SortedImport;
  readonly usual: Kind;
  readonly table: string;
}

interface ReportPage extends Page {
  readonly lines: SortedImport;
  readonly created: number;
  readonly usual: Kind;
}

/** `/people/import`: contacts and leads from a file, looked at before they are made. */
export function peopleImportRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  const start = { title: 'import.people.heading' } as const;
  const sendForm = async (req: Request, res: Response, status: 200 | 422, more: object = {}) => {
    const usual = usualIn(req.query.type);
    const page: ImportPage = {
      ...start,
      section: `${usual}s`,
      form: { errors: {} },
      why: '',
      usual,
      ...more,
    };
    await pages.send(req, res, status, 'people/import', page);
  };
  /** null: the file was refused, and that has been answered. */
  const readForm = async (req: Request, res: Response) => {
    const read = await readTable(req, res, PERSON_COLUMNS);
    const usual = usualIn((req.body as { type?: unknown } | undefined)?.type);
    const section = `${usual}s` as const;
    if (read.kind === 'rows') return { ...read, usual, section };
    await sendForm(req, res, 422, {
      form: { errors: { file: read.error } },
      why: read.why,
      usual,
      section,
    });
    return null;
  };

  router.get('/people/import', async (req, res) => {
    await sendForm(req, res, 200);
  });

  router.post('/people/import', async (req, res) => {
    const form = await readForm(req, res);
    if (!form) return;
    const { usual, section, text: table } = form;
    const lines = await sortImport(db, form.rows, usual);
    const page: PreviewPage = { ...start, section, lines, usual, table };
    await pages.send(req, res, 200, 'people/import-preview', page);
  });

  // The report is the answer itself: a file that is sent twice changes nothing.
  router.post('/people/imports', async (req, res) => {
    const form = await readForm(req, res);
    if (!form) return;
    const { usual, section } = form;
    const lines = await sortImport(db, form.rows, usual);
    const created = await addPeople(db, lines.fresh);
    await db.transaction(async (trx) => {
      await recordAudit(trx, 'people.imported', { created }, viewerOf(req).id);
    });
    const page: ReportPage = { ...start, section, lines, created, usual };
    await pages.send(req, res, 200, 'people/import-report', page);
  });
  return router;
}

function usualIn(value: unknown): Kind {
  return value === 'lead' ? 'lead' : 'contact';
}
