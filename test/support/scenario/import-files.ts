import { stringify } from 'csv-stringify/sync';
import type { Scenario } from './scenario.ts';

/**
 * For `letterbook user import`: active users with their primary addresses. Further addresses and
 * inactive users have no column there; a test adds them through the stores.
 */
export function usersCsv(scenario: Pick<Scenario, 'users'>): string {
  const rows = scenario.users
    .filter((user) => user.active)
    .map((user) => [user.name, user.email, user.groups[0] ?? '']);
  return stringify([['name', 'email', 'group'], ...rows]);
}

/**
 * For `letterbook people import`. The file has one address a row, so a person with several becomes
 * a record for each; the log shows addresses, so its rows are the same.
 */
export function peopleCsv(scenario: Pick<Scenario, 'people'>): string {
  const rows = scenario.people.flatMap((person) =>
    [person.email, ...person.otherAddresses].map((email) => [
      person.type,
      person.firstName,
      person.lastName,
      email,
      person.account ?? '',
    ]),
  );
  return stringify([['type', 'firstName', 'lastName', 'email', 'account'], ...rows]);
}
