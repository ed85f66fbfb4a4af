import { createInstance } from 'i18next';
import english from '../../public/locales/en.json' with { type: 'json' };

export type MessageKey = keyof typeof english;

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
