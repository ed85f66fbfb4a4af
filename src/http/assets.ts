import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler } from 'express';

/** The files that pages load. Their addresses change with their content, so browsers keep them. */
export interface Assets {
  /** The address of a file. @throws when there is none of that name. */
  url(name: string): string;
  readonly middleware: RequestHandler;
}

const own = (name: string) => fileURLToPath(new URL(`../../public/${name}`, import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** By the name that views use. */
const FILES: Readonly<Record<string, string>> = {
  'tabler.css': resolve('@tabler/core/dist/css/tabler.min.css'),
  'tabler.js': resolve('@tabler/core/dist/js/tabler.min.js'),
  'htmx.js': resolve('htmx.org/dist/htmx.min.js'),
  'app.css': own('app.css'),
  'app.js': own('app.js'),
  'cleanup.js': own('cleanup.js'),
  'mailbox.js': own('mailbox.js'),
  'theme.js': own('theme.js'),
  'icons.svg': own('icons.svg'),
  'favicon.svg': own('favicon.svg'),
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type Encoding = 'br' | 'gzip' | 'identity';

const compressors: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: promisify(gzip),
  identity: (bytes) => Promise.resolve(bytes),
};

interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** Compressed when first asked for, once. */
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

/** Reads all files into memory: about one megabyte. */
export function createAssets(): Assets {
  const urls = new Map<string, string>();
  const byUrl = new Map<string, Asset>();
  for (const [name, path] of Object.entries(FILES)) {
    const bytes = readFileSync(path);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const extension = extname(name);
    const url = `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`;
    urls.set(name, url);
    byUrl.set(url, { type: TYPES[extension] ?? 'text/plain', bytes, encoded: new Map() });
  }
  return {
    url(name) {
      const url = urls.get(name);
      if (url === undefined) throw new Error(`There is no asset "${name}".`);
      return url;
    },
    middleware: serve(byUrl),
  };
}

function serve(byUrl: ReadonlyMap<string, Asset>): RequestHandler {
  return async (req, res, next) => {
    const asset = byUrl.get(req.path);
    if (!asset || (req.method !== 'GET' && req.method !== 'HEAD')) {
      next();
      return;
    }
    const encoding = bestEncoding(req);
    const body = await encode(asset, encoding);
    res.set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Type': asset.type,
      Vary: 'Accept-Encoding',
    });
    if (encoding !== 'identity') res.set('Content-Encoding', encoding);
    res.send(body);
  };
}

function encode(asset: Asset, encoding: Encoding): Promise<Buffer> {
  const known = asset.encoded.get(encoding);
  if (known) return known;
  const encoded = compressors[encoding](asset.bytes);
  asset.encoded.set(encoding, encoded);
  return encoded;
}

function bestEncoding(req: Request): Encoding {
  const accepted = req.acceptsEncodings(['br', 'gzip', 'identity']);
  return accepted === 'br' || accepted === 'gzip' ? accepted : 'identity';
}
