import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createLogger } from '../../../src/config/logger.ts';
import { listen } from '../../../src/http/listen.ts';

const log = createLogger('silent');

async function ask(port: number, agent: Agent): Promise<IncomingMessage> {
  const [response] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

test('port 0 is a free port, which answers until it is closed', async () => {
  const server = await listen({ app: (_req, res) => res.end('hello'), port: 0, log });
  const agent = new Agent({ keepAlive: false });
  expect(await text(await ask(server.port, agent))).toBe('hello');
  await server.close();
  await expect(ask(server.port, agent)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a port in use is refused in one sentence', async () => {
  const first = await listen({ app: (_req, res) => res.end(), port: 0, log });
  try {
    await expect(listen({ app: (_req, res) => res.end(), port: first.port, log })).rejects.toThrow(
      `Port ${first.port} is already in use: stop the program that uses it, or set PORT to a free one.`,
    );
  } finally {
    await first.close();
  }
});

test('closing ends connections that wait, and those that never asked', async () => {
  const server = await listen({ app: (_req, res) => res.end('hello'), port: 0, log });
  const agent = new Agent({ keepAlive: true });
  await text(await ask(server.port, agent));
  const silent = connect({ port: server.port, host: '127.0.0.1' });
  await once(silent, 'connect');
  const ended = once(silent.resume(), 'close');
  await server.close();
  await ended;
  agent.destroy();
});

test('closing lets a request that is being answered finish, then ends its connection', async () => {
  const { promise: asked, resolve: wasAsked } = Promise.withResolvers<() => void>();
  const server = await listen({
    app: (_req, res) => {
      wasAsked(() => res.end('finished'));
    },
    port: 0,
    log,
  });
  const agent = new Agent({ keepAlive: true });
  const response = ask(server.port, agent);
  const finish = await asked;
  const closed = server.close();
  finish();
  expect(await text(await response)).toBe('finished');
  await closed;
  agent.destroy();
});

test('a request that never ends cannot hold the server', async () => {
  const { promise: asked, resolve: wasAsked } = Promise.withResolvers<undefined>();
  const server = await listen({
    app: () => {
      wasAsked(undefined);
    },
    port: 0,
    log,
  });
  const agent = new Agent({ keepAlive: true });
  const response = ask(server.port, agent);
  const cut = expect(response).rejects.toMatchObject({ code: 'ECONNRESET' });
  await asked;
  await server.close();
  await cut;
});
