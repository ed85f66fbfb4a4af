import { people } from './people.ts';
import { ago, expect, sent, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { owen } = users;
const { fergus, isla, marta, luc } = people;

const ameliaAtHome = { name: 'Amelia Grant', address: 'amelia.grant@homepost.example' };
const peter = { name: 'Peter Vance', address: 'peter.vance@quayside.example' };
const leads = { name: 'Lead Fountain', address: 'growth@lead-fountain.example' };
const kip = { name: 'Kip Darnell', address: 'kip@rank-rocket.example' };

export const strangers: Story = {
  title: 'Owner of the message does not exist',
  shows: 'mail from addresses that no user has; what arrives after the set-up is bounced',
  mails: [
    sent(
      'stranger-leads',
      ago(13, '03:33'),
      {
        from: leads,
        to: [],
        subject: 'Quick question',
        text: 'Would 500 leads a week be too many for you? Answer "yes" and we talk.',
      },
      expect.stranger(),
    ),
    sent(
      'stranger-former-colleague',
      ago(9, '08:25'),
      {
        from: peter,
        to: [isla],
        subject: 'My last day',
        text: `Dear Isla,

today is my last day at Quayside. Owen takes over from tomorrow.

Peter`,
      },
      expect.stranger(),
      { way: { kind: 'bcc' } },
    ),
    sent(
      'stranger-answers-all',
      ago(6, '07:15'),
      {
        from: fergus,
        to: [owen],
        subject: 'Re: Arrival board is dark since five',
        text: 'Third from the top, found it.\n\nFergus',
      },
      expect.stranger(),
      { way: { kind: 'cc' } },
    ),
    sent(
      'stranger-amelia-at-home',
      soon(25),
      {
        from: ameliaAtHome,
        to: [marta],
        subject: 'Hall C, from home',
        text: `Hi Marta,

my laptop is at the office, so from my own address: the plan of hall C is fine.

Amelia`,
      },
      expect.stranger(),
      { way: { kind: 'bcc' } },
    ),
    sent(
      'stranger-rank-rocket',
      soon(110),
      {
        from: kip,
        to: [],
        subject: 'Your website on page one?',
        text: 'Hi there, I looked at your website and have three ideas. Ten minutes this week?\n\nKip',
      },
      expect.stranger(),
    ),
  ],
};

const automatic = { 'Auto-Submitted': 'auto-replied' };

export const machines: Story = {
  title: 'Machines',
  shows: 'automatic mail to the archive, which is ignored and never answered',
  mails: [
    sent(
      'machine-list',
      ago(12, '05:00'),
      {
        from: { name: 'Cold Chain Forum', address: 'forum@cold-chain.example' },
        to: [],
        subject: '[cold-chain] Digest 211',
        text: '1. Doors that freeze (4 answers)\n2. Which gloves? (31 answers)',
      },
      expect.automatic(),
      { header: { 'List-Id': '<forum.cold-chain.example>', Precedence: 'list' } },
    ),
    sent(
      'machine-undeliverable',
      ago(10, '12:49'),
      {
        from: { name: 'Mail Delivery System', address: 'mailer-daemon@mail.quayside.example' },
        to: [],
        subject: 'Undelivered mail returned to sender',
        text: 'The mail system could not deliver your message to roy.mg@ardmore-supplies.example.',
      },
      expect.automatic(),
      { header: { 'Auto-Submitted': 'auto-generated' } },
    ),
    sent(
      'machine-status',
      ago(1, '02:10'),
      {
        from: { name: 'Status', address: 'no-reply@status-page.example' },
        to: [],
        subject: 'Resolved: slow answers in Frankfurt',
        text: 'The incident is over. It lasted eleven minutes.',
      },
      expect.automatic(),
    ),
    sent(
      'machine-holiday',
      soon(210),
      {
        from: luc,
        to: [],
        subject: 'Absence du bureau Re: Quais réfrigérés',
        text: 'Je suis absent jusqu’à lundi. En cas d’urgence : Benoît Lefèvre.',
      },
      expect.automatic(),
      { header: automatic },
    ),
  ],
};
