import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRoutes } from '../../support/list-routes.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

/*
 * Who may use which route at all. Whose record it is about is tried in record-permissions.test.ts.
 */

/** `everybody`: signed in or not; the others also what stands before them. */
type Access = 'everybody' | 'users' | 'administrators' | 'super administrators';

const ROUTES: Readonly<Record<Access, string>> = {
  everybody: `
    GET /healthz
    GET /readyz
    GET /sign-in
    POST /sign-in
    POST /sign-out
    GET /set-up
    POST /set-up
    GET /forgotten-password
    POST /forgotten-password
    GET /links/address
    POST /links/address
    GET /links/digest
    POST /links/digest
    POST /links/digest/one-click
    GET /links/invitation
    POST /links/invitation
    GET /links/password
    POST /links/password`,
  users: `
    GET /
    GET /inbox
    GET /inbox/bell
    GET /inbox/too-large
    GET /inbox/:id/open
    POST /inbox/dismiss
    POST /inbox/read
    POST /inbox/unread
    GET /set-up/first-mail
    GET /contacts
    GET /contacts/new
    POST /contacts/new
    GET /leads
    GET /leads/new
    POST /leads/new
    GET /people/bin
    GET /people/import
    POST /people/import
    POST /people/imports
    GET /people/:id
    GET /people/:id/edit
    POST /people/:id/edit
    POST /people/:id/convert
    POST /people/:id/convert/undo
    POST /people/:id/delete
    POST /people/:id/restore
    GET /emails
    GET /emails/:id
    GET /emails/:id/body
    GET /emails/:id/attachments/:attachmentId
    GET /emails/:id/attachments/:attachmentId/picture
    GET /emails/:id/original
    POST /emails/:id/address
    POST /emails/:id/unlink
    POST /emails/:id/visibility
    GET /data-cleanup
    GET /data-cleanup/:id
    POST /data-cleanup/bulk
    GET /data-cleanup/bulk/link
    GET /data-cleanup/bulk/:id
    POST /data-cleanup/bulk/:id/undo
    GET /data-cleanup/rules
    POST /data-cleanup/rules
    POST /data-cleanup/rules/:id/remove
    POST /data-cleanup/:id/contact
    POST /data-cleanup/:id/discard
    POST /data-cleanup/:id/hand-over
    POST /data-cleanup/:id/lead
    POST /data-cleanup/:id/link
    POST /decisions/:id/undo
    GET /preferences
    POST /preferences
    GET /profile
    POST /profile
    GET /profile/letterbook.vcf
    POST /profile/addresses
    POST /profile/addresses/:id/primary
    POST /profile/addresses/:id/remove
    POST /profile/addresses/:id/send
    POST /profile/password
    POST /profile/sign-out-others`,
  administrators: `
    GET /admin
    GET /admin/email
    GET /admin/email/archiving
    POST /admin/email/archiving
    GET /admin/email/archiving/health
    POST /admin/email/archiving/poll
    POST /admin/email/archiving/provider
    POST /admin/email/archiving/test
    GET /admin/email/outgoing
    POST /admin/email/outgoing
    POST /admin/email/outgoing/provider
    GET /admin/email/outgoing/remove
    POST /admin/email/outgoing/remove
    POST /admin/email/outgoing/test
    GET /admin/email/senders
    POST /admin/email/senders
    GET /admin/log
    GET /admin/log/download
    GET /admin/log/:id
    POST /admin/log/:id/try-again
    POST /admin/log/again
    GET /admin/log/again/:id
    POST /admin/log/again/:id/apply
    GET /admin/rules
    POST /admin/rules
    POST /admin/rules/:id/remove
    GET /admin/status
    GET /admin/users
    POST /admin/users
    GET /admin/users/new
    GET /admin/users/import
    POST /admin/users/import
    POST /admin/users/invite-all
    GET /admin/users/:id
    POST /admin/users/:id/addresses
    POST /admin/users/:id/addresses/:addressId/confirm
    POST /admin/users/:id/addresses/:addressId/primary
    POST /admin/users/:id/addresses/:addressId/remove
    GET /admin/users/:id/deactivate
    POST /admin/users/:id/deactivate
    POST /admin/users/:id/link/mail
    POST /admin/users/:id/link/show
    POST /admin/users/:id/name
    POST /admin/users/:id/reactivate
    POST /admin/users/:id/sign-out
    GET /people/:id/delete-for-ever
    POST /people/:id/delete-for-ever`,
  'super administrators': `
    POST /admin/email/senders/allow
    POST /admin/email/senders/forget
    GET /admin/log/:id/original
    GET /admin/quarantine
    GET /admin/quarantine/:id
    POST /admin/quarantine/:id
    GET /admin/rejected
    GET /admin/rejected/ignored
    GET /admin/rejected/sender
    POST /admin/rejected/again
    POST /admin/rejected/give
    POST /admin/rejected/hear-again
    POST /admin/rejected/ignore
    POST /admin/users/:id/groups
    POST /checklist/:action`,
};

const TABLE = (Object.keys(ROUTES) as Access[]).flatMap((access) =>
  ROUTES[access]
    .trim()
    .split(/\s*\n\s*/)
    .map((route) => ({ route, access })),
);
const ORDER: readonly Access[] = ['everybody', 'users', 'administrators', 'super administrators'];

let web: TestWeb;
let viewers: { readonly rank: number; readonly name: string; open(): Promise<Agent> }[];

beforeAll(async () => {
  web = await startTestWeb();
  const user = await web.addUser('Una User');
  const admin = await web.addUser('Ada Admin', 'administrators');
  const superAdmin = await web.addUser('Sue Super', 'super-administrators');
  viewers = [
    { rank: 0, name: 'nobody', open: async () => web.visitor() },
    { rank: 1, name: 'a user', open: () => web.signIn(user) },
    { rank: 2, name: 'an administrator', open: () => web.signIn(admin) },
    { rank: 3, name: 'a Super Administrator', open: () => web.signIn(superAdmin) },
  ];
});
afterAll(async () => {
  await web.close();
});

test('every route is in the table', () => {
  expect(listRoutes(web.app)).toEqual(TABLE.map(({ route }) => route).sort());
});

describe.each(ORDER)('for %s', (access) => {
  const needed = ORDER.indexOf(access);
  test.each(TABLE.filter((row) => row.access === access))('$route', async ({ route }) => {
    const answers: string[] = [];
    for (const { rank, name, open } of viewers) {
      const answer = await ask(await open(), route);
      const right =
        rank >= needed ? 'lets in' : rank === 0 ? 'asks to sign in' : 'refuses with 403';
      if (answer !== right) answers.push(`${name}: ${answer}, not ${right}`);
    }
    expect(answers).toEqual([]);
  });
});

/** What the answer means; ids are of nothing, forms are empty. */
async function ask(agent: Agent, route: string): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(/:\w*[iI]d\b/g, '999999').replace(':action', 'dismiss');
  const { status, headers } = await (method === 'GET'
    ? agent.get(url)
    : agent.post(url).type('form').send({}));
  if (status === 303 && String(headers.location).startsWith('/sign-in') && url !== '/sign-out') {
    return 'asks to sign in';
  }
  if (status === 403) return 'refuses with 403';
  return status < 500 ? 'lets in' : `fails with ${status}`;
}
