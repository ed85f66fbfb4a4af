import type { GroupKey } from './group-key.ts';

/** The signed-in user for whom a page is made: whose rights count, whose clock and colours it has. */
export interface Viewer {
  readonly id: number;
  readonly name: string;
  /** The primary address. */
  readonly address: string;
  readonly groups: readonly GroupKey[];
  /** IANA name. */
  readonly timeZone: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Whether pages listen to single keys. */
  readonly keyboardShortcuts: boolean;
  /** Kinds of notices that they do not want to be told of. */
  readonly mutedNotices: readonly string[];
}

export function isSuperAdministrator({ groups }: Pick<Viewer, 'groups'>): boolean {
  return groups.includes('super-administrators');
}

/** Whether configuration, users and the archive log are theirs; Super Administrators may all of it. */
export function isAdministrator(viewer: Pick<Viewer, 'groups'>): boolean {
  return viewer.groups.includes('administrators') || isSuperAdministrator(viewer);
}
