import { describe, expect, it } from 'vitest';
import type { AutomaticSign } from '../../../src/archiving/automatic-signs.ts';
import { decideBounce } from '../../../src/archiving/decide-bounce.ts';
import type { TableLine } from '../../../src/archiving/decide-outcome.ts';
import { ALIAS, ARCHIVE, facts, OLGA, OUTGOING, STRANGER } from './samples.ts';

const weak: AutomaticSign = { strength: 'no-answer', sign: 'sent by postmaster@' };

describe('decideBounce', () => {
  it('answers a stranger, and a user who is no longer active', () => {
    expect(decideBounce('no owner', STRANGER, [], facts())).toMatchObject({
      kind: 'bounce',
      to: STRANGER,
    });
    expect(decideBounce('no owner', OLGA, [], facts())).toMatchObject({ kind: 'bounce', to: OLGA });
  });

  it.each<[string, TableLine, string, AutomaticSign[], boolean]>([
    ['forged', 'no owner, trust fail', STRANGER, [], false],
    ['automatic', 'no owner, automatic', STRANGER, [], false],
    ['unreadable', 'unreadable', '', [], false],
    ['not one From', 'not exactly one From', STRANGER, [], false],
    ['our own', 'our own notice', STRANGER, [], false],
    ['a duplicate', 'duplicate', STRANGER, [], false],
    ['not trusted', 'owner, not trusted', STRANGER, [], false],
    ['a rule', 'rule', STRANGER, [], false],
    ['archived', 'a deciding correspondent matched', STRANGER, [], false],
    ['unmatched', 'else', STRANGER, [], false],
    ['the archive itself', 'no owner', ARCHIVE, [], false],
    ['an alias of it', 'no owner', ALIAS, [], false],
    ['our outgoing address', 'no owner', OUTGOING, [], false],
    ['a machine without a domain', 'no owner', 'root@[127.0.0.1]', [], false],
    ['a sign that no answer is wanted', 'no owner', STRANGER, [weak], false],
    ['mail older than the set-up', 'no owner', STRANGER, [], true],
  ])('never answers: %s', (_name, line, sender, signs, receivedBeforeSetUp) => {
    const decision = decideBounce(line, sender, signs, facts({ receivedBeforeSetUp }));
    expect(decision.kind).toBe('no-bounce');
    expect(decision.why).toMatch(/^\S.*\.$/);
  });
});
