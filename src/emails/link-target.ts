const MAX_ADDRESS = 4_000;

/** Where a link leads, as browsers read it; null for what is no whole address that may be followed. */
export function linkTarget(href: string): string | null {
  if (href.length > MAX_ADDRESS || !URL.canParse(href)) return null;
  const url = new URL(href);
  return /^(https?|mailto):$/.test(url.protocol) ? url.href : null;
}
