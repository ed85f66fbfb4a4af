import { expect, it } from 'vitest';
import { allCopies, buildScenario } from '../support/scenario/build-scenario.ts';
import { checkEndState, finish, whatCouldNotBeRead } from '../support/trial/check-trial.ts';
import { superviseWorkers } from '../support/trial/fall-over.ts';
import { ALIASES, ARCHIVE } from '../support/trial/mail-rounds.ts';
import { withTrial } from '../support/trial/trial.ts';

const KILLS = 10;
const SEED = Date.now() % 1_000_000;
const scenario = buildScenario({
  seed: 7,
  archiveAddress: ARCHIVE,
  aliases: ALIASES,
  now: new Date(),
});

it.each([
  { name: 'the one process', redis: false, roles: ['start'] },
  { name: 'one of two workers over Redis', redis: true, roles: ['worker', 'worker'] },
] as const)(
  'with $name killed ten times at random the whole scenario ends as if nothing had happened',
  async ({ redis, roles }) => {
    await withTrial({ redis, scenario }, async (trial) => {
      const copies = allCopies(scenario);
      const workers = await superviseWorkers(trial.installation, roles, SEED);
      const portion = Math.ceil(copies.length / KILLS);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await trial.dovecot.deliverMany(copies.slice(kill * portion, (kill + 1) * portion));
        await workers.killOne();
      }
      expect(await workers.stop(), workers.story()).toEqual(roles.map(() => 0));
      await finish(trial);
      const wrong = await checkEndState(trial, { scenario, unknownBounces: KILLS });
      expect(wrong, `${workers.story()}\n${await whatCouldNotBeRead(trial)}`).toEqual([]);
    });
  },
);
