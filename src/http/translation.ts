import { createInstance } from 'i18next';
import account from '../../public/locales/en/account.json' with { type: 'json' };
import accountMail from '../../public/locales/en/account-mail.json' with { type: 'json' };
import admin from '../../public/locales/en/admin.json' with { type: 'json' };
import app from '../../public/locales/en/app.json' with { type: 'json' };
import dataCleanup from '../../public/locales/en/data-cleanup.json' with { type: 'json' };
import demo from '../../public/locales/en/demo.json' with { type: 'json' };
import digest from '../../public/locales/en/digest.json' with { type: 'json' };
import emails from '../../public/locales/en/emails.json' with { type: 'json' };
import firstMail from '../../public/locales/en/first-mail.json' with { type: 'json' };
import importing from '../../public/locales/en/import.json' with { type: 'json' };
import inbox from '../../public/locales/en/inbox.json' with { type: 'json' };
import log from '../../public/locales/en/log.json' with { type: 'json' };
import mailbox from '../../public/locales/en/mailbox.json' with { type: 'json' };
import outgoing from '../../public/locales/en/outgoing.json' with { type: 'json' };
import preferences from '../../public/locales/en/preferences.json' with { type: 'json' };
import people from '../../public/locales/en/people.json' with { type: 'json' };
import profile from '../../public/locales/en/profile.json' with { type: 'json' };
import quarantine from '../../public/locales/en/quarantine.json' with { type: 'json' };
import rejected from '../../public/locales/en/rejected.json' with { type: 'json' };
import senders from '../../public/locales/en/senders.json' with { type: 'json' };
import users from '../../public/locales/en/users.json' with { type: 'json' };
import rules from '../../public/locales/en/rules.json' with { type: 'json' };
import setUp from '../../public/locales/en/set-up.json' with { type: 'json' };

/** A file an area; keys begin with the area, so none is there twice. */
const english = {
  ...account,
  ...accountMail,
  ...admin,
  ...app,
  ...dataCleanup,
  ...demo,
  ...digest,
  ...emails,
  ...firstMail,
  ...importing,
  ...inbox,
  ...log,
  ...mailbox,
  ...outgoing,
  ...people,
  ...preferences,
  ...profile,
  ...quarantine,
  ...rejected,
  ...rules,
  ...senders,
  ...users,
  ...setUp,
};

/** "open_one" and "open_other" are asked for as "open", with a count (Unicode CLDR plural rules). */
type Singular<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
export type MessageKey = Singular<keyof typeof english>;

/** The text behind a key, with `{{name}}` places filled in. Views escape what it returns. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, unknown>>) => string;

/** @throws when a text is asked for that the catalogue lacks, so that no page shows a bare key. */
export function createTranslate(): Translate {
  const i18n = createInstance();
  void i18n.init({
    lng: 'en',
    resources: { en: { translation: english } },
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  return (key, values) => {
    if (!i18n.exists(key, values)) throw new Error(`The catalogue has no text "${key}".`);
    return i18n.t(key, { ...values });
  };
}
