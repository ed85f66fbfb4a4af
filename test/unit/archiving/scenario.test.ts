import { expect, it } from 'vitest';
import type { EarlierMessage } from '../../../src/archiving/facts.ts';
import { allCopies } from '../../support/scenario/build-scenario.ts';
import { checkScenario, checkBounces, type LogRow } from '../../support/scenario/check-scenario.ts';
import { factsOf, planOriginal, SCENARIO } from './scenario-core.ts';

it('decides every mail of the scenario as it shall be decided', async () => {
  const known = factsOf(SCENARIO);
  const primary = new Map(
    [...known.usersByAddress.values()].map((u) => [u.userId, u.primaryAddress]),
  );
  const seen = new Map<string, EarlierMessage[]>();
  const rows: LogRow[] = [];
  const bounces = new Set<string>();
  for (const [inboundMessageId, raw] of allCopies(SCENARIO).entries()) {
    const { fingerprint } = (await planOriginal(raw, known)).read;
    const sameFingerprint = seen.get(fingerprint) ?? [];
    const { plan } = await planOriginal(raw, { ...known, sameFingerprint });
    seen.set(fingerprint, [
      ...sameFingerprint,
      { inboundMessageId, ownerId: plan.ownerId, heldBack: false },
    ]);
    if (plan.bounce !== null) bounces.add(plan.bounce.to);
    rows.push({
      message_id: plan.messageId,
      outcome: plan.outcome,
      reason: plan.reason,
      capture: plan.capture,
      owner: plan.ownerId === null ? null : (primary.get(plan.ownerId) ?? ''),
      people: [...plan.matchedAddresses],
    });
  }
  expect(rows.length).toBeGreaterThan(300);
  expect(checkScenario(rows, SCENARIO)).toEqual([]);
  expect(checkBounces([...bounces], SCENARIO)).toEqual([]);
});
