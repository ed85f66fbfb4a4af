import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/archiving/facts.ts';
import { wantsForwardReading } from '../../../src/archiving/wants-forward-reading.ts';
import type * as samples from './samples.ts';
import { ARCHIVE, facts, INSTANCE, JANE, mail, STRANGER, TOM } from './samples.ts';

describe('wantsForwardReading', () => {
  it.each<[string, samples.MailSketch, Partial<Facts>, boolean]>([
    ['to the archive', { to: [ARCHIVE] }, {}, true],
    ['to a colleague', { to: [TOM] }, {}, true],
    ['a person in To', { to: [JANE] }, {}, false],
    ['mails attached', { to: [ARCHIVE], forwarded: [mail()] }, {}, true],
    ['redirected', { from: [JANE], resentFrom: [TOM], to: [ARCHIVE] }, {}, false],
    ['from nobody', { from: [STRANGER], to: [ARCHIVE] }, {}, false],
    ['two From', { fromLines: 2, to: [ARCHIVE] }, {}, false],
    ['our own', { to: [ARCHIVE], fields: [['x-letterbook-instance', INSTANCE]] }, {}, false],
  ])('%s', (_name, sketch, changes, wanted) => {
    expect(wantsForwardReading(mail(sketch), facts(changes))).toBe(wanted);
  });
});
