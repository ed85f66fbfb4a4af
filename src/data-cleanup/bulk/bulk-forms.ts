import { z } from 'zod';
import { ticked } from '../../http/form-fields.ts';
import { idIn } from '../../http/path-id.ts';
import { textInQuery } from '../../http/query-fields.ts';

/** What is to be done with the emails that are ticked. */
export const bulkForm = z.object({
  do: z.enum(['link', 'create-leads', 'discard', 'hand-over']).catch('link'),
  personId: z
    .unknown()
    .optional()
    .transform((text) => idIn(text)),
  userId: z
    .unknown()
    .optional()
    .transform((text) => idIn(text)),
  add: ticked,
  /** That so many are meant has been read. */
  sure: ticked,
  q: textInQuery,
});
