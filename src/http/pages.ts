import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import type { Request, Response } from 'express';
import { isAdministrator, isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import type { Assets } from './assets.ts';
import { takeFlash, type Flash } from './flash.ts';
import { createFormat } from './format.ts';
import { iconWith } from './icon.ts';
import { countsFor, type ShellCounts } from './shell.ts';
import { strictView } from './strict-view.ts';
import { createTranslate, type MessageKey } from './translation.ts';

const VIEWS = fileURLToPath(new URL('../../views/', import.meta.url));

/** The entries of the top bar. */
export type Section = 'home' | 'contacts' | 'leads' | 'emails' | 'administration';

/** What every page says about itself to the layout. */
export interface Page {
  readonly title: MessageKey;
  /** What the title names, such as a person: "{{name}}" in the catalogue. */
  readonly titleValues?: Readonly<Record<string, string>>;
  readonly section?: Section;
}

/** Draws pages: a template of views/ around one typed view object, inside the layout. */
export interface Pages {
  /** Answers with a page, for the viewer of the request. */
  send(req: Request, res: Response, status: number, template: string, page: Page): Promise<void>;
  /**
   * Answers with a part of a page, for a script that puts it in place; takes no flash message. What is
   * asked for again and again is revalidated: the browser keeps it, and is answered 304 while it is the
   * same (RFC 9110 section 13).
   */
  fragment(
    req: Request,
    res: Response,
    template: string,
    view: object,
    keep?: 'revalidate',
  ): Promise<void>;
}

/** A line above every page, for an installation that is not like others. */
export interface Banner {
  /** Before anybody has signed in. */
  readonly outside: string;
  readonly inside: string;
  readonly link: { readonly href: string; readonly text: string };
}

/** What the layout is drawn from. */
interface Layout {
  readonly title: string;
  readonly section: Section | null;
  readonly theme: Viewer['theme'];
  readonly viewer: (Viewer & { readonly initials: string }) | null;
  readonly isAdministrator: boolean;
  readonly isSuperAdministrator: boolean;
  readonly counts: ShellCounts | null;
  readonly flashes: readonly Flash[];
  readonly path: string;
  readonly banner: Banner | null;
  readonly body: string;
}

/**
 * @param production templates are read once, and a misspelt property of a view prints nothing
 *   instead of failing.
 */
export function createPages(options: {
  readonly production: boolean;
  readonly assets: Assets;
  readonly banner?: Banner;
}): Pages {
  const t = createTranslate();
  const asset = (name: string) => options.assets.url(name);
  const icon = iconWith(asset('icons.svg'));

  async function draw(template: string, view: object, timeZone: string): Promise<string> {
    const format = createFormat(timeZone);
    const shown = options.production ? view : strictView(view);
    const locals = { t, asset, icon, format, view: shown };
    const file = `${VIEWS}${template}.ejs`;
    return await ejs.renderFile(file, locals, { root: VIEWS, cache: options.production });
  }

  return {
    async fragment(req, res, template, view, keep) {
      const html = await draw(template, view, req.user?.timeZone ?? 'UTC');
      const caching = keep === 'revalidate' ? 'private, no-cache' : 'no-store';
      res.set('Cache-Control', caching).type('html').send(html);
    },
    async send(req, res, status, template, page) {
      const viewer = req.user ?? null;
      const timeZone = viewer?.timeZone ?? 'UTC';
      const body = await draw(template, page, timeZone);
      const layout: Layout = {
        title: t(page.title, page.titleValues),
        section: page.section ?? null,
        theme: viewer?.theme ?? 'auto',
        viewer: viewer && { ...viewer, initials: initialsOf(viewer.name) },
        isAdministrator: viewer !== null && isAdministrator(viewer),
        isSuperAdministrator: viewer !== null && isSuperAdministrator(viewer),
        counts: await countsFor(req),
        flashes: takeFlash(req),
        path: req.originalUrl,
        banner: options.banner ?? null,
        body,
      };
      const html = await draw('layouts/main', layout, timeZone);
      res.status(status).set('Cache-Control', 'no-store').type('html').send(html);
    },
  };
}

/** The first letters of the first and the last word, for an avatar. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => firstLetter(word ?? ''))
    .join('')
    .toUpperCase();
}

/** A whole character, where it has two halves (UTF-16 surrogates). */
function firstLetter(word: string): string {
  const code = word.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}
