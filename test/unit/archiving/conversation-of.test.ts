import { describe, expect, it } from 'vitest';
import { conversationOf } from '../../../src/archiving/conversation-of.ts';

describe('conversationOf', () => {
  it('has the own id, the answered one, the first and then the nearest, each once', () => {
    expect(
      conversationOf({
        messageId: '<own@a.test>',
        inReplyTo: ' <last@b.test> (Tuesday)',
        references: ['<first@a.test>', '<second@b.test>', '<last@b.test>'],
      }),
    ).toEqual(['own@a.test', 'last@b.test', 'first@a.test', 'second@b.test']);
  });

  it('is empty where nothing is an id', () => {
    expect(conversationOf({ messageId: 'none', inReplyTo: null, references: [] })).toEqual([]);
  });

  it('is bounded, and keeps the first and the nearest', () => {
    const references = Array.from({ length: 100 }, (_, at) => `<${String(at)}@a.test>`);
    const ids = conversationOf({ messageId: null, inReplyTo: null, references });
    expect(ids).toHaveLength(30);
    expect(ids.slice(0, 2)).toEqual(['0@a.test', '99@a.test']);
  });
});
