import pg from 'pg';
import type { Scenario } from './scenario.ts';

/**
 * What `letterbook user import` has no column for: further addresses, verified and not, and users
 * who are no longer active. Written in SQL, so that no code of the product sets up its own trial.
 */
export async function addProfiles(
  connectionString: string,
  scenario: Pick<Scenario, 'users'>,
): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const user of scenario.users) {
      if (!user.active) await addInactive(client, user.name, user.email);
      for (const address of user.otherAddresses)
        await addAddress(client, user.email, address, true);
      for (const address of user.unverifiedAddresses) {
        await addAddress(client, user.email, address, false);
      }
    }
  } finally {
    await client.end();
  }
}

async function addInactive(client: pg.Client, name: string, email: string): Promise<void> {
  await client.query(
    `with added as (insert into users (name, disabled_at) values ($1, now()) returning id)
     insert into user_addresses (user_id, address, is_primary, verified_at)
     select id, $2, true, now() from added`,
    [name, email],
  );
}

async function addAddress(
  client: pg.Client,
  primary: string,
  address: string,
  verified: boolean,
): Promise<void> {
  await client.query(
    `insert into user_addresses (user_id, address, verified_at)
     select user_id, $2, case when $3 then now() end from user_addresses
     where address = $1 and is_primary`,
    [primary, address, verified],
  );
}
