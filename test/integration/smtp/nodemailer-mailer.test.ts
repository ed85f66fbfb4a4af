import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, it } from 'vitest';
import { nodemailerMailer } from '../../../src/smtp/nodemailer-mailer.ts';
import { freePort } from '../../support/free-port.ts';
import { startSmtpSink, type SmtpSink, type SmtpSinkOptions } from '../../support/smtp-sink.ts';
import { addressOf, bounce } from './smtp-samples.ts';

const SIGN_IN = { user: 'robot', password: 'open sesame' };

let sink: SmtpSink;
afterEach(() => sink.stop());

async function start(options: SmtpSinkOptions = {}): Promise<void> {
  sink = await startSmtpSink(options);
}

describe('a mail that is taken', () => {
  it('arrives from the null sender, whole, with the headers given', async () => {
    await start();
    const result = await nodemailerMailer().send(addressOf(sink), bounce());
    expect(result).toEqual({ kind: 'sent', response: '250 taken' });
    expect(sink.received).toHaveLength(1);
    const mail = sink.received[0];
    expect(mail).toMatchObject({
      envelopeFrom: '',
      to: ['stranger@outside.example'],
      headers: {
        'auto-submitted': 'auto-replied',
        'x-letterbook-instance': 'abc',
        'message-id': '<bounce-1@letterbook.example>',
        'in-reply-to': '<question@outside.example>',
        references: '<question@outside.example>',
        subject: 'Owner of the message does not exist',
        to: 'stranger@outside.example',
      },
    });
    const parsed = await simpleParser(mail?.raw ?? '');
    expect(parsed.text?.trim()).toBe(bounce().text.trim());
    expect(parsed.from?.value).toEqual([bounce().from]);
    expect(parsed.date).toBeInstanceOf(Date);
  });

  it('arrives from the sender given', async () => {
    await start({ rejectSender: (from) => (from === '' ? '550 no null sender' : null) });
    const mailer = nodemailerMailer();
    const refused = await mailer.send(addressOf(sink), bounce());
    expect(refused).toEqual({ kind: 'refused', at: 'sender', response: '550 no null sender' });
    const mail = bounce({ envelopeFrom: 'archive@letterbook.example' });
    expect(await mailer.send(addressOf(sink), mail)).toMatchObject({ kind: 'sent' });
    expect(sink.received.map((one) => one.envelopeFrom)).toEqual(['archive@letterbook.example']);
  });
});

describe('a mail that is not taken', () => {
  it.each([
    [{ rejectSender: () => '450 greylisted' }, { kind: 'later', why: '450 greylisted' }],
    [
      { rejectRecipient: () => '550 no such user' },
      { kind: 'refused', at: 'recipient', response: '550 no such user' },
    ],
    [{ rejectRecipient: () => '452 mailbox full' }, { kind: 'later', why: '452 mailbox full' }],
    [
      { failAtData: 'refuse' as const },
      { kind: 'refused', at: 'data', response: '554 not wanted' },
    ],
    [{ failAtData: 'tempfail' as const }, { kind: 'later', why: '451 try again later' }],
  ])('says how: %o', async (behaviour, expected) => {
    await start(behaviour);
    expect(await nodemailerMailer().send(addressOf(sink), bounce())).toEqual(expected);
    expect(sink.received).toEqual([]);
  });

  it('is not known to be taken when the server cuts instead of answering', async () => {
    await start({ failAtData: 'cut' });
    const result = await nodemailerMailer().send(addressOf(sink), bounce());
    expect(result.kind).toBe('unknown');
    expect(sink.received).toHaveLength(1);
  });

  it('can go later when the server says nothing', async () => {
    await start({ silent: true });
    const result = await nodemailerMailer({ deadlineMs: 200 }).send(addressOf(sink), bounce());
    expect(result).toEqual({ kind: 'later', why: 'no end after 0.2 s' });
  });

  it('can go later when nobody listens', async () => {
    await start();
    const nobody = { host: '127.0.0.1', port: await freePort() };
    const result = await nodemailerMailer().send(addressOf(nobody), bounce());
    expect(result).toMatchObject({ kind: 'later' });
  });

  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254'])(
    'is not even tried at %s, where clouds keep secrets',
    async (host) => {
      await start();
      const result = await nodemailerMailer().send(addressOf({ host, port: sink.port }), bounce());
      expect(result).toMatchObject({ kind: 'later' });
      expect(JSON.stringify(result)).toContain('not of a mail server');
    },
  );

  it('is not even tried with a line break in its subject', async () => {
    await start();
    const mail = bounce({ subject: 'Hello\r\nBcc: everybody@outside.example' });
    const result = await nodemailerMailer().send(addressOf(sink), mail);
    expect(result).toMatchObject({ kind: 'refused', at: 'data' });
    expect(sink.received).toEqual([]);
  });
});

describe('signing in', () => {
  it('is done with the name and password given', async () => {
    await start({ auth: SIGN_IN });
    const address = addressOf(sink, { username: 'robot', password: 'open sesame' });
    expect(await nodemailerMailer().send(address, bounce())).toMatchObject({ kind: 'sent' });
  });

  it.each(['wrong', ''])('is refused with the password "%s"', async (password) => {
    await start({ auth: SIGN_IN });
    const address = addressOf(sink, { username: 'robot', password });
    const result = await nodemailerMailer().send(address, bounce());
    expect(result).toMatchObject({ kind: 'refused', at: 'sign-in' });
  });

  it('is missed by a server that insists on it', async () => {
    await start({ auth: SIGN_IN });
    const result = await nodemailerMailer().send(addressOf(sink), bounce());
    expect(result).toMatchObject({ kind: 'refused', at: 'sign-in' });
  });

  it('is not left out where the server offers none', async () => {
    await start();
    const address = addressOf(sink, { username: 'robot', password: 'open sesame' });
    const result = await nodemailerMailer().send(address, bounce());
    expect(result).toMatchObject({ kind: 'refused', at: 'sign-in' });
    expect(sink.received).toEqual([]);
  });
});

describe('encryption', () => {
  it.each(['tls', 'starttls'] as const)('with %s trusts a CA of our own', async (security) => {
    await start({ security, auth: SIGN_IN });
    const address = addressOf(sink, { security, username: 'robot', password: 'open sesame' });
    const mailer = nodemailerMailer({ ca: sink.certificate });
    expect(await mailer.send(address, bounce())).toMatchObject({ kind: 'sent' });
  });

  it.each(['tls', 'starttls'] as const)('with %s trusts nobody unknown', async (security) => {
    await start({ security });
    const result = await nodemailerMailer().send(addressOf(sink, { security }), bounce());
    expect(result).toEqual({ kind: 'later', why: 'self-signed certificate' });
    expect(sink.received).toEqual([]);
  });

  it.each(['tls', 'starttls'] as const)('with %s sends nothing in clear', async (security) => {
    await start({ security: 'none' });
    const result = await nodemailerMailer().send(addressOf(sink, { security }), bounce());
    expect(result).toMatchObject({ kind: 'later' });
    expect(sink.received).toEqual([]);
  });
});
