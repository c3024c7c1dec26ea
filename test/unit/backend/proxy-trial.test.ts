import { describe, expect, it } from 'vitest';
import { credentialsOf, isExcluded } from '#backend/proxy-trial/go-rules';
import { isLoopback } from '#backend/proxy-trial/names';
import { refused, signInWanted } from '#backend/proxy-trial/problems';
import { signInsOf } from '#backend/proxy-trial/way';

const hub = new URL('https://registry-1.docker.io/v2/');
const own = new URL('https://registry.example:5000/v2/');

describe('what the engine reaches without the proxy', () => {
  it.each([
    ['docker.io', true],
    ['registry-1.docker.io', true],
    ['.docker.io', true],
    ['*.docker.io', true],
    ['localhost, Registry-1.Docker.io', true],
    ['*', true],
    ['registry-1.docker.io:443', true],
    ['registry-1.docker.io:5000', false],
    ['.registry-1.docker.io', false],
    ['*.registry-1.docker.io', false],
    ['ocker.io', false],
    ['', false],
    [' , ,:443', false],
    ['::1', false],
  ])('%s', (except, expected) => {
    expect(isExcluded(hub, except)).toBe(expected);
  });

  it('looks at the port of the address', () => {
    expect(isExcluded(own, 'registry.example:5000')).toBe(true);
    expect(isExcluded(own, 'registry.example:443')).toBe(false);
  });
});

it('reads names and passwords as they are', () => {
  expect(credentialsOf(new URL('http://me:p%40ss%23@proxy.example'))).toEqual({
    name: 'me',
    password: 'p@ss#',
  });
  expect(credentialsOf(new URL('http://proxy.example'))).toEqual({ name: '', password: '' });
  expect(credentialsOf(new URL('http://me:100%zz@proxy.example'))).toBeNull();
});

it('knows what is the virtual machine itself to the engine', () => {
  expect(['localhost', 'proxy.localhost', '127.0.0.1', '127.1.2.3', '::1'].filter(isLoopback)).toHaveLength(
    5,
  );
  expect(['proxy.example', '10.0.0.1', 'localhost.example', 'fd00::1'].filter(isLoopback)).toEqual([]);
});

describe('a proxy that wants a sign-in', () => {
  const kinds = (header: string) => signInsOf({ headers: { 'proxy-authenticate': header } });

  it('says which ones it takes', () => {
    expect(kinds('Basic realm="a, b"')).toEqual(['Basic']);
    expect(kinds('Negotiate, NTLM, Basic realm="x"')).toEqual(['Negotiate', 'NTLM', 'Basic']);
    expect(kinds('Digest realm="x", nonce="y", NTLM')).toEqual(['Digest', 'NTLM']);
    expect(signInsOf({ headers: {} })).toEqual([]);
  });

  it('is told apart by what it takes and what it was given', () => {
    const proxy = new URL('http://proxy.example:3128');
    const code = (tried: boolean, ...offered: string[]) => signInWanted(proxy, { tried, offered }).code;
    expect(code(false, 'Basic')).toBe('proxy-sign-in');
    expect(code(false)).toBe('proxy-sign-in');
    expect(code(true, 'NTLM', 'basic')).toBe('proxy-sign-in-wrong');
    expect(code(true, 'Negotiate', 'NTLM')).toBe('proxy-sign-in-kind');
    expect(signInWanted(proxy, { tried: false, offered: ['Negotiate', 'NTLM'] }).explanation).toContain(
      'takes Negotiate or NTLM',
    );
  });
});

it.each([
  [403, 'The proxy does not let the engine go to x:443'],
  [502, 'The proxy cannot reach x:443'],
  [429, 'The proxy asks for a pause'],
  [400, 'The proxy answered with 400'],
])('says in words that the proxy answered with %i', (status, title) => {
  expect(refused('x:443', status, `HTTP/1.1 ${status}`)).toMatchObject({ code: 'proxy-refused', title });
});
