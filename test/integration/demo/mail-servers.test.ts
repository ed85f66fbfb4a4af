import { expect, test } from 'vitest';
import { startImapServer } from '../../../src/demo/host/imap-server.ts';
import { startSmtpServer } from '../../../src/demo/host/smtp-server.ts';
import { freePort } from '../../support/free-port.ts';

test.each([
  ['SMTP', (port: number) => startSmtpServer(port, () => undefined)],
  ['IMAP', (port: number) => startImapServer(port)],
])('a second demo gets another port for its %s server', async (_name, start) => {
  const wanted = await freePort();
  const first = await start(wanted);
  const second = await start(wanted);
  expect(first.port).toBe(wanted);
  expect(second.port).not.toBe(wanted);
  await second.close();
  await first.close();
});
