import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { LOOPBACK, listenOn } from './listen-on.ts';

/** A mail as it came over SMTP. */
export interface SubmittedMail {
  /** '' for the null sender. */
  readonly envelopeFrom: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

export interface DemoSmtpServer {
  readonly port: number;
  close(): Promise<void>;
}

const MOST_BYTES = 25 * 1024 * 1024;

/** An SMTP server on loopback alone that takes mail from anybody, without a password. */
export async function startSmtpServer(
  wantedPort: number,
  take: (mail: SubmittedMail) => void,
): Promise<DemoSmtpServer> {
  const server = new SMTPServer({
    banner: 'Letterbook demo: nothing leaves this machine',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: MOST_BYTES,
    closeTimeout: 100,
    onData(stream, session, callback) {
      const taking = buffer(stream).then((raw) => {
        if (stream.sizeExceeded) callback(tooLarge());
        else {
          take(submitted(session, raw));
          callback(null, 'taken');
        }
      });
      // A program that ends in the middle of its mail: there is nobody to answer.
      taken(taking);
    },
  });
  // A program that hangs up in the middle of a word is no failure of ours; that the port is taken is
  // told to whoever listens, and then another one is chosen.
  server.on('error', () => undefined);
  const port = await listenOn(wantedPort, async (candidate) => {
    const listening = server.listen(candidate, LOOPBACK);
    await once(listening, 'listening');
    return listening;
  });
  return {
    port,
    async close() {
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

function taken(taking: Promise<void>): void {
  taking.catch(() => undefined);
}

function tooLarge(): Error {
  return Object.assign(new Error('The demo takes mail up to 25 MB.'), { responseCode: 552 });
}

/** With what the last server on the way adds: RFC 5321 section 4.4. */
function submitted({ envelope, remoteAddress }: SMTPServerSession, raw: Buffer): SubmittedMail {
  const envelopeFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  const date = new Date().toUTCString().replace(/GMT$/, '+0000');
  const trace = `Return-Path: <${envelopeFrom}>\r\nReceived: from [${remoteAddress}] by mail.quayside.example with ESMTP;\r\n ${date}\r\n`;
  return {
    envelopeFrom,
    to: envelope.rcptTo.map(({ address }) => address),
    raw: Buffer.concat([Buffer.from(trace), raw]),
  };
}
