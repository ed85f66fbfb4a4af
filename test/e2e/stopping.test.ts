import { afterEach, describe, expect, it } from 'vitest';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

/** In good order: a process that some part of it holds up for too long ends itself with 1. */
const IN_ORDER = 0;

describe('SIGTERM', () => {
  let trial: Trial;

  afterEach(async () => {
    await trial.remove();
  });

  it.each([
    { name: 'in one process', redis: false, role: 'start' },
    { name: 'over Redis', redis: true, role: 'worker' },
  ] as const)('ends the work in good order, $name', async ({ redis, role }) => {
    trial = await startTrial({ redis });
    for (let time = 0; time < 3; time += 1) {
      const running = await trial.installation.serve(role);
      await trial.deliver(5);
      await until('work has begun', async () => {
        return (await trial.installation.db('inbound_messages')).length > time * 35;
      });
      expect(await running.stop()).toBe(IN_ORDER);
    }
    await finish(trial);
    expect(await checkEndState(trial)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'sent twice, as npm hands on what its group was told, is one: %s',
    async (signal) => {
      trial = await startTrial();
      const running = await trial.installation.serve('start');
      running.kill(signal);
      await until('it stops', () => running.output().includes('Stopping'));
      running.kill(signal);
      expect(await running.stop()).toBe(IN_ORDER);
    },
  );

  it.each([/^UID FETCH .*BODY/, /^UID MOVE/, /^AUTHENTICATE/])(
    'is not held up by a server that does not answer %s',
    async (command) => {
      trial = await startTrial();
      await trial.deliver(1);
      trial.proxy.on(command, { kind: 'silence' });
      const running = trial.installation.serve('start');
      await until('the server is silent', () => trial.proxy.commands.some((c) => command.test(c)));
      expect(await (await running).stop()).toBe(IN_ORDER);
      trial.proxy.clear();
      trial.proxy.cutAll('rst');
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
    },
  );

  it('is not held up by an outgoing server that keeps silent', async () => {
    trial = await startTrial();
    const silent = await startSmtpSink({ silent: true });
    const { installation } = trial;
    await installation.run([
      ...['outgoing', 'set', '--host', silent.host, '--port', String(silent.port)],
      ...['--security', 'none', '--from', 'crm@letterbook.example'],
    ]);
    const running = await installation.serve('start');
    await trial.deliver(1);
    await until('a bounce is being sent', async () => {
      return (await installation.db('outgoing_messages').where({ state: 'sending' })).length > 0;
    });
    expect(await running.stop()).toBe(IN_ORDER);
    await silent.stop();
  });
});
