import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalBody, canonicalField, chosenFields } from '../../support/trust/canonicalize.ts';
import { rfc8463Example, rfc8463Key } from '../../support/trust/dkim-genuine-cases.ts';
import { signatureOver } from '../../support/trust/sign-dkim.ts';

describe('the signer of the cases', () => {
  const [printed, ...fields] = rfc8463Example().fields;
  const { body } = rfc8463Example();

  test('makes the signature that RFC 8463 appendix A.3 prints', () => {
    const key = rfc8463Key();
    const at = printed!.indexOf(' b=') + 3;
    const signature = signatureOver({ fields, body }, printed!.slice(0, at), {
      domain: 'football.example.com',
      selector: 'brisbane',
      key,
      headers: 'from to subject date message-id from subject date'.split(' '),
    });
    expect(key.record).toBe('k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=');
    expect(signature).toBe(printed!.slice(at).replace(/\s/g, ''));
  });

  test('makes its hash of the body', () => {
    const hash = createHash('sha256').update(canonicalBody(body, 'relaxed')).digest('base64');
    expect(printed).toContain(`bh=${hash};`);
  });

  test('canonicalizes as RFC 6376 section 3.4.5 shows', () => {
    const text = ' C \r\nD \t E\r\n\r\n\r\n';
    expect(canonicalField('A: X', 'relaxed')).toBe('a:X');
    expect(canonicalField('B : Y\t\r\n\tZ  ', 'relaxed')).toBe('b:Y Z');
    expect(canonicalField('B : Y\t\r\n\tZ  ', 'simple')).toBe('B : Y\t\r\n\tZ  ');
    expect(canonicalBody(text, 'relaxed')).toBe(' C\r\nD E\r\n');
    expect(canonicalBody(text, 'simple')).toBe(' C \r\nD \t E\r\n');
    expect(canonicalBody('', 'relaxed')).toBe('');
    expect(canonicalBody('', 'simple')).toBe('\r\n');
  });

  test('takes the lowest of fields of one name first', () => {
    const two = ['From: a', 'To: b', 'from : c'];
    expect(chosenFields(two, ['From', 'cc', 'from', 'from'])).toEqual(['from : c', 'From: a']);
  });
});
