import type { Viewer } from '../shared/viewer.ts';

/**
 * The one rule of who may see an email, as a condition on `emails`: its owner in any state, everybody
 * else once it is archived and shared. Groups do not widen it.
 */
export function visibleTo(
  viewer: Pick<Viewer, 'id'>,
  alias = 'e',
): { readonly sql: string; readonly bindings: readonly number[] } {
  return { sql: visibleToUserOf('?', alias), bindings: [viewer.id] };
}

/** The same for many users at once: for the one whose number is in a column of the statement. */
export function visibleToUserOf(column: string, alias = 'e'): string {
  return `(${alias}.owner_id = ${column} or (${alias}.state = 'archived' and ${alias}.visibility = 'shared'))`;
}
