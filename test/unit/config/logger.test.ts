import { expect, test } from 'vitest';
import { createLogger } from '../../../src/config/logger.ts';
import type { LogLevel } from '../../../src/config/log-level.ts';

function collect(level: LogLevel = 'info') {
  const lines: string[] = [];
  const log = createLogger(level, { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

test('a line is one JSON object with its level in words and the time in UTC', () => {
  const { log, lines } = collect();
  log.warn({ messages: 3 }, 'Waiting for the mailbox.');
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0]!) as Record<string, unknown>;
  expect(line).toMatchObject({ level: 'warn', messages: 3, msg: 'Waiting for the mailbox.' });
  expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('the level decides what is written', () => {
  const { log, lines } = collect('error');
  log.warn('quiet');
  log.error('loud');
  expect(lines).toHaveLength(1);
});

test.each([
  { password: 'hunter2' },
  { mailbox: { password: 'hunter2' } },
  { settings: { outgoing: { password: 'hunter2' } } },
  { headers: { authorization: 'Bearer hunter2', cookie: 'sid=hunter2' } },
  { headers: { 'set-cookie': ['sid=hunter2'] } },
  { passphrase: 'hunter2' },
  { env: { databaseUrl: 'hunter2', redisUrl: 'hunter2', secretKey: 'hunter2' } },
])('fields that hold secrets are hidden: %o', (fields) => {
  const { log, lines } = collect();
  log.info(fields, 'saved');
  expect(lines[0]).toContain('[hidden]');
  expect(lines[0]).not.toContain('hunter2');
});

test.each([
  'postgres://dana:hunter2@db.example/letterbook',
  'redis://:hunter2@cache.example',
  'postgres://dana:hunter2@x@db.example/letterbook',
])('credentials in the text of an error are hidden: %s', (url) => {
  const { log, lines } = collect();
  log.error({ err: new Error(`cannot reach ${url}`) }, `cannot reach ${url}`);
  expect(lines[0]).toContain('.example');
  expect(lines[0]).not.toContain('hunter2');
  expect(() => JSON.parse(lines[0]!) as unknown).not.toThrow();
});

test('addresses of mail and of pages stay as they are', () => {
  const { log, lines } = collect();
  log.info('https://crm.example:3000/people?page=2 and dana@letterbook.example');
  expect(lines[0]).toContain('https://crm.example:3000/people?page=2 and dana@letterbook.example');
});
