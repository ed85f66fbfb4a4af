import { type RawMail, under } from './raw-mail.ts';

/** The host that takes mail in for the archive mailbox, and its authserv-id. */
export const HOUSE = 'mx.house.test';

/** The hop from outside into the house. `helo` is what the client says, the rest is the server's. */
export function borderHop(helo = 'mail.acme.test', ip = '203.0.113.25'): string {
  return (
    `Received: from ${helo} (${helo} [${ip}])\r\n\tby ${HOUSE} (Postfix) with ESMTPS id 4F1aB20Xyz\r\n` +
    '\tfor <archive@house.test>; Mon,  2 Mar 2026 09:00:00 +0000 (UTC)'
  );
}

/** The hop inside the house, from its server to the mailbox. */
export function storeHop(): string {
  return (
    `Received: from ${HOUSE} ([127.0.0.1])\r\n\tby store.house.test with LMTP id oKx3Abc\r\n` +
    '\tfor <archive@house.test>; Mon, 02 Mar 2026 09:00:00 +0000'
  );
}

export function results(text: string, id = HOUSE): string {
  return `Authentication-Results: ${id}; ${text}`;
}

/** Taken in by a house that writes these fields above the hop from outside. */
export function takenIn(mail: RawMail, ...stamps: readonly string[]): RawMail {
  return under(mail, ...stamps, borderHop());
}
