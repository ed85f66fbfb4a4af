import { simpleParser, type ParsedMail } from 'mailparser';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { createInstallation, type Installation } from '../support/installation.ts';
import { buildMail, plainBody, type Field } from '../support/mail-builder.ts';
import { startSmtpSink, type ReceivedMail, type SmtpSink } from '../support/smtp-sink.ts';
import { pointAt, SECRET_KEY, sendThrough } from '../support/trial/set-up.ts';

/** An installation whose bounces come from an address that leads into its own archive mailbox. */
interface House {
  readonly archive: string;
  readonly crm: string;
  readonly dovecot: Dovecot;
  readonly smtp: SmtpSink;
  readonly installation: Installation;
}

const POLITE = 'polite@answers.example';
const RUDE = 'rude@answers.example';
/** Far more than any mail needs; two that answer each other would never come to an end. */
const ROUNDS = 6;

let houses: House[] = [];

beforeEach(async () => {
  houses = [await openHouse('north.example'), await openHouse('south.example')];
});

afterEach(async () => {
  for (const { installation, smtp, dovecot } of houses) {
    await installation.remove();
    await smtp.stop();
    await dovecot.stop();
  }
});

it('two archives and two programs that answer everything fall silent after a mail each', async () => {
  const [north, south] = houses as [House, House];
  for (const [here, there] of [
    [north, south],
    [south, north],
  ] as const) {
    for (const from of [there.archive, there.crm, POLITE, RUDE]) {
      await here.dovecot.deliver(letter(from, here.archive, 'First'));
    }
  }
  let answered = 0;
  let moved = -1;
  for (let round = 0; round < ROUNDS && moved !== 0; round += 1) {
    for (const { installation } of houses) await installation.run(['poll', '--timeout', '120']);
    const sent = houses.flatMap(({ smtp }) => smtp.received).slice(answered);
    answered += sent.length;
    moved = sent.length;
    for (const mail of sent) await carry(mail);
  }
  expect(moved).toBe(0);
  for (const { smtp } of houses) {
    const told = smtp.received.flatMap(({ to }) => to);
    expect(told.toSorted()).toEqual([...new Set(told)].toSorted());
    expect(told).toEqual(expect.arrayContaining([POLITE, RUDE]));
  }
  expect((await north.installation.log()).map(({ outcome }) => outcome)).toContain('ignored');
});

async function openHouse(domain: string): Promise<House> {
  const [archive, crm] = [`archive@${domain}`, `crm@${domain}`];
  const dovecot = await startDovecot();
  const smtp = await startSmtpSink();
  const installation = await createInstallation({ LETTERBOOK_SECRET_KEY: SECRET_KEY });
  await installation.run(['migrate']);
  await sendThrough(installation, smtp, crm);
  await pointAt(installation, {
    server: dovecot,
    after: { kind: 'delete' },
    archiveAddress: archive,
  });
  return { archive, crm, dovecot, smtp, installation };
}

/** The post: to an archive, or to a program that answers at once, whatever it is sent. */
async function carry({ to, raw }: ReceivedMail): Promise<void> {
  for (const recipient of to) {
    const house = houses.find(({ archive, crm }) => [archive, crm].includes(recipient));
    if (house) {
      await house.dovecot.deliver(raw);
      continue;
    }
    const mail = await simpleParser(raw);
    const sender = mail.from?.value[0]?.address ?? '';
    const home = houses.find(({ crm }) => crm === sender);
    await home?.dovecot.deliver(answer(recipient, sender, mail));
  }
}

/** The rude one takes no notice of RFC 3834 and says nothing of being a program. */
function answer(from: string, to: string, mail: ParsedMail): Buffer {
  const said: Field[] = from === POLITE ? [['Auto-Submitted', 'auto-replied']] : [];
  return letter(from, to, `Re: ${mail.subject ?? ''}`, [
    ['In-Reply-To', mail.messageId ?? ''],
    ...said,
  ]);
}

let count = 0;

function letter(from: string, to: string, subject: string, more: readonly Field[] = []): Buffer {
  count += 1;
  return buildMail(
    [
      ['From', from],
      ['To', to],
      ['Subject', subject],
      ['Date', new Date().toUTCString()],
      ['Message-ID', `<letter-${count}@post.example>`],
      ...more,
    ],
    plainBody('I am away until Monday.\r\n'),
  );
}
