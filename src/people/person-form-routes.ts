import { Router, type Request, type Response } from 'express';
import type { PersonRow } from '../db/rows.ts';
import { flash } from '../http/flash.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { pathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { createRecord } from './create-record.ts';
import { editPerson } from './edit-person.ts';
import { pressedButton } from './form-buttons.ts';
import { createdFlashes, savedFlashes } from './people-flashes.ts';
import {
  editPersonPage,
  newerView,
  newPersonPage,
  typedOf,
  type EditView,
  type FormState,
} from './person-form-page.ts';
import { listIn, notTheSame, readPersonForm, typedPerson } from './person-form.ts';
import { findPerson, type PersonRecord } from './person-store.ts';

type Deps = Pick<WebDeps, 'db' | 'pages'>;

/** The forms for new records, and for those that are there. */
export function personFormRoutes(deps: Deps): Router {
  const { db, pages } = deps;
  const router = Router();
  for (const kind of ['contact', 'lead'] as const) {
    router.get(`/${kind}s/new`, async (req, res) => {
      // A link may fill in what is known already.
      const page = await newPersonPage(db, kind, { typed: typedPerson(req.query) });
      await pages.send(req, res, 200, 'people/form', page);
    });
    router.post(`/${kind}s/new`, async (req, res) => {
      await create(deps, req, res, kind);
    });
  }
  router.get('/people/:id/edit', async (req, res) => {
    const person = await findEditable(deps, pathId(req.params.id));
    const made = { version: person.version, shown: person.addresses, newer: null };
    const page = await editPersonPage(db, person, { typed: typedOf(person) }, made);
    await pages.send(req, res, 200, 'people/form', page);
  });
  router.post('/people/:id/edit', async (req, res) => {
    await edit(deps, req, res, pathId(req.params.id));
  });
  return router;
}

/** @throws a 404 for a record that is not there, or in the bin. */
async function findEditable({ db }: Deps, id: number): Promise<PersonRecord> {
  const person = await findPerson(db, id);
  if (person?.deletedAt !== null) throw notFoundProblem();
  return person;
}

async function create(
  { db, pages }: Deps,
  req: Request,
  res: Response,
  kind: PersonRow['kind'],
): Promise<void> {
  const typed = typedPerson(req.body);
  const again = async (status: number, state: FormState) => {
    await pages.send(req, res, status, 'people/form', await newPersonPage(db, kind, state));
  };
  const pressed = pressedButton(req.body, typed);
  if (pressed) {
    await again(200, pressed);
    return;
  }
  const form = readPersonForm(req.body);
  if (form.kind === 'invalid') {
    await again(422, { typed, errors: form.errors });
    return;
  }
  const done = await createRecord(db, viewerOf(req), kind, form.value, notTheSame(req.body));
  if (done.kind === 'duplicate') {
    const errors = { form: 'people.error.duplicate' } as const;
    await again(422, { typed, errors, duplicates: done.duplicates });
    return;
  }
  const { firstName, lastName } = form.value;
  for (const one of createdFlashes(`${firstName} ${lastName}`.trim(), done)) flash(req, one);
  res.redirect(303, `/people/${done.personId}`);
}

async function edit(deps: Deps, req: Request, res: Response, id: number): Promise<void> {
  const { db, pages } = deps;
  const typed = typedPerson(req.body);
  const { version = '' } = typed.values;
  const shown = listIn((req.body as { shown?: unknown } | undefined)?.shown);
  const again = async (
    status: number,
    state: FormState,
    changes: { person?: PersonRecord } & Partial<EditView> = {},
  ) => {
    const { person = await findEditable(deps, id), ...view } = changes;
    const page = await editPersonPage(db, person, state, { version, shown, newer: null, ...view });
    await pages.send(req, res, status, 'people/form', page);
  };
  const pressed = pressedButton(req.body, typed);
  if (pressed) {
    await again(200, pressed);
    return;
  }
  const form = readPersonForm(req.body);
  if (form.kind === 'invalid') {
    await again(422, { typed, errors: form.errors });
    return;
  }
  const done = await editPerson(db, viewerOf(req), id, { values: form.value, version });
  if (done.kind === 'not-found' || done.kind === 'in-bin') throw notFoundProblem();
  if (done.kind === 'changed-since') {
    const { person } = done;
    // Addresses that the record has gained meanwhile are not to be lost with the next press.
    const gained = person.addresses.filter(
      (address) => !shown.includes(address) && !form.value.addresses.includes(address),
    );
    const state = {
      typed: { ...typed, addresses: [...form.value.addresses, ...gained], primary: 0 },
      errors: { form: 'people.error.changed' },
    } as const;
    await again(422, state, {
      person,
      version: person.version,
      shown: person.addresses,
      newer: newerView(person, form.value),
    });
    return;
  }
  if (done.kind === 'unchanged') flash(req, { kind: 'info', text: 'people.done.unchanged' });
  else for (const one of savedFlashes(done.removed, done)) flash(req, one);
  res.redirect(303, `/people/${id}`);
}
