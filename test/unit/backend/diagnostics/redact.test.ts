import { describe, expect, test } from 'vitest';
import { Redaction } from '#backend/diagnostics/redact';

const known = { userName: 'erika', home: '/home/erika', hostNames: ['registry.firm.example', 'pc-17'] };
const clean = (text: string) => new Redaction(known).text(text);

/** Each holds `hunter2` or another word that must not come through. */
const secrets: [what: string, text: string][] = [
  ['a JSON key', '{"password":"hunter2"}'],
  ['a JSON key with a blank', '{"identitytoken" : "hunter2"}'],
  ['JSON within JSON', String.raw`{"msg":"body {\"password\":\"hunter2\"}"}`],
  ['JSON within JSON within JSON', String.raw`{"msg":"{\"a\":\"{\\\"secret\\\":\\\"hunter2\\\"}\"}"}`],
  ['a quotation mark within', String.raw`{"password":"a\"hunter2","x":1}`],
  [
    'docker’s config file',
    '{"auths":{"https://index.docker.io/v1/":{"auth":"aHVudGVyMg=="}}}'.replace('aHVudGVyMg==', 'hunter2'),
  ],
  ['logfmt', 'level=info token=hunter2 msg=x'],
  ['YAML with blanks', 'db_password: my hunter2 pass'],
  ['a variable', 'POSTGRES_DB=hunter2'],
  ['a list of variables', '["PATH=/bin", "DATABASE_URL=postgres://x:hunter2@db/x?a=hunter2"]'],
  ['a variable with blanks', '"GREETING=hello hunter2 there",'],
  ['docker run -e', "docker run -e MY_KEY='hunter2 x' nginx"],
  ['docker login -p', 'docker login -u erika -p hunter2 registry.firm.example'],
  ['docker login --password', 'docker login --password hunter2'],
  ['curl -u', 'curl -u erika:hunter2 http://x'],
  ['an address', 'https://erika:hunter2@registry.firm.example/v2/'],
  ['an address whose password has an @', 'http://u:p@hunter2@proxy:3128'],
  ['an address whose user is a token', 'https://hunter2@github.com/x'],
  ['a header', 'Authorization: Basic hunter2hunter2'],
  ['a header in an object', `{ 'authorization': 'Bearer hunter2.abc' }`],
  ['a header with a strange scheme', 'Proxy-Authorization: Digest username="x", response=hunter2'],
  ['a cookie', 'Set-Cookie: sid=hunter2; Path=/'],
  ['a signed address', 'https://x/layer?X-Amz-Signature=hunter2&a=1'],
  ['a key', '-----BEGIN RSA PRIVATE KEY-----\nhunter2\nabc\n-----END RSA PRIVATE KEY-----'],
  ['a key in one line', String.raw`"-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"`],
  ['a key without its end', 'x\n-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\nabc'],
  [
    'a key without its beginning',
    'hunter2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbbbbb=\n-----END PRIVATE KEY-----',
  ],
  ['a terminal’s escape within the name', 'pass\u001b[31mword=hunter2'],
  ['a NUL within the name', 'pass\u0000word=hunter2'],
  ['another user’s folder', '/home/hunter2/.ssh/id'],
  ['a folder on macOS', '/Users/hunter2/x'],
  ['a folder on Windows', String.raw`C:\Users\hunter2\AppData`],
  ['a folder on Windows in JSON', String.raw`"C:\\Users\\hunter2\\AppData"`],
  ['an e-mail address', 'from hunter2@firm.example'],
];

describe('what is nobody else’s business', () => {
  test.each(secrets)('%s is taken out', (_, text) => {
    expect(clean(text)).not.toContain('hunter2');
    expect(clean(text)).toContain('‹');
  });

  test.each([
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    `dckr_${'pat'}_aBcDeFgHiJkLmN`,
    `gh${'p'}_${'a1'.repeat(18)}`,
    `glpat${'-'}abcdefghij1234567890`,
    `AK${'IA'}ABCDEFGHIJKLMNOP`,
    `${'aB3'.repeat(20)}`,
  ])('the token %s is known by its looks', (token) => {
    expect(clean(`it is ${token} here`)).toBe('it is ‹token› here');
  });

  test('names of this user, computer and registries are taken out as whole words', () => {
    expect(clean('erika on pc-17 pulled registry.firm.example/x from /home/erika/code')).toBe(
      '‹name› on ‹host name› pulled ‹host name›/x from ‹home folder›/code',
    );
    expect(clean('erikas pc-170')).toBe('erikas pc-170');
  });

  test('an account of the system is no name', () => {
    const root = new Redaction({ userName: 'root', home: '/root', hostNames: ['localhost'] });
    expect(root.text('root may, at localhost, in /root/x')).toBe(
      'root may, at localhost, in ‹home folder›/x',
    );
  });

  test('addresses outside of this computer go, those that are the same everywhere stay', () => {
    expect(clean('from 93.184.216.34:443 and 2606:2800:220:1::1')).toBe('from ‹address›:443 and ‹address›');
    const inside = 'at 127.0.0.1:80, 172.17.0.2, 10.0.0.1, ::1, fe80::1 on 2026-11-27T10:11:12.5Z 10:11:12';
    expect(clean(inside)).toBe(inside);
  });

  test.each([
    'level=info msg="container started" id=8f3ac01d92be',
    'sha256:3b1a0c5f4e6d7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b',
    'unix:///var/run/docker.sock',
    'The engine is off. Nothing answers at unix:///run/docker.sock',
    '{"level":30,"time":1764230000000,"version":"0.1.0","msg":"Gantry starts"}',
    'GANTRY 1.25 step network',
  ])('%s stays as it is', (text) => {
    expect(clean(text)).toBe(text);
  });

  test('what was taken out is counted by its kind', () => {
    const redaction = new Redaction(known);
    redaction.text('erika password=x token=y');
    redaction.text('erika');
    expect([...redaction.hidden]).toEqual([
      ['password', 2],
      ['name', 2],
    ]);
  });

  test.each([
    ['letters', 'a'.repeat(200_000)],
    ['capitals', 'A'.repeat(200_000)],
    ['backslashes', `password${'\\'.repeat(200_000)}`],
    ['quotes', `password="${'" '.repeat(100_000)}`],
    ['colons', ':'.repeat(200_000)],
    ['addresses without an end', 'https://'.repeat(20_000)],
    ['keys without an end', '-----BEGIN KEY-----'.repeat(10_000)],
    ['half a key', `${'A'.repeat(40)}\n`.repeat(4_000)],
    ['logins', 'login '.repeat(30_000)],
    ['dots', 'a.'.repeat(100_000)],
  ])('a text of nothing but %s is read to its end', (_, text) => {
    expect(clean(text).length).toBeLessThanOrEqual(text.length + 20);
  });
});
