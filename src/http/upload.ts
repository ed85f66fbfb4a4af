import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';

/** What a form with a file brought. The other fields are in the body of the request afterwards. */
export type Upload =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  | { readonly kind: 'none' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken' };

/** Reads a form with one file into memory, up to a limit. A field without a chosen file is none. */
export async function readUpload(
  req: Request,
  res: Response,
  { field, maxBytes }: { readonly field: string; readonly maxBytes: number },
): Promise<Upload> {
  const limits = { fileSize: maxBytes, files: 1, fields: 20, fieldSize: maxBytes, parts: 25 };
  const receive = multer({ storage: multer.memoryStorage(), limits }).single(field);
  return await new Promise((resolve) => {
    void receive(req, res, (error: unknown) => {
      // It is kept in memory: nothing but what was sent can be wrong.
      if (error) resolve({ kind: problemOf(error) });
      else if (!req.file || req.file.size === 0) resolve({ kind: 'none' });
      else resolve({ kind: 'file', bytes: req.file.buffer });
    });
  });
}

function problemOf(error: unknown): 'too-large' | 'broken' {
  const code = error instanceof MulterError ? error.code : null;
  return code === 'LIMIT_FILE_SIZE' || code === 'LIMIT_FIELD_VALUE' ? 'too-large' : 'broken';
}
