import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { createAssets } from '../../../src/http/assets.ts';
import { createPages, initialsOf, type Page } from '../../../src/http/pages.ts';

const pages = createPages({ production: false, assets: createAssets() });
const title = 'error.notFound';

function draw(page: Page, before: RequestHandler = (_req, _res, next) => next()) {
  const app = express();
  app.use(before);
  app.get('/', (req, res) => pages.send(req, res, 200, 'errors/error', page));
  app.use(((error: Error, _req, res, _next) => {
    res.status(500).send(error.message);
  }) as express.ErrorRequestHandler);
  return request(app).get('/');
}

test('a page is drawn inside the layout', async () => {
  const page = {
    title,
    advice: 'error.notFoundAdvice',
    adviceValues: {},
    reference: null,
  } as const;
  const { text } = await draw(page).expect(200);
  expect(text).toMatch(/^<!doctype html>\n<html lang="en"/);
  expect(text).toContain('<title>There is no such page · Letterbook</title>');
  expect(text).toMatch(/<main id="main"[\s\S]*<h1[^>]*>There is no such page<\/h1>[\s\S]*<\/main>/);
});

test('a view that lacks a property fails instead of printing nothing', async () => {
  const { text } = await draw({ title }).expect(500);
  expect(text).toContain('The view has no "advice"');
});

test.each([
  ['Dana Kim', 'DK'],
  ['dana', 'D'],
  ['Anna Maria von Berg', 'AB'],
  ['', ''],
  ['😀 Smith', '😀S'],
])('the initials of "%s" are "%s"', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
