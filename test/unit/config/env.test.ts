import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EnvProblem, missingForSeparateProcesses, readEnv } from '../../../src/config/env.ts';

function problemOf(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvProblem) return error.message;
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('without any variable the program runs by itself on port 3000', () => {
  expect(readEnv({})).toEqual({
    port: 3000,
    dataDirectory: resolve('data'),
    databaseUrl: null,
    redisUrl: null,
    secretKey: null,
    baseUrl: 'http://localhost:3000',
    trustProxy: false,
    logLevel: 'info',
    production: false,
    password: null,
    mailboxPassword: null,
    outgoingPassword: null,
  });
});

test('what is set is taken', () => {
  const env = readEnv({
    PORT: '8080',
    LETTERBOOK_DATA: '/srv/letterbook',
    DATABASE_URL: 'postgres://u:p@db.example:5432/letterbook',
    REDIS_URL: 'redis://cache.example:6379',
    LETTERBOOK_SECRET_KEY: 'k'.repeat(32),
    BASE_URL: 'https://crm.example/',
    LOG_LEVEL: 'debug',
    NODE_ENV: 'production',
    LETTERBOOK_PASSWORD: 'one',
    LETTERBOOK_MAILBOX_PASSWORD: 'two',
    LETTERBOOK_OUTGOING_PASSWORD: 'three',
  });
  expect(env).toMatchObject({
    port: 8080,
    dataDirectory: '/srv/letterbook',
    databaseUrl: 'postgres://u:p@db.example:5432/letterbook',
    redisUrl: 'redis://cache.example:6379',
    secretKey: 'k'.repeat(32),
    baseUrl: 'https://crm.example',
    logLevel: 'debug',
    production: true,
    password: 'one',
    mailboxPassword: 'two',
    outgoingPassword: 'three',
  });
});

test('an empty variable counts as not set', () => {
  expect(readEnv({ PORT: '', DATABASE_URL: '', BASE_URL: '', LOG_LEVEL: '' })).toEqual(readEnv({}));
});

test('the address of the pages follows the port', () => {
  expect(readEnv({ PORT: '4000' }).baseUrl).toBe('http://localhost:4000');
});

describe('TRUST_PROXY', () => {
  test.each([
    ['false', false],
    ['0', false],
    ['1', 1],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32', ['10.0.0.0/8', '2001:db8::/32']],
  ])('%s', (text, expected) => {
    expect(readEnv({ TRUST_PROXY: text }).trustProxy).toEqual(expected);
  });

  test.each(['true', 'proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '-1'])('not %s', (text) => {
    expect(problemOf({ TRUST_PROXY: text })).toMatch(/^TRUST_PROXY must be false, the number/);
  });
});

describe('a wrong value is named with what to do, and is not repeated', () => {
  test.each([
    ['PORT', '80a', 'must be a port number'],
    ['PORT', '70000', 'must be a port number'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x', 'must be a connection string such as postgres:'],
    ['DATABASE_URL', 'hunter2', 'must be a connection string such as postgres:'],
    ['REDIS_URL', 'http://:hunter2@cache', 'must be a connection string such as redis:'],
    ['LETTERBOOK_SECRET_KEY', 'hunter2', 'must be at least 32 characters long'],
    ['BASE_URL', 'https://crm.example/hunter2', 'must be the address people type'],
    ['BASE_URL', 'crm.example', 'must be the address people type'],
    ['LOG_LEVEL', 'loud', 'must be one of silent, fatal, error'],
  ])('%s=%s', (name, value, expected) => {
    const message = problemOf({ [name]: value });
    expect(message.startsWith(`${name} ${expected}`)).toBe(true);
    expect(message).not.toContain('hunter2');
  });

  test('all of them at once, a line for each', () => {
    expect(problemOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
  });
});

describe('separate processes', () => {
  const both = { DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache' };

  test('run over a shared database and queue', () => {
    expect(missingForSeparateProcesses(readEnv(both))).toBeNull();
  });

  test.each([
    [{}, 'Set DATABASE_URL and REDIS_URL to run'],
    [{ DATABASE_URL: both.DATABASE_URL }, 'Set REDIS_URL to run'],
    [{ REDIS_URL: both.REDIS_URL }, 'Set DATABASE_URL to run'],
  ])('say in one sentence what is missing: %o', (source, expected) => {
    expect(missingForSeparateProcesses(readEnv(source))).toMatch(expected);
  });
});
