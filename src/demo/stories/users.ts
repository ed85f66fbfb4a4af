import type { GroupKey } from '../../shared/group-key.ts';
import type { Named } from '../mail/compose-mail.ts';

/** Somebody who signs in to the demo. */
export interface DemoUser extends Named {
  readonly groups: readonly GroupKey[];
  /** What there is to see as this user. */
  readonly role: string;
}

/** Where mail is sent to be archived. */
export const ARCHIVE: Named = { name: '', address: 'archive@quayside.example' };
/** What the installation's own mail comes from. */
export const SENDS_FROM = 'crm@quayside.example';
/** Of every user of the demo. */
export const DEMO_PASSWORD = 'dockside-demo';

/** Quayside Systems sells Dockplan, software that plans the doors of warehouses. */
export const users = {
  dana: user('Dana Kim', ['super-administrators'], 'Super Administrator, with mail that waits'),
  ravi: user('Ravi Menon', ['super-administrators'], 'Super Administrator'),
  tobias: user('Tobias Lindqvist', ['administrators'], 'Administrator: settings, users, the log'),
  amelia: user('Amelia Grant', [], 'sales in Britain, sends copies (Bcc)'),
  jonas: user('Jonas Weber', [], 'sales in Germany, forwards from Outlook and Thunderbird'),
  claire: user('Claire Dubois', [], 'sales in France, forwards from Outlook and Apple Mail'),
  lucia: user('Lucía Herrera', [], 'sales in Spain', 'lucia.herrera'),
  haruto: user('Haruto Sato', [], 'sales in Japan'),
  owen: user('Owen Price', [], 'customer care; much of his mail matches nobody'),
  nadia: user('Nadia Rahman', [], 'new, with nothing in her archive yet'),
} as const;

function user(
  name: string,
  groups: readonly GroupKey[],
  role: string,
  local = name.toLowerCase().replace(' ', '.'),
): DemoUser {
  return { name, address: `${local}@quayside.example`, groups, role };
}
