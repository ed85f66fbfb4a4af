/** How a test tells the crashing worker where to end itself. */
const VARIABLE = 'TEST_CRASH_AT';

export function checkpointVariable(checkpoint: string, nth: number): Record<string, string> {
  return { [VARIABLE]: `${checkpoint} ${nth}` };
}

export function readCheckpointVariable(): { readonly checkpoint: string; readonly nth: number } {
  const [checkpoint = '', nth = '1'] = (process.env[VARIABLE] ?? '').split(' ');
  return { checkpoint, nth: Number(nth) };
}
