/** How a test tells the crashing worker where to end, or freeze, itself. */
const VARIABLE = 'TEST_CRASH_AT';

export interface CrashOrder {
  readonly checkpoint: string;
  readonly nth: number;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

export function checkpointVariable(
  checkpoint: string,
  nth: number,
  signal: CrashOrder['signal'],
): Record<string, string> {
  return { [VARIABLE]: `${checkpoint} ${nth} ${signal}` };
}

export function readCheckpointVariable(): CrashOrder {
  const [checkpoint = '', nth = '1', signal] = (process.env[VARIABLE] ?? '').split(' ');
  return { checkpoint, nth: Number(nth), signal: signal === 'SIGSTOP' ? signal : 'SIGKILL' };
}
