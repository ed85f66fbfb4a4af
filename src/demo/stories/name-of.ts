import type { Named } from '../mail/compose-mail.ts';
import { people } from './people.ts';
import { users } from './users.ts';

/** The address with the name that mail programs would write before it. */
export function nameOf(address: string): Named {
  const known: readonly Named[] = [...Object.values(users), ...Object.values(people)];
  const name = known.find((one) => one.address === address)?.name ?? '';
  return { name, address };
}
