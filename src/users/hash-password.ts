import { hash, verify } from '@node-rs/argon2';

/** Argon2id, 19 MiB, 2 passes: OWASP Password Storage Cheat Sheet. */
export async function hashPassword(password: string): Promise<string> {
  const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
  return await hash(password.normalize('NFC'), cost);
}

/** Keyboards write one letter in several ways: "e" and an accent, or both in one. */
export async function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return await verify(passwordHash, password.normalize('NFC'));
}
