import type { DemoNote } from './demo-note.ts';

/** Which demo somebody means; null: nothing was said about it. */
export interface DemoWish {
  /** Of its pages, or of its SMTP server. */
  readonly port: number | null;
  /** Of its pages. */
  readonly url: string | null;
}

/** `sentence` says what to do. */
export type DemoChoice =
  | { readonly kind: 'chosen'; readonly demo: DemoNote }
  | { readonly kind: 'none' | 'unclear'; readonly sentence: string };

/**
 * The demo that is named; else that of this folder; else the only one that runs. A mail never goes
 * to one of several by chance: somebody else may be trying Letterbook on the same machine.
 */
export function chooseDemo(
  running: readonly DemoNote[],
  wish: DemoWish,
  project: string,
): DemoChoice {
  if (running.length === 0) {
    return none('No demo runs: start one with "npm run demo" in another terminal.');
  }
  const isWished = wish.port !== null || wish.url !== null;
  const own = running.filter((demo) => demo.project === project);
  const candidates = isWished
    ? running.filter((demo) => isMeant(demo, wish))
    : own.length > 0
      ? own
      : running;
  const [demo, ...more] = candidates;
  if (!demo) return none(`No demo runs there. ${list(running)}`);
  if (more.length === 0) return { kind: 'chosen', demo };
  const which = own.length > 0 ? 'Several demos of this folder run' : 'Several demos run elsewhere';
  return { kind: 'unclear', sentence: `${which}: choose one by --port. ${list(candidates)}` };
}

function none(sentence: string): DemoChoice {
  return { kind: 'none', sentence };
}

function isMeant({ url, smtpPort }: DemoNote, wish: DemoWish): boolean {
  if (wish.url !== null && portOf(wish.url) !== portOf(url)) return false;
  return wish.port === null || wish.port === smtpPort || wish.port === portOf(url);
}

/** Demos are on this machine alone, by whichever of its names: the port tells them apart. */
function portOf(address: string): number {
  const url = URL.parse(address);
  if (!url) return 0;
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function list(demos: readonly DemoNote[]): string {
  const each = demos.map(({ url, project }) => `${url} (of ${project})`);
  return `Running: ${each.join(', ')}.`;
}
