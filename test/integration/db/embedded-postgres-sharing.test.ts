import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { makeDataDirectory } from '../../support/data-directory.ts';
import type { DataDirectory } from '../../support/data-directory.ts';
import { startEmbeddedClient } from '../../support/embedded-client.ts';
import type { EmbeddedClient } from '../../support/embedded-client.ts';

let data: DataDirectory;
let clients: EmbeddedClient[];
beforeEach(async () => {
  data = await makeDataDirectory();
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.signal('SIGKILL').catch(() => undefined)));
  await data.remove();
});

async function startClient(): Promise<EmbeddedClient> {
  const client = await startEmbeddedClient(data.dir);
  clients.push(client);
  return client;
}

async function answers({ connectionString }: EmbeddedClient): Promise<boolean> {
  const db = connectDatabase({ connectionString, applicationName: 'test', poolSize: 1 });
  try {
    await db.raw('select 1');
    return true;
  } finally {
    await db.destroy();
  }
}

test('processes that start together on an empty directory share one server', async () => {
  const together = await Promise.all([startClient(), startClient(), startClient()]);
  expect(new Set(together.map((client) => client.connectionString)).size).toBe(1);
  expect(together.filter((client) => client.started)).toHaveLength(1);
});

test('the last one to leave stops the server, whoever started it', async () => {
  const server = await startClient();
  const command = await startClient();
  expect([server.started, command.started]).toEqual([true, false]);
  await server.leave();
  expect(await answers(command)).toBe(true);
  await command.leave();
  expect(await data.serverPid()).toBe(null);
});

test('those who leave together leave no server behind', async () => {
  const together = [await startClient(), await startClient(), await startClient()];
  await Promise.all(together.map((client) => client.leave()));
  expect(await data.serverPid()).toBe(null);
});

test('a killed process leaves its server to the next one, and counts no longer', async () => {
  const killed = await startClient();
  const pid = await data.serverPid();
  await killed.signal('SIGKILL');
  expect(await data.serverPid()).toBe(pid);
  const next = await startClient();
  expect(next.started).toBe(false);
  expect(next.connectionString).toBe(killed.connectionString);
  await next.leave();
  expect(await data.serverPid()).toBe(null);
});

test('Ctrl-C in the terminal does not reach the server', async () => {
  const client = await startClient();
  const pid = await data.serverPid();
  await client.signal('SIGINT');
  expect(await data.serverPid()).toBe(pid);
  expect(await answers(client)).toBe(true);
});

test('one that starts while the last one leaves has a server that stays', async () => {
  let last = await startClient();
  for (const head of [0, 20, 60, 120, 250, 400]) {
    const starting = startClient();
    // Not to measure anything: so that start and stop meet at different points.
    await sleep(head);
    await last.leave();
    last = await starting;
    expect(await answers(last)).toBe(true);
  }
  await last.leave();
  expect(await data.serverPid()).toBe(null);
});
