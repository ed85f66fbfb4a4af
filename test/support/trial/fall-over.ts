import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation, RunningProcess } from '../installation.ts';
import { createRandom, type Random } from '../scenario/random.ts';

/** Workers of one installation that are killed at random and started again by a supervisor. */
export interface Supervisor {
  /** Kills one of the workers after a random while, the next one each time, and starts it again. */
  killOne(): Promise<void>;
  /** SIGTERM for all. @returns how each ended. */
  stop(): Promise<(number | NodeJS.Signals)[]>;
  /** What was done, so that a failure can be looked into. */
  story(): string;
}

const LONGEST_LIFE_MS = 1200;

export async function superviseWorkers(
  installation: Installation,
  roles: readonly ('start' | 'worker')[],
  seed: number,
): Promise<Supervisor> {
  const random: Random = createRandom(seed);
  const workers: RunningProcess[] = [];
  for (const role of roles) workers.push(await installation.serve(role));
  const delays: number[] = [];
  return {
    async killOne() {
      const index = delays.length % workers.length;
      const delay = random.between(0, LONGEST_LIFE_MS);
      delays.push(delay);
      await sleep(delay);
      const victim = workers[index]!;
      victim.kill('SIGKILL');
      const end = await victim.ended;
      if (end !== 'SIGKILL') throw new Error(`A worker ended by itself: ${victim.output()}`);
      workers[index] = await installation.serve(roles[index]!);
    },
    stop: () => Promise.all(workers.map((worker) => worker.stop())),
    story: () => `seed ${seed}, killed after ${delays.join(', ')} ms`,
  };
}
