/** A process that keeps a reader open, for tests that kill it. Prints "ready" when the child runs. */
import { createMailReader } from '../../../../src/inbound/reading/mail-reader.ts';

const reader = createMailReader({ children: 1, log: { warn: () => undefined } });
await reader.read(Buffer.from('From: jane@acme.example\r\n\r\nHello'));
process.stdout.write('ready\n');
