import { afterEach, describe, expect, it } from 'vitest';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { sendThrough } from '../support/trial/set-up.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

/** In good order: a process that some part of it holds up for too long ends itself with 1. */
const IN_ORDER = 0;

const WORKERS = [
  { name: 'in one process', redis: false, role: 'start' },
  { name: 'over Redis', redis: true, role: 'worker' },
] as const;

describe('SIGTERM', () => {
  let trial: Trial;

  afterEach(async () => {
    await trial.remove();
  });

  it.each(WORKERS)('ends the work in good order, $name', async ({ redis, role }) => {
    trial = await startTrial({ redis });
    for (let time = 0; time < 3; time += 1) {
      const running = await trial.installation.serve(role);
      await trial.deliver(5);
      await until('work has begun', async () => {
        return (await trial.installation.db('inbound_messages')).length > time * 35;
      });
      expect(await running.stop(), running.output()).toBe(IN_ORDER);
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
      expect(await running.stop(), running.output()).toBe(IN_ORDER);
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
      const started = await running;
      expect(await started.stop(), started.output()).toBe(IN_ORDER);
      trial.proxy.clear();
      trial.proxy.cutAll('rst');
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
    },
  );

  it.each(WORKERS)(
    'is not held up by an outgoing server that keeps silent, $name',
    async ({ redis, role }) => {
      trial = await startTrial({ redis });
      const silent = await startSmtpSink({ silent: true });
      const { installation } = trial;
      await sendThrough(installation, silent, 'crm@letterbook.example');
      const running = await installation.serve(role);
      await trial.deliver(1);
      await until('a bounce is being sent', async () => {
        return (await installation.db('outgoing_messages').where({ state: 'sending' })).length > 0;
      });
      expect(await running.stop(), running.output()).toBe(IN_ORDER);
      await silent.stop();
    },
  );

  it.each(WORKERS)(
    'lets the bounce that is under way arrive, and begins no other, $name',
    async ({ redis, role }) => {
      trial = await startTrial({ redis });
      const { installation, smtp } = trial;
      const opening = Promise.withResolvers<undefined>();
      smtp.behave({ opens: opening.promise });
      const running = await installation.serve(role);
      await trial.deliver(3);
      await until('all is rejected, and a bounce is being sent', async () => {
        const states = await installation.db('outgoing_messages').pluck('state');
        return states.length === 6 && states.includes('sending');
      });
      running.kill('SIGTERM');
      await until('it stops', () => running.output().includes('Stopping'));
      opening.resolve(undefined);
      expect(await running.stop(), running.output()).toBe(IN_ORDER);
      expect(smtp.received.length).toBe(1);
      const states = await installation.db('outgoing_messages').distinct('state').pluck('state');
      expect(states.toSorted()).toEqual(['pending', 'sent']);
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
    },
  );
});
