import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { domainOf } from '../shared/email-address.ts';
import { isFreeMail } from '../shared/free-mail.ts';
import type { Unknown } from './ranking/candidate.ts';
import { questionsFor, type KeyQuestion } from './ranking/keys.ts';

/** Records that one question finds at most: what finds more says little. */
const MOST_BY_KEY = 50;
const MOST_IN_DOMAIN = 200;
const MOST_DOMAINS = 10;

/**
 * Records that unknown addresses may belong to, by their names and spelling, and by their domains. What
 * several of them ask is asked once.
 */
export async function findByKeys(
  db: Knex,
  unknowns: readonly Unknown[],
): Promise<Map<Unknown, ReadonlySet<number>>> {
  const asked = new Map<string, { readonly question: Question; readonly by: Unknown[] }>();
  for (const unknown of unknowns) {
    for (const question of questionsAbout(unknown)) {
      const text = JSON.stringify(question);
      const same = asked.get(text) ?? { question, by: [] };
      same.by.push(unknown);
      asked.set(text, same);
    }
  }
  const questions = [...asked.values()];
  const answers = await findAnswers(
    db,
    questions.map(({ question }) => question),
  );
  const found = new Map(unknowns.map((unknown) => [unknown, new Set<number>()]));
  for (const { place, personId } of answers) {
    for (const unknown of questions[place]?.by ?? []) found.get(unknown)?.add(personId);
  }
  return found;
}

/** By keys, or by the domains of an address. */
type Question = KeyQuestion | { readonly domains: readonly string[] };

function questionsAbout(unknown: Unknown): Question[] {
  const domains = domainsAround(unknown.address);
  return [...questionsFor(unknown), ...(domains.length === 0 ? [] : [{ domains }])];
}

/** The domain of an address and those that it lies in; none where anybody may have one. */
function domainsAround(address: string): string[] {
  const domain = domainOf(address);
  if (isFreeMail(domain)) return [];
  const labels = domain.split('.');
  const outer = labels.map((_, at) => labels.slice(at).join('.'));
  return outer.slice(0, Math.max(1, labels.length - 1)).slice(0, MOST_DOMAINS);
}

interface Answer {
  /** That of the question. */
  readonly place: number;
  readonly personId: number;
}

async function findAnswers(db: Knex, questions: readonly Question[]): Promise<Answer[]> {
  if (questions.length === 0) return [];
  const rows = questions.map((question, place) => {
    if ('domains' in question) return { place, domains: question.domains };
    const { all, any } = question;
    return { place, all, any: any.length === 0 ? all : any };
  });
  return await queryRows<Answer>(
    db,
    // Materialized: for a few of many, a table would be read from its beginning instead of an index.
    `with q as materialized (
       select * from jsonb_to_recordset(?::jsonb)
           as q(place integer, "all" text[], "any" text[], domains text[]))
     select q.place, k.person_id as "personId" from q cross join lateral (
            with k as materialized (
              select person_id from person_keys where keys @> q."all" and keys && q."any")
            select person_id from k limit ${MOST_BY_KEY}) k
      where q."all" is not null
     union all
     select q.place, a.person_id from q cross join lateral (
            with a as materialized (
              select person_id from person_addresses
               where split_part(address, '@', -1) = any(q.domains))
            select person_id from a limit ${MOST_IN_DOMAIN}) a
      where q.domains is not null`,
    [JSON.stringify(rows)],
  );
}
