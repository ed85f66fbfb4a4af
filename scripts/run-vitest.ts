import { createVitest, type Vitest } from 'vitest/node';
import { tallyOf, type RanFile } from './tally.ts';
import { linesAbout, type Unsteady } from './unsteady.ts';

/** A test that is at work when the run is stopped gets this long, in milliseconds. */
const PATIENCE_MS = 5_000;

const vitest = await createVitest({ watch: false });
stopOnSignal(vitest);
await vitest.start(process.argv.slice(2));
const tally = tallyOf(ranFiles(vitest), vitest.state.getUnhandledErrors().length);
for (const line of linesAbout(unsteadyTests(vitest))) console.log(line);
await vitest.close();
process.send?.(tally, () => process.exit());

function ranFiles({ state }: Vitest): RanFile[] {
  return state.getTestModules().map((file) => ({
    ok: file.ok() && file.errors().length === 0,
    tests: [...file.children.allTests()].map((test) => test.result().state),
  }));
}

function unsteadyTests({ state }: Vitest): Unsteady[] {
  return state.getTestModules().flatMap((file) =>
    [...file.children.allTests()]
      .filter((test) => test.ok() && test.diagnostic()?.flaky === true)
      .map((test) => {
        const why = test.result().errors?.[0]?.message ?? 'It is not known why.';
        return { name: `${file.relativeModuleId}: ${test.fullName}`, why };
      }),
  );
}

/** vitest itself would exit at once, and leave the servers of its global set-up running. */
function stopOnSignal(running: Vitest): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => void stop(running));
  }
}

async function stop(running: Vitest): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([running.cancelCurrentRun('keyboard-input'), patience]);
  await running.close();
  process.exit(130);
}
