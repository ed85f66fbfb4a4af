import type { TypedPerson } from './person-form.ts';

/**
 * What the buttons beside the addresses of a form do, without a script and without saving: another
 * row, or one row less. null: the form is to be saved.
 */
export function pressedButton(
  body: unknown,
  typed: TypedPerson,
): { readonly typed: TypedPerson; readonly focus: number } | null {
  const pressed: unknown = (body as { do?: unknown } | undefined)?.do;
  if (pressed === 'more') {
    const addresses = [...typed.addresses, ''];
    return { typed: { ...typed, addresses }, focus: addresses.length - 1 };
  }
  const index = typeof pressed === 'string' ? /^remove-(\d{1,3})$/.exec(pressed)?.[1] : undefined;
  if (index === undefined) return null;
  return removeRow(typed, Number(index));
}

function removeRow(typed: TypedPerson, removed: number) {
  const addresses = typed.addresses.toSpliced(removed, 1);
  const { primary } = typed;
  const moved = primary > removed ? primary - 1 : primary === removed ? 0 : primary;
  const focus = Math.max(0, Math.min(removed, addresses.length - 1));
  return { typed: { ...typed, addresses, primary: moved }, focus };
}
