import { Router, type Request, type Response } from 'express';
import { flash } from '../../http/flash.ts';
import { typedIn } from '../../http/forms.ts';
import { viewerOf } from '../../http/guards.ts';
import { pathId } from '../../http/path-id.ts';
import type { WebDeps } from '../../web-deps.ts';
import { addRule, removeRule } from './add-rule.ts';
import { loadRulePage, ruleQuery, type RulePage } from './rule-page.ts';

type Deps = Pick<WebDeps, 'db' | 'pages'>;

/** `/data-cleanup/rules`: the viewer's own never-archive rules. */
export function ownRuleRoutes(deps: Deps): Router {
  return ruleRoutes(deps, 'own', '/data-cleanup/rules');
}

/** `/admin/rules`: those for all users; for administrators. */
export function commonRuleRoutes(deps: Deps): Router {
  return ruleRoutes(deps, 'all', '/rules');
}

function ruleRoutes(deps: Deps, whose: RulePage['whose'], path: string): Router {
  const { db, pages } = deps;
  const router = Router();

  router.get(path, async (req, res) => {
    const page = await loadRulePage(db, viewerOf(req), whose, ruleQuery.parse(req.query));
    await pages.send(req, res, 200, 'rules/rules', page);
  });

  router.post(path, async (req, res) => {
    await add(deps, req, res, whose);
  });

  router.post(`${path}/:id/remove`, async (req: Request<{ id: string }>, res) => {
    const viewer = viewerOf(req);
    const scope = whose === 'own' ? viewer.id : 'all';
    const pattern = await removeRule(db, viewer, scope, pathId(req.params.id));
    // Two tabs: what is gone is gone.
    if (pattern === null) flash(req, { kind: 'info', text: 'rules.done.gone' });
    else flash(req, { kind: 'success', text: 'rules.done.removed', values: { pattern } });
    res.redirect(303, placeOf(whose));
  });
  return router;
}

async function add(
  { db, pages }: Deps,
  req: Request,
  res: Response,
  whose: RulePage['whose'],
): Promise<void> {
  const viewer = viewerOf(req);
  const values = typedIn(req.body);
  const done = await addRule(db, viewer, whose === 'own' ? viewer.id : 'all', values.pattern ?? '');
  if (done.kind === 'added' || done.kind === 'there-already') {
    const { pattern } = done;
    if (done.kind === 'added') {
      flash(req, { kind: 'success', text: `rules.done.added.${whose}`, values: { pattern } });
    } else flash(req, { kind: 'info', text: 'rules.done.thereAlready', values: { pattern } });
    res.redirect(303, placeOf(whose));
    return;
  }
  const errors = { pattern: `rules.error.${done.kind}` } as const;
  const page = await loadRulePage(db, viewer, whose, ruleQuery.parse({}), { values, errors });
  await pages.send(req, res, 422, 'rules/rules', page);
}

function placeOf(whose: RulePage['whose']): RulePage['place'] {
  return whose === 'own' ? '/data-cleanup/rules' : '/admin/rules';
}
