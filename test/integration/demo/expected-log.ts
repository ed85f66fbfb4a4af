import { stories } from '../../../src/demo/stories/all-stories.ts';
import { buildMails } from '../../../src/demo/stories/build-mails.ts';
import type { LogRow } from '../../support/scenario/check-scenario.ts';

/** The archive log after every story, as is written beside each mail. */
export function expectedLog(): LogRow[] {
  return buildMails(stories, new Date()).map(({ messageId, expect }) => ({
    message_id: messageId,
    outcome: expect.outcome,
    reason: expect.reason,
    capture: expect.capture ?? '',
    owner: expect.owner?.address ?? '',
    people: expect.people
      .map(({ address }) => address)
      .sort()
      .join(';'),
  }));
}
