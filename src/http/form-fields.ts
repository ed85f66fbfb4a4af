import { z } from 'zod';

/*
 * Fields that many forms have in common. Whatever is no such thing counts as not given: none of them has a
 * sentence of its own to show.
 */

/** A box whose value is "yes": whether it is ticked. */
export const ticked = z
  .literal('yes')
  .optional()
  .catch(undefined)
  .transform((given) => given === 'yes');

/** All texts of a field that may stand in a form several times. */
export const texts = z
  .unknown()
  .optional()
  .transform((given) => [given].flat().filter((one) => typeof one === 'string'));
