import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalAddress,
  canonicalDomain,
  domainOf,
  localPartOf,
} from '../../../src/shared/email-address.ts';

const long = (count: number): string => 'a'.repeat(count);

describe('canonicalAddress', () => {
  it.each([
    ['plain', 'dana@firm.example', 'dana@firm.example'],
    ['upper case', 'DANA@Firm.EXAMPLE', 'dana@firm.example'],
    ['space around', '  dana@firm.example\t', 'dana@firm.example'],
    ['trailing dot', 'dana@firm.example.', 'dana@firm.example'],
    ['plus-tag is part of it', 'dana+crm@firm.example', 'dana+crm@firm.example'],
    ['dots are part of it', 'd.a.n.a@firm.example', 'd.a.n.a@firm.example'],
    ['needless quotes', '"dana"@firm.example', 'dana@firm.example'],
    ['needless backslash', '"da\\na"@firm.example', 'dana@firm.example'],
    ['needed quotes', '"Dana Roe"@firm.example', '"dana roe"@firm.example'],
    ['quote inside quotes', '"a\\"b"@firm.example', '"a\\"b"@firm.example'],
    ['@ inside quotes', '"a@other.example"@firm.example', '"a@other.example"@firm.example'],
    ['U-labels', 'dana@MÜNCHEN.example', 'dana@xn--mnchen-3ya.example'],
    ['A-labels', 'dana@XN--MNCHEN-3YA.example', 'dana@xn--mnchen-3ya.example'],
    ['decomposed U-label', 'dana@mu\u0308nchen.example', 'dana@xn--mnchen-3ya.example'],
    ['ideographic full stop', 'dana@例え\u3002example', 'dana@xn--r8jz45g.example'],
    ['letters beyond ASCII', 'ÉMILE@firm.example', 'émile@firm.example'],
    ['decomposed local part', 'e\u0301mile@firm.example', 'émile@firm.example'],
    ['one label', 'root@localhost', 'root@localhost'],
    ['IPv4 literal', 'dana@[192.0.2.1]', 'dana@[192.0.2.1]'],
    ['IPv6 literal', 'dana@[IPv6:2001:DB8::1]', 'dana@[ipv6:2001:db8::1]'],
    ['slash in the local part', 'a/b=c!d@firm.example', 'a/b=c!d@firm.example'],
    ['doubled dots, which some telephones have', 'a..b.@firm.example', 'a..b.@firm.example'],
  ])('%s', (_name, raw, canonical) => {
    expect(canonicalAddress(raw)).toBe(canonical);
  });

  it.each([
    ['nothing', ''],
    ['no @', 'dana'],
    ['no local part', '@firm.example'],
    ['empty quotes', '""@firm.example'],
    ['no domain', 'dana@'],
    ['only a dot', 'dana@.'],
    ['two dots', 'dana@firm..example'],
    ['two trailing dots', 'dana@firm.example..'],
    ['two @', 'dana@other.example@firm.example'],
    ['a list', 'dana@firm.example, tom@firm.example'],
    ['a name beside it', 'Dana <dana@firm.example>'],
    ['space inside', 'da na@firm.example'],
    ['line break inside', 'dana@firm.example\r\nBcc: x@evil.example'],
    ['line break in quotes', '"da\r\nna"@firm.example'],
    ['NUL', 'dana\0@firm.example'],
    ['a path after the domain', 'dana@firm.example/evil.example'],
    ['a query after the domain', 'dana@firm.example?evil.example'],
    ['a fragment after the domain', 'dana@firm.example#evil.example'],
    ['a percent-encoded domain', 'dana@f%69rm.example'],
    ['a full-width percent sign', 'dana@f\uff0569rm.example'],
    ['full-width digits that make an IP address', 'dana@\uff11\uff12\uff17.\uff11'],
    ['zero-width space in the local part', 'da\u200bna@firm.example'],
    ['soft hyphen in the domain', 'dana@fi\u00adrm.example'],
    ['right-to-left override', 'dana\u202e@firm.example'],
    ['right-to-left override in quotes', '"dana\u202e"@firm.example'],
    ['lone surrogate', 'dana\ud800@firm.example'],
    ['Kelvin sign for k', '\u212aim@firm.example'],
    ['Greek question mark for ;', 'a\u037eb@firm.example'],
    ['too long', `${long(310)}@firm.example`],
    ['domain too long', `a@${long(256)}`],
    ['label that is no label', 'dana@xn--\u00e9.example'],
  ])('%s is no address', (_name, raw) => {
    expect(canonicalAddress(raw)).toBeNull();
  });

  it('keeps homoglyphs apart', () => {
    const cyrillic = canonicalAddress('dana@fіrm.example');
    expect(cyrillic).toMatch(/^dana@xn--/);
    expect(cyrillic).not.toBe(canonicalAddress('dana@firm.example'));
    expect(canonicalAddress('dаna@firm.example')).not.toBe(canonicalAddress('dana@firm.example'));
  });

  it('changes nothing when applied twice, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom('dana', 'É', 'K', 'İ', 'ς', '"', '\\', ' ', '.', '+', 'ｅ', '%41', '/', 'ß'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const domain = fc.constantFrom('firm.example', 'MÜNCHEN.example', 'ｅx.example', '[192.0.2.1]');
    fc.assert(
      fc.property(text, fc.oneof(domain, text), (local, rest) => {
        const once = canonicalAddress(`${local}@${rest}`);
        if (once === null) return;
        expect(canonicalAddress(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the parts of an address', () => {
  it.each([
    ['dana@firm.example', 'dana', 'firm.example'],
    ['"a@b"@firm.example', '"a@b"', 'firm.example'],
  ])('%s', (address, local, domain) => {
    expect(localPartOf(address)).toBe(local);
    expect(domainOf(address)).toBe(domain);
  });

  it.each([
    ['Firm.Example.', 'firm.example'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['', null],
    ['a b.example', null],
    ['user:pw', null],
  ])('domain %j is %j', (raw, canonical) => {
    expect(canonicalDomain(raw)).toBe(canonical);
  });
});
