import { expect, test } from 'vitest';
import { tryEach } from '../../../src/shared/try-each.ts';

const done: string[] = [];
const does = (name: string) => () => Promise.resolve(done.push(name));
const fails = (name: string) => () => Promise.reject(new Error(name));

test('a task that fails holds up no other, and is told of', async () => {
  await expect(tryEach([does('a'), fails('b'), does('c')])).rejects.toThrow('b');
  expect(done).toEqual(['a', 'c']);
});

test('several that fail are told of all', async () => {
  const trying = tryEach([fails('a'), fails('b')]);
  await expect(trying).rejects.toMatchObject({ errors: [new Error('a'), new Error('b')] });
  await expect(tryEach([fails('One.'), fails('Two.'), fails('One.')])).rejects.toThrow(
    /^One\. Two\.$/,
  );
});

test('where all goes well nothing is told', async () => {
  await expect(tryEach([does('d')])).resolves.toBeUndefined();
});
