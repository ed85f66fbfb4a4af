/** Messages and bytes that are fetched, and then filed, together: bounds memory and lost work. */
export const BATCH = { most: 100, bytes: 4 * 1024 * 1024 };
