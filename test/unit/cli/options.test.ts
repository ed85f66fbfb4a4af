import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  readAddress,
  readAddresses,
  readLine,
  readName,
  readPort,
  readSeconds,
} from '../../../src/cli/options.ts';

describe('what is taken', () => {
  test.each<readonly [(text: string) => unknown, string, unknown]>([
    [readPort, '1', 1],
    [readPort, '65535', 65_535],
    [readSeconds, '0.5', 0.5],
    [readSeconds, '3600', 3600],
    [readAddress, ' Dana@Firm.Example. ', 'dana@firm.example'],
    [readAddresses, 'a@b.example, C@b.example', ['a@b.example', 'c@b.example']],
    [readLine, '  Dana  ', 'Dana'],
    [readName, 'Zoë 🦊', 'Zoë 🦊'],
    [readName, 'x'.repeat(200), 'x'.repeat(200)],
  ])('%o of "%s"', (read, text, value) => {
    expect(read(text)).toEqual(value);
  });
});

describe('what is refused, with a sentence', () => {
  test.each<readonly [(text: string) => unknown, string]>([
    [readPort, '0'],
    [readPort, '65536'],
    [readPort, '25.5'],
    [readPort, ''],
    [readPort, 'smtp'],
    [readPort, '-1'],
    [readPort, '0x19'],
    [readPort, '1e3'],
    [readSeconds, '0'],
    [readSeconds, '-5'],
    [readSeconds, 'soon'],
    [readSeconds, 'Infinity'],
    [readAddress, 'dana'],
    [readAddress, 'Dana <dana@firm.example>'],
    [readAddresses, 'a@b.example,'],
    [readLine, '   '],
    [readLine, 'a\r\nb'],
    [readLine, 'a\0b'],
    [readLine, 'x'.repeat(501)],
    [readName, 'x'.repeat(201)],
  ])('%o of "%s"', (read, text) => {
    expect(() => read(text)).toThrow(InvalidArgumentError);
    expect(() => read(text)).toThrow(/\.$/);
  });
});
