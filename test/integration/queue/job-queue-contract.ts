import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobQueue } from '../../../src/queue/job-queue.ts';
import { collectingLog, gate, type CollectingLog } from './queue-tools.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };

/** What every queue must do, whatever it is made of. */
export function describeJobQueue(
  kind: 'bull' | 'in-process',
  open: (log: CollectingLog) => JobQueue,
): void {
  describe(`a job queue (${kind})`, () => {
    let queue: JobQueue;
    let log: CollectingLog;
    beforeEach(() => {
      log = collectingLog();
      queue = open(log);
    });
    afterEach(() => queue.close(1000));

    it('gives each job to the handler of its name, in the order they came', async () => {
      const filed: number[] = [];
      let polls = 0;
      for (const id of [1, 2, 3, 4, 5]) await queue.add('file', { ids: [id] });
      await queue.add('poll', {});
      queue.process('file', 1, ({ ids }) => {
        filed.push(...ids);
        return Promise.resolve();
      });
      queue.process('poll', 1, () => {
        polls += 1;
        return Promise.resolve();
      });
      await vi.waitFor(() => {
        expect({ filed, polls }).toEqual({ filed: [1, 2, 3, 4, 5], polls: 1 });
      }, PATIENCE);
    });

    it('works on as many jobs at once as allowed, and no more', async () => {
      const door = gate();
      let now = 0;
      let most = 0;
      let done = 0;
      queue.process('file', 3, async () => {
        now += 1;
        most = Math.max(most, now);
        await door.opened;
        now -= 1;
        done += 1;
      });
      for (let id = 1; id <= 9; id += 1) await queue.add('file', { ids: [id] });
      await vi.waitFor(() => {
        expect(now).toBe(3);
      }, PATIENCE);
      door.open();
      await vi.waitFor(() => {
        expect(done).toBe(9);
      }, PATIENCE);
      expect(most).toBe(3);
    });

    it('counts the jobs of a name that nobody has begun', async () => {
      const door = gate();
      await queue.add('poll', {});
      for (let id = 1; id <= 4; id += 1) await queue.add('file', { ids: [id] });
      expect(await queue.waiting('file')).toBe(4);
      queue.process('file', 3, () => door.opened);
      await vi.waitFor(async () => {
        expect(await queue.waiting('file')).toBe(1);
      }, PATIENCE);
      door.open();
      await vi.waitFor(async () => {
        expect(await queue.waiting('file')).toBe(0);
      }, PATIENCE);
    });

    it('tries a failing job three times, then says so and goes on', async () => {
      const tries: number[] = [];
      queue.process('file', 1, ({ ids: [id = 0] }) => {
        tries.push(id);
        return id === 1 ? Promise.reject(new Error('the disk is full')) : Promise.resolve();
      });
      await queue.add('file', { ids: [1] });
      await queue.add('file', { ids: [2] });
      await vi.waitFor(() => {
        expect(log.errors).toEqual(['Job file failed (attempt 3 of 3): the disk is full']);
      }, PATIENCE);
      expect(tries.toSorted()).toEqual([1, 1, 1, 2]);
    });

    it('survives a handler that throws instead of rejecting', async () => {
      let calls = 0;
      queue.process('poll', 1, () => {
        calls += 1;
        if (calls === 1) throw new Error('not even a promise');
        return Promise.resolve();
      });
      await queue.add('poll', {});
      await vi.waitFor(() => {
        expect(calls).toBe(2);
      }, PATIENCE);
    });

    it('lets a job that carries nothing wait once, and one beside the one that runs', async () => {
      const door = gate();
      let begun = 0;
      queue.process('suggest', 1, async () => {
        begun += 1;
        await door.opened;
      });
      await queue.add('suggest', {});
      await vi.waitFor(() => {
        expect(begun).toBe(1);
      }, PATIENCE);
      for (let count = 0; count < 5; count += 1) await queue.add('suggest', {});
      door.open();
      await vi.waitFor(() => {
        expect(begun).toBe(2);
      }, PATIENCE);
      // Others would have begun before these are done.
      let sent = 0;
      queue.process('send', 1, () => {
        sent += 1;
        return Promise.resolve();
      });
      for (const count of [1, 2, 3, 4, 5]) {
        await queue.add('send', {});
        await vi.waitFor(() => {
          expect(sent).toBe(count);
        }, PATIENCE);
      }
      expect(begun).toBe(2);
    });

    it('repeats what is scheduled, and a new schedule replaces the old one', async () => {
      const runs = { poll: 0, sweep: 0 };
      for (const name of ['poll', 'sweep'] as const) {
        queue.process(name, 1, () => {
          runs[name] += 1;
          return Promise.resolve();
        });
      }
      await queue.schedule([{ name: 'poll', everySeconds: 0.1 }]);
      await vi.waitFor(() => {
        expect(runs.poll).toBeGreaterThanOrEqual(3);
      }, PATIENCE);

      await queue.schedule([{ name: 'sweep', everySeconds: 0.1 }]);
      const atMost = runs.poll + 1;
      await vi.waitFor(() => {
        expect(runs.sweep).toBeGreaterThanOrEqual(5);
      }, PATIENCE);
      expect(runs.poll).toBeLessThanOrEqual(atMost);
    });

    it('refuses a schedule that makes no sense', async () => {
      const schedule = async (name: 'file' | 'poll', everySeconds: number) => {
        await queue.schedule([{ name, everySeconds }]);
      };
      await expect(schedule('file', 60)).rejects.toThrow('file needs ids');
      await expect(schedule('poll', 0)).rejects.toThrow('interval above zero');
    });

    it('takes one handler for a name', () => {
      queue.process('send', 1, () => Promise.resolve());
      expect(() => {
        queue.process('send', 1, () => Promise.resolve());
      }).toThrow();
    });

    it('finishes what runs when it is closed, and starts nothing more', async () => {
      const door = gate();
      const seen: string[] = [];
      queue.process('file', 1, async ({ ids }) => {
        seen.push(`begun ${ids.join()}`);
        await door.opened;
        seen.push(`done ${ids.join()}`);
      });
      await queue.add('file', { ids: [1] });
      await queue.add('file', { ids: [2] });
      await vi.waitFor(() => {
        expect(seen).toEqual(['begun 1']);
      }, PATIENCE);
      const closed = queue.close(20_000).then(() => seen.push('closed'));
      door.open();
      await closed;
      expect(seen).toEqual(['begun 1', 'done 1', 'closed']);
      await expect(queue.add('file', { ids: [3] })).rejects.toThrow('The queue is closed.');
    });

    it('tells what runs to end when it is closed', async () => {
      let begun = false;
      let toldAtFirst = true;
      queue.process('send', 1, async (_, stopping) => {
        toldAtFirst = stopping.aborted;
        begun = true;
        await new Promise((resolve) => {
          stopping.addEventListener('abort', resolve);
        });
      });
      await queue.add('send', {});
      await vi.waitFor(() => {
        expect(begun).toBe(true);
      }, PATIENCE);
      expect(toldAtFirst).toBe(false);
      // Longer than the test may take: the job ends because it is told to.
      await queue.close(3_600_000);
    });

    it('does not wait for ever for a job that never ends', async () => {
      let begun = false;
      queue.process('send', 1, () => {
        begun = true;
        return new Promise(() => undefined);
      });
      await queue.add('send', {});
      await vi.waitFor(() => {
        expect(begun).toBe(true);
      }, PATIENCE);
      await queue.close(50);
    });

    it('says how it is', async () => {
      expect(await queue.health()).toMatchObject({ kind, ok: true });
    });
  });
}
