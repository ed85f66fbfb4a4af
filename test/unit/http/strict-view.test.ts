import { expect, test } from 'vitest';
import { strictView } from '../../../src/http/strict-view.ts';

const view = strictView({
  title: 'People',
  people: [{ name: 'Dana', account: null as string | null }],
  page: { next: undefined as string | undefined },
});

test('what is there reads as before', () => {
  expect(view.title).toBe('People');
  expect(view.people.map((person) => person.name)).toEqual(['Dana']);
  expect(view.people[0]?.account).toBeNull();
  expect(view.page.next).toBeUndefined();
  expect([...view.people]).toHaveLength(1);
});

test('a misspelt property fails and names what there is', () => {
  expect(() => (view as unknown as { titel: string }).titel).toThrow(
    'The view has no "titel"; it has title, people, page.',
  );
});

test('so does one in a nested object and in a list', () => {
  expect(() => (view.page as unknown as { nxt: string }).nxt).toThrow('no "nxt"; it has next');
  const [person] = view.people as unknown as { nmae: string }[];
  expect(() => person?.nmae).toThrow('no "nmae"; it has name, account');
});
