import type { FoundPerson } from '../../people/find-people.ts';
import type { ShownSuggestion } from '../../suggestions/suggestion-store.ts';

/** A record that may be ticked, as the page shows it. */
export interface PickRow extends Pick<FoundPerson, 'id' | 'kind' | 'name'> {
  /** "Acme, jane@acme.example" */
  readonly about: string;
  /** What speaks for it, and against it. */
  readonly reasons: ShownSuggestion['reasons'];
  /** Whether somebody would pick it at a glance. */
  readonly strong: boolean;
  readonly ticked: boolean;
}

export function suggestedRow(
  { id, kind, name, account, address, reasons, strength }: ShownSuggestion,
  ticked: readonly number[],
): PickRow {
  const warned = reasons.some((reason) => reason.kind === 'lookalike');
  return {
    id,
    kind,
    name: name || address,
    about: [account, address].filter(Boolean).join(', '),
    reasons,
    strong: strength === 'strong' && !warned,
    ticked: ticked.includes(id),
  };
}

export function foundRow(
  { id, kind, name, account, addresses }: FoundPerson,
  ticked: readonly number[],
): PickRow {
  const [address = ''] = addresses;
  return {
    id,
    kind,
    name: name || address,
    about: [account, address].filter(Boolean).join(', '),
    reasons: [],
    strong: false,
    ticked: ticked.includes(id),
  };
}
