import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import type { Response } from 'express';
import { strictView } from './strict-view.ts';
import { createTranslate, type MessageKey } from './translation.ts';

const VIEWS = fileURLToPath(new URL('../../views/', import.meta.url));

/** What every page says about itself to the layout. */
export interface Page {
  readonly title: MessageKey;
}

/** Draws pages: a template of views/ around one typed view object, inside the layout. */
export interface Pages {
  render(template: string, page: Page): Promise<string>;
  send(res: Response, status: number, template: string, page: Page): Promise<void>;
}

/**
 * @param production templates are read once, and a misspelt property of a view prints nothing
 *   instead of failing.
 */
export function createPages({ production }: { readonly production: boolean }): Pages {
  const t = createTranslate();
  const draw = (template: string, view: object) =>
    ejs.renderFile(
      `${VIEWS}${template}.ejs`,
      { t, view: production ? view : strictView(view) },
      {
        root: VIEWS,
        cache: production,
      },
    );

  async function render(template: string, page: Page): Promise<string> {
    const body = await draw(template, page);
    return draw('layouts/main', { title: page.title, body });
  }

  return {
    render,
    async send(res, status, template, page) {
      const html = await render(template, page);
      res.status(status).set('Cache-Control', 'no-store').type('html').send(html);
    },
  };
}
