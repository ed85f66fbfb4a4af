import { typedIn, type Typed } from '../http/forms.ts';
import { findProvider } from './mail-providers.ts';

/** What was typed, but for passwords; without JavaScript a button fills in what a provider's choice would. */
export function withPreset(body: unknown, protocol: 'imap' | 'smtp'): Typed {
  const values = typedIn(body, ['password']);
  const preset = findProvider(values.provider)?.[protocol];
  if (!preset) return values;
  return { ...values, host: preset.host, port: String(preset.port), security: preset.security };
}
