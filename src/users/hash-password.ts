import { hash } from '@node-rs/argon2';

/** Argon2id, 19 MiB, 2 passes: OWASP Password Storage Cheat Sheet. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}
