import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseMirror, oneLine, parseDeb822, parseOneLine, readAptSources } from '#guest/sources';

const deb822 = `# the archive
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
 contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb-src
URIs: http://source.example/debian
Suites: bookworm
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;

describe('the deb822 format', () => {
  const sources = parseDeb822(deb822);

  it('gives the paragraphs of binary packages that are in use', () => {
    expect(sources.map(({ uri }) => uri)).toEqual([
      'http://mirror.example/debian',
      'http://mirror.example/debian-security',
    ]);
  });

  it('follows fields onto indented lines, and knows the keys', () => {
    expect(sources[0]).toEqual({
      uri: 'http://mirror.example/debian',
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'contrib'],
      signedBy: '/usr/share/keyrings/archive.gpg',
    });
  });

  it('does not take a key in the file for a path', () => {
    const [source] = parseDeb822(
      'Types: deb\nURIs: http://a.example\nSuites: sid\nSigned-By:\n -----BEGIN PGP\n',
    );
    expect(source?.signedBy).toBeNull();
  });
});

describe('the one-line format', () => {
  it('gives place, suite, components and keys', () => {
    const text =
      'deb [arch=amd64 signed-by=/keys/a.gpg] http://a.example/debian bookworm main contrib # ours\n';
    expect(parseOneLine(text)).toEqual([
      {
        uri: 'http://a.example/debian',
        suites: ['bookworm'],
        components: ['main', 'contrib'],
        signedBy: '/keys/a.gpg',
      },
    ]);
  });

  it('leaves out sources of programs, comments and empty lines', () => {
    expect(
      parseOneLine('deb-src http://a.example bookworm main\n\n# deb http://b.example sid main\n'),
    ).toEqual([]);
  });
});

describe('the mirror', () => {
  it("is this computer's, with the guest's suites", () => {
    const { main, security } = chooseMirror(parseDeb822(deb822), undefined);
    expect(oneLine(main)).toBe(
      'deb [signed-by=/usr/share/keyrings/archive.gpg] http://mirror.example/debian trixie main',
    );
    expect(oneLine(security)).toBe('deb http://mirror.example/debian-security trixie-security main');
  });

  it('is the wanted one before that, with its security archive beside it', () => {
    const { main, security } = chooseMirror(parseDeb822(deb822), 'http://other.example/debian/');
    expect(oneLine(main)).toBe('deb http://other.example/debian/ trixie main');
    expect(oneLine(security)).toBe('deb http://other.example/debian-security trixie-security main');
  });

  it('can have its security archive elsewhere', () => {
    const { security } = chooseMirror([], 'http://other.example/debian http://safe.example/security');
    expect(security.uri).toBe('http://safe.example/security');
  });

  it("is never another distribution's", () => {
    const other = parseOneLine(
      'deb http://other.example/ubuntu noble main\ndeb http://other.example/ubuntu noble-security main\n',
    );
    expect(() => chooseMirror(other, undefined)).toThrow(/GANTRY_DEBIAN_MIRROR/);
  });

  it('is not taken without a security archive', () => {
    expect(() => chooseMirror(parseOneLine('deb http://a.example/debian sid main\n'), undefined)).toThrow(
      /security archive/,
    );
  });
});

it("reads all files of apt's folder by their kinds, and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  try {
    await mkdir(join(folder, 'sources.list.d'));
    await writeFile(join(folder, 'sources.list'), 'deb http://one.example/debian bookworm main\n');
    await writeFile(join(folder, 'sources.list.d/b.sources'), deb822);
    await writeFile(join(folder, 'sources.list.d/a.list'), 'deb http://two.example/debian sid main\n');
    await writeFile(join(folder, 'sources.list.d/c.list.disabled'), 'deb http://three.example sid main\n');
    expect((await readAptSources(folder)).map(({ uri }) => uri)).toEqual([
      'http://one.example/debian',
      'http://two.example/debian',
      'http://mirror.example/debian',
      'http://mirror.example/debian-security',
    ]);
    expect(await readAptSources(join(folder, 'nowhere'))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
