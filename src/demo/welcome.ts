import { people } from './stories/people.ts';
import { ARCHIVE, DEMO_PASSWORD, users } from './stories/users.ts';

/** A mail of one's own; the README has it, too. */
export const SEND_ONE = `npm run -s letterbook -- demo send --from ${users.amelia.address} \\
    --to ${people.marta.address} --bcc ${ARCHIVE.address} \\
    --subject "Hello" --text "See you on Monday."`;

/** What somebody who has just started the demo needs to know. */
export function welcome(demo: {
  readonly url: string;
  readonly smtpPort: number;
  readonly arriving: number;
}): string {
  const { dana } = users;
  const rows = Object.values(users).map(
    ({ name, address, role }) => `  ${address.padEnd(34)} ${name}, ${role}`,
  );
  const arriving =
    demo.arriving === 0
      ? ''
      : `${demo.arriving} mails more arrive over the next four minutes: reload Home.\n`;
  return `
Letterbook is ready: open ${demo.url}

Sign in with the password ${DEMO_PASSWORD} as
${rows.join('\n')}

Begin as ${dana.name}. ${arriving}
Send a mail of your own. Whoever of the above writes to somebody and puts
${ARCHIVE.address} in Bcc, or forwards a mail to it, has it archived:
- with any mail program: SMTP server 127.0.0.1, port ${demo.smtpPort}, no encryption, no password
- or here, in another terminal:
  ${SEND_ONE}

Nothing leaves this machine: ${demo.url}/demo/outbox shows what would have gone out.
Ctrl-C ends the demo.
`;
}
