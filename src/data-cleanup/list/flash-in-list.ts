import type { Request } from 'express';
import { flash, type Flash } from '../../http/flash.ts';
import { filterIn, withFilter, type ListFilter } from './list-filter.ts';

/** What was done in a list of Data Cleanup: whoever takes it back is in the same list again. */
export function flashInList(
  req: Request,
  message: Flash,
  filter: ListFilter = filterIn(req.body),
): void {
  const { undo } = message;
  flash(req, undo === undefined ? message : { ...message, undo: withFilter(undo, filter) });
}
