import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PersonFact } from '../../../src/archiving/facts.ts';
import { OUTCOMES } from '../../../src/shared/outcome.ts';
import { canonical, RECIPIENTS, SENDERS } from '../../support/forwards/people.ts';
import { ELLA, JANE } from '../../support/forwards/write-traps.ts';
import { expectSound } from './fuzz-invariants.ts';
import { anyForwardMail, forwardSketches } from './fuzz-forward-mails.ts';
import { withoutEvidence } from './link-evidence.ts';
import { facts } from './samples.ts';
import { planOriginal } from './scenario-core.ts';

/** FUZZ_RUNS says how many mails, FUZZ_SEED which; a failure prints the seed and the smallest case. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 2_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_126);
const timeout = 60_000 + numRuns * 60;

const MAX = 'max.sample@letterbook.example';

/** Everybody in the corpora is a contact: whoever is taken for a correspondent is linked. */
const KNOWN = facts({
  archiveAddresses: new Set(['archive@letterbook.example']),
  usersByAddress: new Map([[MAX, { userId: 1, active: true, primaryAddress: MAX }]]),
  peopleByAddress: new Map(
    [...SENDERS, ...RECIPIENTS, JANE, ELLA]
      .map(({ address }) => canonical(address))
      .filter((address) => address !== MAX)
      .map((address, index): [string, PersonFact[]] => [
        address,
        [{ personId: index + 1, kind: 'contact' }],
      ]),
  ),
});

it('links no mutated forward without evidence in its own header lines', { timeout }, async () => {
  const sketches = await forwardSketches();
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyForwardMail(sketches), async (raw) => {
      const { read, forward, plan } = await planOriginal(raw, KNOWN);
      expectSound(read, forward, KNOWN);
      if (read.kind !== 'mail') return;
      for (const email of plan.emails) {
        expect(withoutEvidence(email, read.mail, raw, forward)).toEqual([]);
        const source = email.participants[0]?.source ?? 'nothing';
        const where = `${plan.outcome}, ${source}, ${email.partPath === '' ? 'itself' : 'attached'}`;
        seen.set(where, (seen.get(where) ?? 0) + 1);
      }
      expect(OUTCOMES).toContain(plan.outcome);
    }),
    { numRuns, seed },
  );
  // The mutations must keep reaching links of each kind, or this test proves little.
  for (const where of ['header, itself', 'block, itself', 'header, attached']) {
    expect(seen.get(`archived, ${where}`) ?? 0, where).toBeGreaterThan(numRuns / 100);
  }
});
