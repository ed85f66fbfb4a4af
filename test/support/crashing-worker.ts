import { readEnv } from '../../src/config/env.ts';
import { runProduct } from '../../src/run-product.ts';
import { readCheckpointVariable } from './crashing-worker-variable.ts';

/** The product's worker, which a signal ends or freezes when it comes to a point for the nth time. */
const { checkpoint, nth, signal } = readCheckpointVariable();
let passed = 0;

await runProduct(process.env.REDIS_URL ? 'worker' : 'start', readEnv(), (name) => {
  if (name !== checkpoint) return undefined;
  passed += 1;
  if (signal === 'SIGSTOP') {
    if (passed === nth) process.kill(process.pid, signal);
    return undefined;
  }
  if (passed < nth) return undefined;
  process.kill(process.pid, signal);
  // The signal may take a moment: nothing must happen after this point.
  return new Promise<void>(() => undefined);
});
