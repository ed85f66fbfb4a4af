import { people } from './people.ts';
import { ago, copied, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { dana, owen, ravi } = users;
const { dolores, grant, shelby, wade, juniper, olga, bea, wilhelmina, roy } = people;

export const pelicansStorm: Story = {
  title: "Pelican's storm plan",
  shows: 'a long thread below the answer, and answers that quote it',
  mails: [
    forwarded(
      'pelican-storm',
      ago(14, '20:17'),
      { by: dana, layout: 'gmail', remark: 'Shelby is a lead still, the others are customers.' },
      {
        from: dolores,
        to: [dana],
        cc: [grant, shelby],
        subject: 'What happens to bookings when we close?',
        text: `Dana,

if we close for a storm, do forty carriers get told, or do forty drivers stand at the gate in the
rain? Grant says the first, I have seen the second.

Dolores Wynn
Pelican Wharf Storage`,
      },
      [dolores, grant, shelby],
    ),
    copied(
      'pelican-answer',
      ago(14, '21:40'),
      {
        from: dana,
        to: [dolores],
        cc: [grant],
        subject: 'Re: What happens to bookings when we close?',
        text: `Dolores,

Grant is right: close the site for a day and every carrier with a booking gets a message and three
new slots to choose from. You can try it on the practice site without telling anybody.

Dana

On the same day, Dolores Wynn wrote:
> if we close for a storm, do forty carriers get told, or do forty drivers stand at the gate in the
> rain? Grant says the first, I have seen the second.
>
> Dolores Wynn
> Pelican Wharf Storage`,
      },
      [dolores, grant],
      { answers: 'pelican-storm' },
    ),
    forwarded(
      'pelican-tried',
      soon(180),
      { by: dana, layout: 'outlook', remark: 'Nice end of that thread.' },
      {
        from: grant,
        to: [dana],
        cc: [dolores],
        subject: 'Re: What happens to bookings when we close?',
        text: `Tried it on the practice site. Forty carriers, forty messages, nobody in the rain. Dolores owes me
a coffee.

Grant`,
      },
      [grant, dolores],
      { answers: 'pelican-answer' },
    ),
  ],
};

export const grainAndToys: Story = {
  title: 'Grain and toys',
  shows: 'short letters of several users; a very long name',
  mails: [
    copied(
      'bluestem-scale',
      ago(11, '15:26'),
      {
        from: owen,
        to: [wade],
        cc: [juniper],
        subject: 'Weighbridge and bookings',
        text: `Wade,

the weighbridge can open a booking by itself: it reads the plate, we find the slot. Your vendor
needs the key that Juniper finds under Settings.

Owen`,
      },
      [wade, juniper],
    ),
    forwarded(
      'bluestem-works',
      ago(5, '16:04'),
      { by: owen, layout: 'thunderbird', remark: '' },
      {
        from: juniper,
        to: [owen],
        subject: 'Re: Weighbridge and bookings',
        text: `It opens. Wade has stopped looking for his clipboard.

Juniper`,
      },
      [juniper],
      { answers: 'bluestem-scale' },
    ),
    copied(
      'toys-christmas',
      ago(9, '11:11'),
      {
        from: ravi,
        to: [olga],
        cc: [bea],
        subject: 'Are you ready for December?',
        text: `Dear Olga,

last December your doors were full from the 4th on. Shall we open the reserve doors a week earlier
this year?

Ravi Menon`,
      },
      [olga, bea],
    ),
    forwarded(
      'toys-ready',
      ago(8, '13:07'),
      { by: ravi, layout: 'outlook', remark: 'Owen, please open doors 21 to 24 on the 27th.' },
      {
        from: olga,
        to: [ravi],
        subject: 'Re: Are you ready for December?',
        text: `Dear Ravi, a week earlier, yes. Bea has the list.

Olga`,
      },
      [olga],
      { answers: 'toys-christmas' },
    ),
    copied(
      'ardmore-names',
      ago(10, '12:48'),
      {
        from: dana,
        to: [wilhelmina],
        cc: [roy],
        subject:
          'Names on the gate display: why they are cut after thirty characters, what the new display will do about it, and a question about the abbreviation of purchasing cooperatives',
        text: `Dear Ms Featherstonehaugh-Cholmondeley,

you are right, a name should be shown whole. The new display scrolls.

With apologies to you and to Mr Ng, whose name it never cut,
Dana Kim`,
      },
      [wilhelmina, roy],
    ),
  ],
};
