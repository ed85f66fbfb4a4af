import { afterEach, describe, expect, it } from 'vitest';
import { nodemailerMailer } from '../../../src/smtp/nodemailer-mailer.ts';
import {
  startScriptedSmtp,
  takeEnvelope,
  type ScriptedClient,
  type ScriptedSmtp,
} from '../../support/scripted-smtp.ts';
import { addressOf, bounce } from './smtp-samples.ts';

let server: ScriptedSmtp;
afterEach(() => server.stop());

async function sendTo(script: (client: ScriptedClient) => Promise<void>, deadlineMs = 20_000) {
  server = await startScriptedSmtp(script);
  return await nodemailerMailer({ deadlineMs }).send(addressOf(server), bounce());
}

/** Nothing more is said, and the connection stays open. */
const silence = () => new Promise<void>(() => undefined);

describe('before the data nothing was handed over', () => {
  it('when the greeting is 421', async () => {
    const result = await sendTo((client) => {
      client.say('421 too busy');
      return Promise.resolve();
    });
    expect(result).toEqual({ kind: 'later', why: '421 too busy' });
  });

  it('when the greeting is 554', async () => {
    const result = await sendTo((client) => {
      client.say('554 no service for you');
      return Promise.resolve();
    });
    expect(result).toEqual({ kind: 'later', why: '554 no service for you' });
  });

  it('when the connection is cut at once', async () => {
    const result = await sendTo((client) => {
      client.cut();
      return Promise.resolve();
    });
    expect(result.kind).toBe('later');
  });

  it('when MAIL FROM:<> is refused', async () => {
    const result = await sendTo(async (client) => {
      client.say('220 mail.example');
      await client.hear();
      client.say('250 mail.example');
      await client.hearUntil(/^MAIL FROM:<>/);
      client.say('550 no null senders');
    });
    expect(result).toEqual({ kind: 'refused', at: 'sender', response: '550 no null senders' });
  });

  it('when the pipelined envelope is refused at its sender', async () => {
    const result = await sendTo(async (client) => {
      client.say('220 mail.example');
      await client.hear();
      client.say('250-mail.example', '250 PIPELINING');
      await client.hearUntil(/^DATA/);
      client.say('550 no null senders', '503 sender first', '503 sender first');
    });
    expect(result).toEqual({ kind: 'refused', at: 'sender', response: '550 no null senders' });
  });

  it.each([
    ['554 no valid recipients', { kind: 'refused', at: 'data' }],
    ['451 not now', { kind: 'later' }],
    ['421 going down', { kind: 'later' }],
  ])('when DATA is answered with %s', async (reply, expected) => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say(reply);
    });
    expect(result).toMatchObject(expected);
  });

  it.each([[[]], [['PIPELINING']]])('when the server cuts at DATA (%o)', async (extensions) => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client, ...extensions);
      client.cut();
    });
    expect(result.kind).toBe('later');
  });

  it('when the server falls silent at DATA', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      await silence();
    }, 500);
    expect(result).toEqual({ kind: 'later', why: 'no end after 0.5 s' });
  });

  it.each(['tls', 'starttls'] as const)(
    'when the %s handshake gets no answer',
    async (security) => {
      server = await startScriptedSmtp(async (client) => {
        if (security === 'tls') return;
        client.say('220 mail.example');
        await client.hear();
        client.say('250-mail.example', '250 STARTTLS');
        await client.hear();
        client.say('220 go ahead');
      });
      const mailer = nodemailerMailer({ deadlineMs: 500 });
      const result = await mailer.send(addressOf(server, { security }), bounce());
      expect(result).toEqual({ kind: 'later', why: 'no end after 0.5 s' });
    },
  );

  it('when the sign-in is put off', async () => {
    server = await startScriptedSmtp(async (client) => {
      client.say('220 mail.example');
      await client.hear();
      client.say('250-mail.example', '250 AUTH PLAIN');
      await client.hearUntil(/^AUTH/);
      client.say('454 temporary trouble');
    });
    const address = addressOf(server, { username: 'robot', password: 'secret' });
    const result = await nodemailerMailer().send(address, bounce());
    expect(result).toEqual({ kind: 'later', why: '454 temporary trouble' });
  });

  it('when the connection is cut in mid sign-in', async () => {
    server = await startScriptedSmtp(async (client) => {
      client.say('220 mail.example');
      await client.hear();
      client.say('250-mail.example', '250 AUTH PLAIN');
      await client.hearUntil(/^AUTH/);
      client.cut();
    });
    const address = addressOf(server, { username: 'robot', password: 'secret' });
    const result = await nodemailerMailer().send(address, bounce());
    expect(result.kind).toBe('later');
  });

  it('when STARTTLS was stripped: no password, no mail', async () => {
    server = await startScriptedSmtp(async (client) => {
      client.say('220 mail.example');
      await client.hear();
      client.say('250-mail.example', '250 AUTH PLAIN');
      while ((await client.hear()) !== null) client.say('502 not known');
    });
    const address = addressOf(server, { security: 'starttls', username: 'a', password: 'b' });
    const result = await nodemailerMailer().send(address, bounce());
    expect(result.kind).toBe('later');
    expect(server.heard.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS']);
  });
});

describe('once the data has begun', () => {
  it('nobody knows when the server cuts after 354', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await client.hear();
      client.cut();
    });
    expect(result.kind).toBe('unknown');
  });

  it('nobody knows when the server cuts after the final dot', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await client.hearUntil(/^\.$/);
      client.cut();
    });
    expect(result.kind).toBe('unknown');
    expect(server.heard).toContain('..a line with a dot in front');
  });

  it('nobody knows when no answer comes in time', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await silence();
    }, 1000);
    expect(result).toEqual({ kind: 'unknown', why: 'no end after 1 s' });
  });

  it('nobody knows when the answer trickles for ever', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await client.hearUntil(/^\.$/);
      const trickle = setInterval(() => {
        client.say('250-still thinking');
      }, 20);
      await client.hear();
      clearInterval(trickle);
    }, 1000);
    expect(result.kind).toBe('unknown');
  });

  it('nobody knows when the answer makes no sense', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await client.hearUntil(/^\.$/);
      client.say('thank you');
    });
    expect(result.kind).toBe('unknown');
  });

  it('421 after the final dot means that it was not taken', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await client.hearUntil(/^\.$/);
      client.say('421 going down');
    });
    expect(result).toEqual({ kind: 'later', why: '421 going down' });
  });

  it('a cut after 250 changes nothing', async () => {
    const result = await sendTo(async (client) => {
      await takeEnvelope(client);
      client.say('354 go on');
      await client.hearUntil(/^\.$/);
      client.say('250 taken');
      client.cut();
    });
    expect(result).toEqual({ kind: 'sent', response: '250 taken' });
  });
});
