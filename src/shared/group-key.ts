/** The groups that rights hang on. Their keys are rows of the table groups. */
export const GROUP_KEYS = ['super-administrators', 'administrators', 'everyone'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

/** Reads a group as people write it: "Super Administrators", "super-administrators" ... */
export function parseGroupKey(text: string): GroupKey | null {
  const key = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return GROUP_KEYS.find((known) => known === key) ?? null;
}
