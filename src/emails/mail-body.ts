import type { Knex } from 'knex';
import { z } from 'zod';
import { tickInQuery } from '../http/query-fields.ts';
import type { MessageKey } from '../http/translation.ts';
import type { Originals } from '../originals/originals.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findBody, type StoredBody } from './body-store.ts';
import type { FoldedHtml } from './fold-html.ts';
import { foldText } from './fold-text.ts';
import { isForwardSubject } from './forward-subject.ts';
import { FRAME_SANDBOX } from './mail-frame.ts';
import { renderBody } from './render-body.ts';
import { showText, type ShownText } from './show-text.ts';

/** What views/partials/mail-body.ejs shows of an email: its frame, or its text in the page itself. */
export interface MailBodyView {
  readonly shown: 'html' | 'text';
  readonly hasHtml: boolean;
  /** Whether its HTML is the whole forward, remark included. */
  readonly isForward: boolean;
  /** Pictures on other hosts, and whether they are shown. */
  readonly remoteImages: number;
  readonly images: boolean;
  readonly text: ShownText;
  /** What the reader should know: that it is cut, or why the text is shown. */
  readonly problem: MessageKey | null;
  /** How high the frame is; nothing in it can tell. */
  readonly height: 'small' | 'middle' | 'large';
  /** Addresses of this page with the other ways to show it, and of the frame. */
  readonly links: { readonly html: string; readonly text: string; readonly images: string };
  readonly frame: string;
  /** What the frame may do. */
  readonly sandbox: string;
  /** The same in a window of its own, all of it. */
  readonly alone: string;
}

/** How the reader wants to see it: part of the address of every page that shows a body. */
export const bodyQuery = z.object({
  view: z.enum(['html', 'text']).catch('html'),
  images: tickInQuery,
});
export type BodyQuery = z.infer<typeof bodyQuery>;

const MAX_TEXT = 100_000;

/**
 * @param here the address of the page around it, with its own query if it has one.
 * @returns null for an email that the viewer may not see.
 */
export async function loadMailBody(
  deps: { readonly db: Knex; readonly originals: Originals },
  viewer: Viewer,
  emailId: number,
  { query, here }: { readonly query: BodyQuery; readonly here: string },
): Promise<MailBodyView | null> {
  const body = await findBody(deps.db, viewer, emailId, MAX_TEXT);
  if (!body) return null;
  const { isForward } = body;
  const hasHtml = body.bodyParts.length > 0;
  const base = { hasHtml, isForward, ...placesOf(emailId, query, here) };
  if (!base.hasHtml || query.view === 'text') return { ...base, ...asText(body) };
  const rendered = await renderBody(deps, body, query.images);
  if (rendered.kind === 'too-much')
    return { ...base, ...asText(body), problem: 'emails.body.tooMuch' };
  return {
    ...base,
    shown: 'html',
    remoteImages: rendered.remoteImages,
    images: query.images,
    text: { first: [], rest: [] },
    problem: rendered.cut ? 'emails.body.cut' : null,
    height: heightFor(rendered),
  };
}

function placesOf(emailId: number, { images }: BodyQuery, here: string) {
  const with_ = (parameter: string) => `${here}${here.includes('?') ? '&' : '?'}${parameter}#mail`;
  return {
    links: { html: `${here}#mail`, text: with_('view=text'), images: with_('images=1') },
    frame: `/emails/${emailId}/body${images ? '?images=1' : ''}`,
    sandbox: FRAME_SANDBOX,
    alone: `/emails/${emailId}/body?whole=1${images ? '&images=1' : ''}`,
  };
}

function asText({ text, cut, subject }: StoredBody) {
  return {
    shown: 'text',
    remoteImages: 0,
    images: false,
    text: showText(foldText(text, isForwardSubject(subject))),
    problem: cut ? 'emails.body.cut' : null,
    height: 'middle',
  } as const;
}

/** As many rows fit into the highest frame, about; of a longer mail no more is shown at first. */
export const ROWS_OF_A_FRAME = 36;

/** A guess, from what is to be seen. Whoever opens a quote needs some room for it. */
function heightFor({ rows, hasQuote, isLaidOut }: FoldedHtml): MailBodyView['height'] {
  if (rows <= 8 && !isLaidOut && !hasQuote) return 'small';
  return rows <= 20 && !isLaidOut ? 'middle' : 'large';
}
