import { describe, expect, test } from 'vitest';
import { chooseDemo } from '../../../src/demo/choose-demo.ts';

const demo = (project: string, port: number, smtpPort: number) => ({
  pid: port,
  startedAt: '2026-11-26T12:00:00.000Z',
  smtpPort,
  url: `http://localhost:${port}`,
  project,
});

const MINE = '/home/dana/letterbook';
const mine = demo(MINE, 3000, 2525);
const second = demo(MINE, 3001, 40_001);
const toms = demo('/home/tom/letterbook', 3002, 40_002);
const anns = demo('/srv/letterbook', 3003, 40_003);
const any = { port: null, url: null };

describe('without a word', () => {
  test('the demo of this folder comes before any other, whichever was started last', () => {
    for (const running of [[mine], [toms, mine, anns], [mine, toms]]) {
      expect(chooseDemo(running, any, MINE)).toEqual({ kind: 'chosen', demo: mine });
    }
  });

  test('the only one that runs will do', () => {
    expect(chooseDemo([toms], any, MINE)).toEqual({ kind: 'chosen', demo: toms });
  });

  test('none of several is taken by chance', () => {
    expect(chooseDemo([toms, anns], any, MINE)).toEqual({
      kind: 'unclear',
      sentence:
        'Several demos run elsewhere: choose one by --port. Running: http://localhost:3002 (of /home/tom/letterbook), http://localhost:3003 (of /srv/letterbook).',
    });
    expect(chooseDemo([toms, second, mine], any, MINE)).toEqual({
      kind: 'unclear',
      sentence:
        'Several demos of this folder run: choose one by --port. Running: http://localhost:3001 (of /home/dana/letterbook), http://localhost:3000 (of /home/dana/letterbook).',
    });
  });

  test('where none runs, how to start one is said', () => {
    expect(chooseDemo([], any, MINE)).toMatchObject({
      kind: 'none',
      sentence: expect.stringContaining('npm run demo') as string,
    });
  });
});

describe('by name', () => {
  test.each([
    [{ port: 3002, url: null }],
    [{ port: 40_002, url: null }],
    [{ port: null, url: 'http://localhost:3002/' }],
    [{ port: null, url: 'http://127.0.0.1:3002/contacts' }],
    [{ port: 40_002, url: 'http://localhost:3002' }],
  ])('%o is the demo that is meant, though another is this folder’s', (wish) => {
    expect(chooseDemo([mine, toms, anns], wish, MINE)).toEqual({ kind: 'chosen', demo: toms });
  });

  test('where none runs there, those that do are listed', () => {
    for (const wish of [
      { port: 9, url: null },
      { port: 3002, url: mine.url },
    ]) {
      expect(chooseDemo([mine, toms], wish, MINE)).toEqual({
        kind: 'none',
        sentence:
          'No demo runs there. Running: http://localhost:3000 (of /home/dana/letterbook), http://localhost:3002 (of /home/tom/letterbook).',
      });
    }
  });
});
