import { expect, test } from 'vitest';
import { createPages } from '../../../src/http/pages.ts';

const pages = createPages({ production: false });
const title = 'error.notFound';

test('a page is drawn inside the layout', async () => {
  const page = { title, advice: 'error.notFoundAdvice', reference: null } as const;
  const html = await pages.render('errors/error', page);
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html).toMatch(/<main id="content"><h1>There is no such page<\/h1>/);
});

test('a view that lacks a property fails instead of printing nothing', async () => {
  await expect(pages.render('errors/error', { title })).rejects.toThrow('The view has no "advice"');
});
