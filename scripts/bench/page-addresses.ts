import type { Knex } from 'knex';

type Address = readonly [name: string, address: string];

/** The pages that are opened: each list at its beginning and far behind, with its filters, and what it leads to. */
export async function pageAddresses(db: Knex): Promise<Address[]> {
  const waiting = await findNewest(db, 'unmatched');
  const archived = await findNewest(db, 'archived');
  const middle = Math.round(waiting / 2);
  return [
    ['Home', '/'],
    ['Inbox', '/inbox'],
    ['Inbox, the bell', '/inbox/bell'],
    ['Data Cleanup', '/data-cleanup'],
    ['Data Cleanup, far behind', `/data-cleanup?before=${middle}`],
    ['Data Cleanup, by address', '/data-cleanup?by=address'],
    ['Data Cleanup, by domain', '/data-cleanup?by=domain'],
    ['Data Cleanup, a group', '/data-cleanup?by=address&group=office@everywhere.example'],
    ['Data Cleanup, discarded', '/data-cleanup?tab=discarded'],
    ['Data Cleanup, resolved', '/data-cleanup?tab=resolved'],
    ['Data Cleanup, an email', `/data-cleanup/${waiting}`],
    ['Data Cleanup, link all', '/data-cleanup/bulk/link?all=yes&through=999999999'],
    ['Emails', '/emails'],
    ['Emails, own', '/emails?mine=1'],
    ['Emails, a word in half of them', '/emails?q=contract'],
    ['Emails, a rare word', '/emails?q=zirconium'],
    ['Emails, a word that is nowhere', '/emails?q=ytterbium'],
    ['An email', `/emails/${archived}`],
    ['Contacts', '/contacts'],
    ['Contacts, a name', '/contacts?q=bali'],
    ['Leads', '/leads'],
    ['A contact with 50,000 emails', '/people/1'],
    ['A contact', '/people/77'],
    ['Bin', '/people/bin'],
    ['Never-archive rules', '/data-cleanup/rules'],
    ['Archive log', '/admin/log'],
    ['Archive log, waiting', '/admin/log?outcome=waiting'],
    ['Archive log, rejected', '/admin/log?outcome=rejected'],
    ['Archive log, a reason', '/admin/log?reason=automatic'],
    ['Archive log, an owner', '/admin/log?owner=1'],
    ['Archive log, owner and outcome', '/admin/log?owner=1&outcome=unmatched'],
    ['Archive log, an address', '/admin/log?q=stranger77%40elsewhere77.example'],
    ['Archive log, a message', `/admin/log/${archived}`],
    ['Rejected senders', '/admin/rejected'],
    ['Rejected senders, search', '/admin/rejected?q=stranger77'],
    ['Quarantine', '/admin/quarantine'],
    ['Sender policy', '/admin/email/senders'],
    ['Archiving configuration', '/admin/email/archiving'],
    ['Archiving health', '/admin/email/archiving/health'],
    ['Users', '/admin/users'],
    ['Administration', '/admin'],
  ];
}

/** The viewer's newest email that waits, or is archived. */
export async function findNewest(db: Knex, state: 'unmatched' | 'archived'): Promise<number> {
  const row = await db('emails').where({ owner_id: 1, state }).orderBy('id', 'desc').first('id');
  if (!row) throw new Error('The database is empty.');
  return row.id;
}
