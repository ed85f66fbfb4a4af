import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wantsForwardReading } from '../../../src/archiving/wants-forward-reading.ts';
import { OUTCOMES } from '../../../src/shared/outcome.ts';
import { expectSound } from './fuzz-invariants.ts';
import { anyFacts, anyForward, anyMail } from './fuzz-mails.ts';
import { anyRawMail } from './fuzz-raw-mails.ts';
import { read } from './samples.ts';
import { factsOf, planOriginal, SCENARIO } from './scenario-core.ts';

/** FUZZ_RUNS says how many mails, FUZZ_SEED which; a failure prints the seed and the smallest case. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 3_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_250_303);
const timeout = 20_000 + numRuns * 60;

it('plans every mutated mail soundly, by the line of the table', { timeout }, () => {
  const lines = new Map<string, number>();
  fc.assert(
    fc.property(anyMail, anyForward, anyFacts, (mail, forward, facts) => {
      const asked = wantsForwardReading(mail, facts) ? forward : null;
      const { line } = expectSound(read(mail), asked, facts).trace;
      lines.set(line, (lines.get(line) ?? 0) + 1);
      expectSound(read(mail), forward, facts);
    }),
    { numRuns, seed },
  );
  if (numRuns >= 1000) expect([...lines.keys()].sort()).toEqual(LINES_WITHOUT_UNREADABLE);
});

it('reads and plans the bytes of every mutated mail soundly', { timeout }, async () => {
  const known = factsOf(SCENARIO);
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyRawMail, async (raw) => {
      const planned = await planOriginal(raw, known);
      expectSound(planned.read, planned.forward, known);
      expect(JSON.stringify(planned.plan)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      outcomes.add(planned.plan.outcome);
    }),
    { numRuns, seed },
  );
  if (numRuns >= 1000) expect([...outcomes].sort()).toEqual([...OUTCOMES].sort());
});

/** The mutations must keep reaching every line, or this test proves little. */
const LINES_WITHOUT_UNREADABLE = [
  'a deciding correspondent matched',
  'duplicate',
  'else',
  'never-archive rule',
  'no owner',
  'no owner, automatic',
  'no owner, ignored sender',
  'no owner, trust fail',
  'not exactly one From',
  'our own notice',
  'owner, not trusted',
  'rule',
];
