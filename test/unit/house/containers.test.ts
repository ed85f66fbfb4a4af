import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ENV_VARIABLES, missingForSeparateProcesses, readEnv } from '../../../src/config/env.ts';
import { SERVER_ENVIRONMENT } from '../../../src/db/embedded/server-settings.ts';

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z
    .object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() })
    .optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const compose = z
  .object({
    services: z
      .object({ web: service, worker: service, postgres: service, redis: service })
      .strict(),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
const packageJson = z.object({ scripts: z.record(z.string(), z.string()) });
const { web, worker, postgres, redis } = compose.services;
const dockerfile = readFileSync('Dockerfile', 'utf8');

/** What compose makes of ${NAME:-default} and ${NAME:?message}. */
function filledIn(environment: Record<string, string>, given: Record<string, string>) {
  const place = /\$\{(\w+):([-?])([^}]*)\}/g;
  const fill = (_all: string, name: string, kind: string, text: string) =>
    given[name] ?? (kind === '-' ? text : '');
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(place, fill)]),
  );
}

describe.each([
  ['web', web],
  ['worker', worker],
])('%s', (name, { environment, command, volumes }) => {
  const given = { LETTERBOOK_SECRET_KEY: 'k'.repeat(44) };

  test('is started by the command of its name', () => {
    expect(command).toEqual([name]);
  });

  test('gets only variables that are read', () => {
    expect(Object.keys(environment).filter((key) => !ENV_VARIABLES.includes(key))).toEqual([]);
  });

  test('gets all that a separate process needs', () => {
    const env = readEnv(filledIn(environment, given));
    expect(missingForSeparateProcesses(env)).toBeNull();
    expect(env.secretKey).toBe(given.LETTERBOOK_SECRET_KEY);
  });

  test('talks to the services that are there', () => {
    const env = readEnv(filledIn(environment, given));
    const database = new URL(env.databaseUrl ?? '');
    expect(database.hostname).toBe('postgres');
    expect(new URL(env.redisUrl ?? '').hostname).toBe('redis');
    expect(postgres.environment).toEqual({
      ...SERVER_ENVIRONMENT,
      POSTGRES_USER: database.username,
      POSTGRES_PASSWORD: database.password,
      POSTGRES_DB: database.pathname.slice(1),
    });
  });

  test('keeps its data in the folder that the image names', () => {
    expect(dockerfile).toMatch(/LETTERBOOK_DATA=\/data$/m);
    expect(volumes).toEqual(['data:/data']);
  });
});

test('only the pages are reachable from outside', () => {
  expect(web.ports).toEqual(['3000:3000']);
  expect([...worker.ports, ...postgres.ports, ...redis.ports]).toEqual([]);
  expect(web.environment.PORT).toBe('3000');
});

test('services wait for what they need, and say when they are well', () => {
  expect(web.depends_on).toEqual({
    postgres: { condition: 'service_healthy' },
    redis: { condition: 'service_healthy' },
  });
  expect(worker.depends_on).toEqual({ web: { condition: 'service_healthy' } });
  expect(postgres.healthcheck?.test).toContain('pg_isready');
  expect(redis.healthcheck?.test).toContain('redis-cli');
  expect(dockerfile).toMatch(/^HEALTHCHECK [^]*\/readyz/m);
});

test('every volume in use is declared', () => {
  const used = Object.values(compose.services).flatMap(({ volumes }) => volumes);
  const names = used.map((volume) => volume.split(':')[0]);
  expect([...new Set(names)].sort()).toEqual(Object.keys(compose.volumes).sort());
});

describe('the image', () => {
  test('has Node 24', () => {
    expect(dockerfile).toMatch(/^FROM node:24/m);
  });

  test('does not run as root', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
  });

  test('copies only what is there', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from]) =>
      from!.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  });

  test.each(['start', 'worker', 'demo', 'letterbook'])('runs Node as "npm run %s" does', (name) => {
    const { scripts } = packageJson.parse(JSON.parse(readFileSync('package.json', 'utf8')));
    const [, variable, value, flag] =
      /^(\w+)=\$\{\1:-(\S+)\} exec node (--\S+) /.exec(scripts[name]!) ?? [];
    expect(dockerfile).toContain(`\nENV ${variable!}=${value!}\nENTRYPOINT ["node", "${flag!}", `);
  });

  test('starts with a script that exists', () => {
    const [, script] = /^ENTRYPOINT \["node", (?:"--[^"]+", )*"([^"]+)"\]$/m.exec(dockerfile) ?? [];
    expect(existsSync(script ?? '')).toBe(true);
  });
});
