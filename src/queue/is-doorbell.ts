/**
 * Whether a job carries nothing, and so asks for all that there is to do. While one of its name waits,
 * another would be one too many: whoever begins the one that waits sees what the other was about.
 */
export function isDoorbell(payload: object): boolean {
  return Object.keys(payload).length === 0;
}
