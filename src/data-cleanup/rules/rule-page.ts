import type { Knex } from 'knex';
import { z } from 'zod';
import type { FieldErrors, Typed } from '../../http/forms.ts';
import type { Page } from '../../http/pages.ts';
import { longIdInQuery } from '../../http/query-fields.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { countRules, listRules, type RuleList } from './rule-store.ts';

export const ruleQuery = z.object({ before: longIdInQuery, after: longIdInQuery });

/** The never-archive rules of a user, or those for all users. */
export interface RulePage extends Page {
  /** Where its forms send to. */
  readonly place: '/data-cleanup/rules' | '/admin/rules';
  readonly whose: 'own' | 'all';
  readonly list: RuleList;
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  /** Of a user's page: how many rules there are for all users beside them. */
  readonly forAll: number;
}

export async function loadRulePage(
  db: Knex,
  viewer: Viewer,
  whose: RulePage['whose'],
  query: z.infer<typeof ruleQuery>,
  form: RulePage['form'] = { values: {}, errors: {} },
): Promise<RulePage> {
  const own = whose === 'own';
  return {
    title: own ? 'rules.title.own' : 'rules.title.all',
    ...(own ? {} : { section: 'administration' as const }),
    place: own ? '/data-cleanup/rules' : '/admin/rules',
    whose,
    list: await listRules(db, own ? viewer.id : 'all', query),
    form,
    forAll: own ? await countRules(db, 'all') : 0,
  };
}
