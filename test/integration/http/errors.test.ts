import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { createAssets } from '../../../src/http/assets.ts';
import { errorHandler } from '../../../src/http/errors.ts';
import { createPages } from '../../../src/http/pages.ts';

const pages = createPages({ production: false, assets: createAssets() });

/** An application whose only route fails with `error`. */
function failingWith(error: unknown) {
  const app = express();
  app.get('/', () => {
    throw error;
  });
  app.use(errorHandler(pages));
  return request(app).get('/').set('Accept', 'text/html');
}

test.each([400, 415])('%d is the visitor’s fault', async (status) => {
  const { text } = await failingWith(Object.assign(new Error('detail'), { status })).expect(status);
  expect(text).toContain('<title>The request cannot be read · Letterbook</title>');
  expect(text).not.toContain('detail');
});

test.each([
  ['an error with a status of a server', Object.assign(new Error('detail'), { status: 503 })],
  ['an error with a status that is none', Object.assign(new Error('detail'), { status: '400' })],
  ['what is no error', 'detail'],
])('%s is ours', async (_what, error) => {
  const { text } = await failingWith(error).expect(500);
  expect(text).toContain('<title>Something went wrong · Letterbook</title>');
  expect(text).not.toContain('detail');
});
