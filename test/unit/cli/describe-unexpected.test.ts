import { describe, expect, test } from 'vitest';
import { describeUnexpected } from '../../../src/cli/describe-unexpected.ts';

const coded = (code: string, message = 'Something went wrong', more = {}) =>
  Object.assign(new Error(message), { code, ...more });
const AWAY =
  /^The database can't be reached \(.+\): check DATABASE_URL and that PostgreSQL runs\.$/;

describe('describeUnexpected', () => {
  test.each([
    coded('ECONNREFUSED', ''),
    coded('EAI_AGAIN'),
    coded('28P01', 'password authentication failed for user "me"'),
    coded('57P03'),
    coded('53300'),
    new Error('timeout expired'),
    new Error('Knex: Timeout acquiring a connection. The pool is probably full.'),
    new Error('select 1 - Connection terminated unexpectedly'),
  ])('knows a database that is away: %s', (error) => {
    expect(describeUnexpected(error)).toMatch(AWAY);
  });

  test('shows no SQL', () => {
    const message = 'insert into "users" values ($1) - value too long';
    const sentence = describeUnexpected(coded('23514', message, { severity: 'ERROR' }));
    expect(sentence).toBe('The database refused this (23514): its own log says why.');
  });

  test.each([
    [new Error('Put the file back.'), 'Put the file back.'],
    [new Error('no room\n  at all'), 'It failed: no room at all.'],
    [coded('EACCES', ''), 'It failed (Error EACCES).'],
    ['odd', 'It failed: odd.'],
  ])('makes a sentence of %s', (error, sentence) => {
    expect(describeUnexpected(error)).toBe(sentence);
  });
});
