import type { Captured, Owner } from './detect-capture.ts';
import type { Facts } from './facts.ts';
import { conversationOf } from './conversation-of.ts';
import type { DraftEmail } from './planned-email.ts';
import { participantsOfBlock, participantsOfHeader, type Deciders } from './list-participants.ts';
import type { ForwardedBlock, ParsedAttachment, ParsedMail } from './parsed-mail.ts';
import { hasSingleFrom } from './screen-message.ts';
import { shorten } from './shorten.ts';
import { sideOf } from './side-of.ts';

/** The remark is stored with each of several attached mails, so it is bounded: UTF-16 units. */
const MAX_REMARK = 20_000;

/**
 * The emails in a message, each with its participants and with those who decide:
 * - copied: To and Cc decide. Bcc is recorded; a copy that still shows it is not what others got.
 * - resent, attached or forwarded in the text: the original sender decides. If our own side wrote it
 *   (the owner, another user or this installation), the original To and Cc decide.
 * - nothing found: nobody decides; what the header says is filled in.
 * - attached, and some of it not read: before those that were, the message itself as if nothing was found,
 *   so that its owner sees what else is in it.
 *
 * Reply-To and Resent-From are recorded and never decide. An attached mail whose sender is not one single mailbox
 * has nobody who decides.
 */
export function extractCorrespondents(
  mail: ParsedMail,
  captured: Captured,
  owner: Owner,
  facts: Facts,
): DraftEmail[] {
  const draft = (deciders: Deciders): DraftEmail[] => [draftOfMail(mail, deciders, owner, facts)];
  switch (captured.by) {
    case 'header':
      return draft('recipients');
    case 'nothing':
      return draft('nobody');
    case 'resent':
      return draft(decidersOfOriginal(senderOf(mail), owner, facts));
    case 'parts':
      return [
        ...(captured.notRead > 0 ? draft('nobody') : []),
        ...draftsOfParts(mail, owner, facts),
      ];
    case 'block':
      return [draftOfBlock(mail, captured.block, owner, facts)];
  }
}

function draftOfMail(mail: ParsedMail, deciders: Deciders, owner: Owner, facts: Facts): DraftEmail {
  const { header } = mail;
  return {
    partPath: mail.partPath,
    subject: header.subject,
    messageId: header.messageId,
    conversation: conversationOf(header),
    sentAt: header.date,
    dateRaw: header.dateRaw,
    text: mail.text,
    bodyParts: mail.bodyParts,
    remark: '',
    participants: participantsOfHeader(header, deciders, owner.userId, facts),
    ...(header.recipientsLeftOut > 0 && { recipientsLeftOut: header.recipientsLeftOut }),
    attachments: mail.attachments,
  };
}

/** The message's own text is the remark; its own attachments go with the first mail. */
function draftsOfParts(mail: ParsedMail, owner: Owner, facts: Facts): DraftEmail[] {
  const remark = shorten(mail.text, MAX_REMARK);
  return mail.forwarded.map((inner, index) => {
    const deciders = decidersOfOriginal(senderOf(inner), owner, facts);
    const draft = draftOfMail(inner, deciders, owner, facts);
    const extra = index === 0 ? attachmentsBesideMails(mail) : [];
    return { ...draft, remark, attachments: [...inner.attachments, ...extra] };
  });
}

function attachmentsBesideMails(mail: ParsedMail): ParsedAttachment[] {
  const mails = new Set(mail.forwarded.map((inner) => inner.partPath));
  return mail.attachments.filter((attachment) => !mails.has(attachment.partPath));
}

/** The message's Message-ID and header are those of the forward, so none of it is used. */
function draftOfBlock(
  mail: ParsedMail,
  block: ForwardedBlock,
  owner: Owner,
  facts: Facts,
): DraftEmail {
  const deciders = decidersOfOriginal(block.from?.address ?? null, owner, facts);
  return {
    partPath: mail.partPath,
    subject: block.subject,
    messageId: null,
    // A forward refers to what it forwards; its own id is that of the forward.
    conversation: conversationOf({ ...mail.header, messageId: null }),
    sentAt: block.date,
    dateRaw: block.dateRaw,
    text: block.body,
    bodyParts: mail.bodyParts,
    remark: block.remark,
    participants: participantsOfBlock(block, deciders, owner.userId, facts),
    attachments: mail.attachments,
  };
}

function senderOf(mail: ParsedMail): string | null {
  return hasSingleFrom(mail.header) ? (mail.header.from[0]?.address ?? null) : null;
}

function decidersOfOriginal(sender: string | null, owner: Owner, facts: Facts): Deciders {
  if (sender === null) return 'nobody';
  return sideOf(sender, owner.userId, facts) === 'correspondent' ? 'sender' : 'recipients';
}
