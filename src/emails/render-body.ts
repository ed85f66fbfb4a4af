import type { Knex } from 'knex';
import type { BodyPart } from '../archiving/parsed-mail.ts';
import type { Originals } from '../originals/originals.ts';
import { composeInThread } from './body-threads.ts';
import { readBodyTexts } from './body-text.ts';
import { isForwardSubject } from './forward-subject.ts';
import { findInlineImages } from './attachment-store.ts';
import type { ComposedBody } from './compose-body.ts';
import { createTranslate } from '../http/translation.ts';

export type RenderedBody =
  /** `cut`: the mail goes on; the original has the rest. */
  | (ComposedBody & { readonly kind: 'html'; readonly cut: boolean })
  /** Its HTML takes too long to make harmless; its text is there to read. */
  | { readonly kind: 'too-much' };

const MAX_HTML = 8 * 1024 * 1024;
const FRESH_MS = 60_000;
const MAX_KEPT = 8;
const LARGE = 1024 * 1024;
const showQuoted = createTranslate()('emails.body.showQuoted');

/** The page and its frame ask for the same body, one after the other. What is in it never changes. */
const recent = new WeakMap<Knex, Map<string, Kept>>();

interface Kept {
  readonly body: RenderedBody;
  readonly until: number;
}

export interface BodyPlace {
  readonly id: number;
  readonly subject: string;
  /** Whether its HTML is the whole forward. */
  readonly isForward: boolean;
  readonly bodyParts: readonly BodyPart[];
}

/** The formatted body of an email, made harmless. Who may see the email is asked before. */
export async function renderBody(
  deps: { readonly db: Knex; readonly originals: Originals },
  email: BodyPlace,
  images: boolean,
): Promise<RenderedBody> {
  const kept = recent.get(deps.db) ?? new Map<string, Kept>();
  recent.set(deps.db, kept);
  const key = `${email.id} ${images}`;
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.body;
  const body = await render(deps, email, images);
  if (body.kind === 'html' && body.html.length > LARGE) return body;
  kept.delete(key);
  kept.set(key, { body, until: Date.now() + FRESH_MS });
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return body;
}

async function render(
  { db, originals }: { readonly db: Knex; readonly originals: Originals },
  email: BodyPlace,
  images: boolean,
): Promise<RenderedBody> {
  const { texts, cut } = await readBodyTexts(originals, db, email);
  const inline = await findInlineImages(db, email.id);
  const body = await composeInThread({
    texts,
    images,
    inline,
    forwarded: email.isForward || isForwardSubject(email.subject),
    words: showQuoted,
  });
  if (body === null || body.html.length > MAX_HTML) return { kind: 'too-much' };
  return { kind: 'html', ...body, cut };
}
