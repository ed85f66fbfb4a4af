import type { TraceStep } from '../archiving/trace.ts';
import type { MessageKey } from '../http/translation.ts';
import { traceLine, type TraceLine } from './trace-line.ts';
import type { TraceSource } from './trace-source.ts';

/** What the steps of filing found, a sentence each; steps that explain nothing are left out. */
export function stepLines(source: TraceSource): TraceLine[] {
  return (source.message.trace?.steps ?? []).flatMap((step) => stepLine(step, source) ?? []);
}

function stepLine(step: TraceStep, source: TraceSource): TraceLine | null {
  switch (step.step) {
    case 'read':
      return readLine(step);
    case 'screen':
      return screenLine(step);
    case 'owner':
      return ownerLine(step, source);
    case 'trust':
      return traceLine(TRUST[step.verdict] ?? 'log.trace.trust.unknown', {}, { detail: step.why });
    case 'duplicate':
      return duplicateLine(step, source);
    case 'capture':
      return captureLine(step);
    case 'attached':
      return notReadLine(step);
    case 'rules':
      return ruleLine(step);
    case 'bounce':
      // Told with what became of the bounce.
      return null;
  }
}

const TRUST: Readonly<Record<string, MessageKey>> = {
  pass: 'log.trace.trust.pass',
  none: 'log.trace.trust.none',
  fail: 'log.trace.trust.fail',
  unknown: 'log.trace.trust.unknown',
};

function readLine({ verdict, why }: TraceStep): TraceLine | null {
  if (verdict === 'unreadable') {
    return traceLine('log.trace.unreadable', {}, { tone: 'attention', detail: why });
  }
  if (why.endsWith(': none.')) return null;
  return traceLine('log.trace.signs', {}, { detail: why });
}

function screenLine({ verdict, why }: TraceStep): TraceLine | null {
  if (verdict === 'own-notice') return traceLine('log.trace.ownNotice', {}, { detail: why });
  if (verdict !== 'no-single-from') return null;
  return traceLine('log.trace.noSingleFrom', {}, { tone: 'attention', detail: why });
}

function ownerLine({ verdict, why }: TraceStep, { message, owner }: TraceSource): TraceLine {
  const address = message.from_address ?? '';
  if (verdict === 'owner') {
    const redirected = why.startsWith('Resent-From');
    const text = redirected ? 'log.trace.owner.redirected' : 'log.trace.owner.found';
    return traceLine(text, { address, name: owner ?? '' }, { tone: 'good' });
  }
  if (why.startsWith('There is not exactly')) return traceLine('log.trace.owner.notLooked');
  const inactive = why.startsWith('The user of');
  const text = inactive ? 'log.trace.owner.inactive' : 'log.trace.owner.nobody';
  return traceLine(text, { address }, { tone: 'attention' });
}

function duplicateLine(step: TraceStep, { linksToLog }: TraceSource): TraceLine | null {
  if (step.verdict !== 'yes') return null;
  const id = /^Message (\d+) /.exec(step.why)?.[1] ?? '';
  const href = linksToLog && id !== '' ? `/admin/log/${id}` : null;
  return traceLine('log.trace.duplicate', { id }, { href });
}

function notReadLine({ why }: TraceStep): TraceLine {
  const count = Number.parseInt(why, 10);
  return traceLine('log.trace.notRead', { count }, { tone: 'attention' });
}

const RULES: Readonly<Record<string, MessageKey>> = {
  ignored: 'log.trace.rules.ignored',
  'left-out': 'log.trace.rules.leftOut',
  recorded: 'log.trace.rules.recorded',
};

function ruleLine({ verdict, why }: TraceStep): TraceLine | null {
  const text = RULES[verdict];
  return text ? traceLine(text, {}, { detail: why }) : null;
}

const CAPTURES: Readonly<Record<string, MessageKey>> = {
  'copied (header)': 'log.trace.capture.header',
  'forwarded (resent)': 'log.trace.capture.resent',
  'forwarded (parts)': 'log.trace.capture.parts',
  'forwarded (block)': 'log.trace.capture.block',
  'forwarded (nothing)': 'log.trace.capture.nothing',
};

function captureLine({ verdict, why }: TraceStep): TraceLine | null {
  const text = CAPTURES[verdict];
  return text ? traceLine(text, {}, { detail: why }) : null;
}
