import { isFreeMail, labelOf } from '../../shared/free-mail.ts';

/**
 * How the domains of two addresses are related. `same`: equal, or one lies within the other ("mail.firm"
 * and "firm"); `sister`: one name with two endings. Free mail and siblings under a host are no relation.
 */
export function compareDomain(one: string, other: string): 'same' | 'sister' | 'none' {
  if (isFreeMail(one) || isFreeMail(other)) return 'none';
  if (one === other || isWithin(one, other) || isWithin(other, one)) return 'same';
  const label = labelOf(one);
  return label.length >= 5 &&
    label === labelOf(other) &&
    one.split('.').length === other.split('.').length
    ? 'sister'
    : 'none';
}

function isWithin(inner: string, outer: string): boolean {
  return outer.includes('.') && inner.endsWith(`.${outer}`);
}
