import { describe, expect, it } from 'vitest';
import type { TrustFacts, TrustPolicy } from '../../../src/archiving/facts.ts';
import { isHeldBack, judgeSender } from '../../../src/archiving/judge-sender.ts';
import type { TrustVerdict } from '../../../src/shared/outcome.ts';
import { facts } from './samples.ts';

const checked = (verdict: TrustVerdict): TrustFacts => ({ kind: 'checked', verdict, why: 'DKIM' });

describe('judgeSender', () => {
  it.each<[TrustPolicy, TrustFacts, TrustVerdict, boolean]>([
    ['off', { kind: 'not-checked' }, 'unknown', false],
    ['off', checked('fail'), 'unknown', false],
    ['warn', { kind: 'not-checked' }, 'unknown', false],
    ['warn', checked('fail'), 'fail', false],
    ['warn', checked('pass'), 'pass', false],
    ['require', { kind: 'not-checked' }, 'unknown', true],
    ['require', checked('fail'), 'fail', true],
    ['require', checked('none'), 'none', true],
    ['require', checked('pass'), 'pass', false],
  ])('policy %s, %j: %s, held back %s', (trustPolicy, trust, verdict, heldBack) => {
    const known = facts({ trustPolicy, trust });
    const judgement = judgeSender(known);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.why).not.toBe('');
    expect(isHeldBack(judgement.verdict, known)).toBe(heldBack);
  });

  it.each(['released', 'allowed'] as const)('holds nothing back that is %s', (letIn) => {
    const known = facts({ trustPolicy: 'require', trust: checked('fail'), letIn });
    const judgement = judgeSender(known);
    expect(judgement.verdict).toBe('fail');
    expect(judgement.why).toMatch(letIn === 'released' ? /has released it/ : /always let in/);
    expect(isHeldBack('fail', known)).toBe(false);
  });
});
