/**
 * The same view object, but reading a property that it lacks throws: EJS would print nothing, and
 * a misspelt name would go unnoticed. Reaches into nested objects and lists.
 */
export function strictView<T extends object>(view: T): T {
  return new Proxy(view, {
    get(target, property, receiver) {
      if (typeof property === 'string' && !(property in target)) {
        throw new Error(
          `The view has no "${property}"; it has ${Object.keys(target).join(', ') || 'nothing'}.`,
        );
      }
      const value: unknown = Reflect.get(target, property, receiver);
      return isPlain(value) ? strictView(value) : value;
    },
  });
}

/** Dates, maps and functions keep their insides from a proxy. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
