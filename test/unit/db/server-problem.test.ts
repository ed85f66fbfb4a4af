import { expect, test } from 'vitest';
import { serverProblem } from '../../../src/db/server-problem.ts';

test.each(['16.0', '16.4 (Debian 16.4-1.pgdg120+1)', '18beta1', '100.1'])(
  '%s will do',
  (version) => {
    expect(serverProblem(version)).toBeNull();
  },
);

test.each(['15.9 (Debian 15.9-0+deb12u1)', '9.6.24'])('%s is too old', (version) => {
  expect(serverProblem(version)).toBe(
    `Letterbook needs PostgreSQL 16 or later, and DATABASE_URL leads to ${version}: upgrade that server, or leave DATABASE_URL out to run a PostgreSQL of its own.`,
  );
});
