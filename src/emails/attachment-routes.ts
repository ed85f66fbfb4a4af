import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import { sendBytes } from '../http/send-bytes.ts';
import type { WebDeps } from '../web-deps.ts';
import { findAttachment } from './attachment-store.ts';
import { findOriginal } from './original-store.ts';
import { readAttachment } from './read-attachment.ts';
import { attachmentDisposition, safeFileName } from './safe-file-name.ts';
import { pictureType, safeType } from './safe-type.ts';

/** The files of an email and its original: to be saved, never to be shown. Pictures are, in its frame. */
export function attachmentRoutes({ db, originals }: Pick<WebDeps, 'db' | 'originals'>): Router {
  const router = Router();

  router.get('/emails/:id/attachments/:attachmentId', async (req, res) => {
    const id = longPathId(req.params.id);
    const file = await findAttachment(db, viewerOf(req), id, longPathId(req.params.attachmentId));
    if (!file) throw notFoundProblem();
    const type = safeType(file.content_type);
    const name = safeFileName(
      file.file_name,
      type === 'message/rfc822' ? 'email.eml' : 'attachment',
    );
    await sendBytes(res, readAttachment(originals, db, file), () => ({
      'Content-Type': type,
      'Content-Disposition': attachmentDisposition(name),
    }));
  });

  router.get('/emails/:id/attachments/:attachmentId/picture', async (req, res) => {
    const id = longPathId(req.params.id);
    const file = await findAttachment(db, viewerOf(req), id, longPathId(req.params.attachmentId));
    if (!file) throw notFoundProblem();
    await sendBytes(res, readAttachment(originals, db, file), (head) => {
      const type = pictureType(head);
      if (type === null) throw notFoundProblem();
      // The frame has an origin of its own, which is none; other sites get no cookie to ask with.
      return { 'Content-Type': type, 'Cross-Origin-Resource-Policy': 'cross-origin' };
    });
  });

  router.get('/emails/:id/original', async (req, res) => {
    const found = await findOriginal(db, viewerOf(req), longPathId(req.params.id));
    if (!found) throw notFoundProblem();
    const name = safeFileName(found.subject === '' ? null : `${found.subject}.eml`, 'email.eml');
    await sendBytes(res, originals.read(db, found.originalId), () => ({
      'Content-Type': 'message/rfc822',
      'Content-Disposition': attachmentDisposition(name),
    }));
  });

  return router;
}
