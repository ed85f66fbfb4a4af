/** The points between steps at which a process may die; the order is that of a message's life. */
export const CHECKPOINTS = [
  'originals-stored',
  'claimed',
  'parsed',
  'filed',
  'acknowledging',
  'acknowledged-on-server',
  'bounce-sending',
  'bounce-sent',
] as const;

export type CheckpointName = (typeof CHECKPOINTS)[number];

/** Called at each point. Does nothing in the product; tests end the process there. */
export type Checkpoint = (name: CheckpointName) => void | Promise<void>;

export const noCheckpoint: Checkpoint = () => undefined;
