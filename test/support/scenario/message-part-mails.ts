import {
  buildMail,
  mailbox,
  messagePart,
  multipart,
  textPart,
  type Field,
  type Part,
} from '../mail-builder.ts';
import { personMailbox, rfcDate, strangerMailbox, userMailbox, type Desk } from './desk.ts';
import { archived, arrives, unmatched, type Fate } from './expectations.ts';
import { forwardInline } from './forwarded-mails.ts';
import { FORWARD_LAYOUTS } from './forward-layouts.ts';
import { at } from './random.ts';
import type { Delivery, ScenarioUser } from './scenario.ts';
import { letter } from './texts.ts';

/**
 * Forwarded as attachment: each message/rfc822 part is an email of its own. Left out, because the
 * rules name message/rfc822 only: an .eml sent as application/octet-stream or text/plain.
 */
export function messagePartMails(desk: Desk): Delivery[] {
  return [...onePart(desk), ...severalParts(desk), ...oddParts(desk), ...beside(desk)];
}

interface Inner {
  readonly from?: string;
  readonly to: string;
  readonly cc?: string;
  readonly part?: Part;
  readonly fields?: readonly Field[];
}

function inner(desk: Desk, mail: Inner): Buffer {
  const content = desk.content();
  const fields: Field[] = [
    ...(mail.fields ?? []),
    ...(mail.from === undefined ? [] : [['From', mail.from] as const]),
    ['To', mail.to],
    ...(mail.cc === undefined ? [] : [['Cc', mail.cc] as const]),
    ['Subject', content.subject],
    ['Date', rfcDate(desk.moment())],
    ['Message-ID', desk.messageId()],
  ];
  return buildMail(fields, mail.part ?? content.part);
}

type Build = (owner: ScenarioUser) => { readonly parts: readonly Part[]; readonly fate: Fate };

function attached(desk: Desk, name: string, build: Build, to = desk.archive): Delivery {
  const owner = desk.user();
  const { parts, fate } = build(owner);
  const cover = textPart('Please file these.\n', { encoding: '7bit' });
  const mail = desk.write({
    from: userMailbox(owner),
    to,
    subject: 'Fwd: attached',
    part: multipart('mixed', [cover, ...parts]),
  });
  return arrives(`attached: ${name}`, mail, fate);
}

function onePart(desk: Desk): Delivery[] {
  const [known, cc] = [desk.known(), desk.known()];
  const one = (
    name: string,
    mail: (owner: ScenarioUser) => Inner,
    fate: (o: ScenarioUser) => Fate,
  ) =>
    [undefined, 'message.eml'].map((fileName) =>
      attached(desk, `${name}${fileName === undefined ? '' : ', as a file'}`, (owner) => ({
        parts: [messagePart(inner(desk, mail(owner)), fileName)],
        fate: fate(owner),
      })),
    );
  return [
    ...one(
      'known sender',
      (owner) => ({ from: personMailbox(known), to: userMailbox(owner) }),
      (owner) => archived(owner, [known], 'forwarded'),
    ),
    ...one(
      'known sender and known Cc',
      (owner) => ({
        from: personMailbox(known),
        to: userMailbox(owner),
        cc: `${personMailbox(cc)}, ${strangerMailbox(desk.stranger())}`,
      }),
      (owner) => archived(owner, [known, cc], 'forwarded'),
    ),
    ...one(
      'unknown sender and known Cc',
      (owner) => ({
        from: strangerMailbox(desk.stranger()),
        to: userMailbox(owner),
        cc: personMailbox(cc),
      }),
      (owner) => unmatched(owner, 'forwarded', { reason: 'no-match' }),
    ),
    ...one(
      'own mail to a known person',
      (owner) => ({ from: userMailbox(owner), to: personMailbox(known) }),
      (owner) => archived(owner, [known], 'forwarded'),
    ),
    ...one(
      'own mail to an unknown person',
      (owner) => ({ from: userMailbox(owner), to: strangerMailbox(desk.stranger()) }),
      (owner) => unmatched(owner, 'forwarded', { reason: 'no-match' }),
    ),
  ];
}

function severalParts(desk: Desk): Delivery[] {
  const three = [desk.known(), desk.known(), desk.known()];
  const fromKnown = (owner: ScenarioUser) =>
    three.map((person) =>
      messagePart(inner(desk, { from: personMailbox(person), to: owner.email }), 'mail.eml'),
    );
  const fromStranger = (owner: ScenarioUser) =>
    messagePart(inner(desk, { from: strangerMailbox(desk.stranger()), to: owner.email }));
  return [
    attached(desk, 'three, all known', (owner) => ({
      parts: fromKnown(owner),
      fate: archived(owner, three, 'forwarded'),
    })),
    attached(desk, 'four, one unknown', (owner) => ({
      parts: [...fromKnown(owner), fromStranger(owner)],
      fate: unmatched(owner, 'forwarded', { people: three, reason: 'partly-matched' }),
    })),
    attached(desk, 'two, none known', (owner) => ({
      parts: [fromStranger(owner), fromStranger(owner)],
      fate: unmatched(owner, 'forwarded', { reason: 'no-match' }),
    })),
    attached(desk, 'two of the same known person', (owner) => ({
      parts: [1, 2].map(() =>
        messagePart(inner(desk, { from: personMailbox(at(three, 0)), to: owner.email })),
      ),
      fate: archived(owner, [at(three, 0)], 'forwarded'),
    })),
    attached(desk, 'in a multipart/digest', (owner) => ({
      parts: [multipart('digest', fromKnown(owner))],
      fate: archived(owner, three, 'forwarded'),
    })),
  ];
}

function oddParts(desk: Desk): Delivery[] {
  const [outside, inside] = [desk.known(), desk.known()];
  return [
    attached(desk, 'a mail inside the mail is that mail’s own', (owner) => {
      const deep = messagePart(inner(desk, { from: personMailbox(inside), to: outside.email }));
      const part = multipart('mixed', [textPart(letter('english')), deep]);
      const raw = inner(desk, { from: personMailbox(outside), to: owner.email, part });
      return { parts: [messagePart(raw)], fate: archived(owner, [outside], 'forwarded') };
    }),
    attached(desk, 'without From', (owner) => ({
      parts: [messagePart(inner(desk, { to: owner.email }))],
      fate: unmatched(owner, 'forwarded'),
    })),
    attached(desk, 'empty', (owner) => ({
      parts: [messagePart(Buffer.alloc(0))],
      fate: unmatched(owner, 'forwarded'),
    })),
    attached(desk, 'automatic mail of a known sender', (owner) => ({
      parts: [
        messagePart(
          inner(desk, {
            from: personMailbox(inside),
            to: owner.email,
            fields: [['Auto-Submitted', 'auto-replied']],
          }),
        ),
      ],
      fate: archived(owner, [inside], 'forwarded'),
    })),
    attached(
      desk,
      'to the alias',
      (owner) => ({
        parts: [messagePart(inner(desk, { from: mailbox('', inside.email), to: owner.email }))],
        fate: archived(owner, [inside], 'forwarded'),
      }),
      desk.archiveAlias(),
    ),
  ];
}

/** What stands beside the attached mail. */
function beside(desk: Desk): Delivery[] {
  const [addressee, sender] = [desk.known(), desk.known()];
  const toSomebody = attached(
    desk,
    'sent to a known person it is a copied mail',
    (owner) => ({
      parts: [messagePart(inner(desk, { from: personMailbox(sender), to: owner.email }))],
      fate: archived(owner, [addressee], 'copied'),
    }),
    personMailbox(addressee),
  );
  const layout = at(FORWARD_LAYOUTS, 0);
  const owner = desk.user();
  const block = layout.part(
    {
      from: desk.stranger(),
      to: [{ name: owner.name, address: owner.email }],
      cc: [],
      subject: 'Older',
      date: desk.moment(),
      text: letter('english'),
    },
    '',
  );
  const raw = inner(desk, { from: personMailbox(sender), to: owner.email });
  const both = desk.write({
    from: userMailbox(owner),
    to: desk.archive,
    subject: 'Fwd: both',
    part: multipart('mixed', [block, messagePart(raw, 'both.eml')]),
  });
  return [
    toSomebody,
    arrives(
      'attached: a mail that is attached and one in the text, which is not certain',
      both,
      unmatched(owner, 'forwarded', { reason: 'no-forward-found' }),
    ),
    forwardInline(desk, layout, 'known sender', {}, ', after the attached ones'),
  ];
}
