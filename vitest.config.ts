import { defineConfig } from 'vitest/config';

/** A project per kind of test; integration and e2e start real servers, so they get time for it. */
function project(name: string, timeoutMs: number, globalSetup: string[] = []) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeoutMs,
      hookTimeout: Math.max(timeoutMs, 120_000),
      pool: 'forks' as const,
      // Real servers on a shared machine: a process may be starved for longer than a test can wait.
      retry: 1,
      globalSetup,
    },
  };
}

/** What real servers need before the first test of a project. */
const SERVERS = ['test/support/ensure-programs-setup.ts', 'test/support/postgres-setup.ts'];

export default defineConfig({
  test: {
    // Most tests wait for servers; by itself vitest leaves a core of two idle.
    maxWorkers: 2,
    // A whole list of what is wrong would bury the failure of the first try.
    diff: { truncateThreshold: 60 },
    projects: [
      project('unit', 20_000),
      project('integration', 180_000, SERVERS),
      project('e2e', 300_000, SERVERS),
    ],
  },
});
