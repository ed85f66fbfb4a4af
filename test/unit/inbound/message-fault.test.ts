import { describe, expect, test } from 'vitest';
import { describeFault, isMessageFault } from '../../../src/inbound/message-fault.ts';

const coded = (code: string, message = 'Something went wrong') =>
  Object.assign(new Error(message), { code });

describe('isMessageFault', () => {
  test.each([
    ['a value PostgreSQL refuses', coded('22P05')],
    ['text with NUL', coded('22021')],
    ['a broken constraint', coded('23514')],
    ['a row that is too big', coded('54000')],
    ['two rows where one was expected', coded('21000')],
    ['a bug met with this content', new TypeError("Cannot read properties of null (reading 'at')")],
    ['a text that is too long', new RangeError('Invalid string length')],
    ['a broken chunk', coded('Z_DATA_ERROR', 'incorrect header check')],
    ['an argument of the wrong kind', coded('ERR_INVALID_ARG_TYPE')],
    ['a sentence of our own', new Error('Original 7 lacks its chunk 2.')],
    ['no error at all', 'text'],
  ])('%s is', (_name, error) => {
    expect(isMessageFault(error)).toBe(true);
  });

  test.each([
    ['a deadlock', coded('40P01')],
    ['a lost race', coded('40001')],
    ['a full disk', coded('53100')],
    ['too many connections', coded('53300')],
    ['a server that stops', coded('57P01')],
    ['a statement that took too long', coded('57014')],
    ['a transaction that was ended', coded('25P03')],
    ['a missing table', coded('42P01')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a broken pipe', coded('EPIPE')],
    ['no memory for a process', coded('ENOMEM')],
    ['a stream that is gone', coded('ERR_STREAM_DESTROYED')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a slow connection', new Error('timeout expired')],
    ['a pool without connections', new Error('Knex: Timeout acquiring a connection.')],
    ['a closed client', new Error('Client was closed and is not queryable')],
    ['a destroyed pool', new Error('aborted')],
    ['a closed reader', new Error('The mail reader is closed; the mail can be read again later.')],
    ['a reader without memory', new Error('The process that reads mail could not be started.')],
  ])('%s is not', (_name, error) => {
    expect(isMessageFault(error)).toBe(false);
  });
});

test('what is kept of a failure is one line, without the statement', () => {
  const failure = new Error('insert into "emails" values ($1) - unsupported\n Unicode\0 escape');
  expect(describeFault(failure)).toBe('Filing it failed: unsupported Unicode escape.');
  expect(describeFault('odd')).toBe('Filing it failed: odd.');
  expect(describeFault(new Error('x'.repeat(9000))).length).toBeLessThan(600);
});
