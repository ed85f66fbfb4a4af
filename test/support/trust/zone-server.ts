import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { Zone } from './trust-case.ts';

const HEADER = 12;
const TXT = 16;
const CODES = { ok: 0, servfail: 2, nxdomain: 3 };

export interface ZoneServer {
  /** As setServers() of node:dns takes it. */
  readonly address: string;
  /** Names asked for, in lower case. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/**
 * A name server on loopback that answers out of a zone, over UDP (RFC 1035 section 4): for programs
 * that bring a resolver of their own. To a name marked `timeout` it says nothing.
 */
export async function startZoneServer(zone: Zone): Promise<ZoneServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, type, end } = readQuestion(query);
    asked.push(name);
    const found = zone[name] ?? 'nxdomain';
    if (found === 'timeout') return;
    const records = typeof found === 'string' || type !== TXT ? [] : found;
    const code = typeof found === 'string' ? CODES[found] : CODES.ok;
    socket.send(answer(query.subarray(0, end), code, records), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** The one question of a query; `end` is where it ends. */
function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  while (query[at] !== 0) {
    const length = query.readUInt8(at);
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answer(query: Buffer, code: number, records: readonly (readonly string[])[]): Buffer {
  const head = Buffer.from(query);
  head.writeUInt16BE(0x8180 | code, 2); // an answer, recursion wanted and had
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8); // neither authority nor additional records
  return Buffer.concat([head, ...records.map(textRecord)]);
}

function textRecord(strings: readonly string[]): Buffer {
  const data = Buffer.concat(
    strings.map((text) => Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')])),
  );
  const fixed = Buffer.alloc(HEADER);
  fixed.writeUInt16BE(0xc000 | HEADER, 0); // the name of the question
  fixed.writeUInt16BE(TXT, 2);
  fixed.writeUInt16BE(1, 4); // IN; the time to live stays 0
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}
