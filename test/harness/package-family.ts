import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findProgram, run } from './run';

/** No package of anybody's. */
const name = 'gantry-update-test';

/** A package manager with a system of its own in a folder: the computer's is left alone. */
interface PackageSystem {
  /** What makes its programs work there. */
  env: NodeJS.ProcessEnv;
  /** A package with one file, which says its version. @param needs a package that it cannot do without */
  make(version: string, needs?: string): Promise<Buffer>;
  /** The version that is installed, as its file says; undefined when none is. */
  version(): string | undefined;
  /** The version that is installed, as the package manager says. */
  registered(): Promise<string>;
}

interface Family {
  programs: string[];
  /** @param bin a folder of programs that comes first in the PATH */
  open(folder: string, bin: string): PackageSystem;
}

const own = (root: string) => {
  const file = join(root, 'usr/share', name, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

export const packageFamilies: Record<'deb' | 'rpm', Family> = {
  deb: {
    programs: ['apt-get', 'dpkg', 'dpkg-deb'],
    open(folder, bin) {
      const root = join(folder, 'system');
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own way to name a field.
      const query = ['--admindir', join(root, 'var/lib/dpkg'), '--showformat=${Version}', '--show', name];
      return {
        env: { APT_CONFIG: makeDebian(root), PATH: `${bin}:${process.env.PATH}` },
        make: (version, needs) => makeDeb(folder, version, needs),
        version: () => own(root),
        registered: async () => (await run('dpkg-query', query)).toString(),
      };
    },
  },
  rpm: {
    programs: ['rpm', 'rpmbuild'],
    open(folder, bin) {
      const root = join(folder, 'system');
      const [rpm = '', rpmbuild = ''] = ['rpm', 'rpmbuild'].map((program) => findProgram(program));
      const outside = { ...process.env };
      // Debian's rpm wants to be told that this is meant; the prefix is for a test that is not root and may not chroot.
      const wrapper = `#!/bin/sh\nexec "${rpm}" --force-debian --dbpath "${root}/db" --prefix "${root}/usr" "$@"\n`;
      writeFileSync(join(bin, 'rpm'), wrapper, { mode: 0o755 });
      // No others: where there is a dnf or zypper, that would be taken, and install into the computer's own system.
      for (const tool of ['chmod', 'cp', 'head', 'mktemp', 'rm', 'sha512sum', 'sleep'])
        symlinkSync(findProgram(tool) ?? '', join(bin, tool));
      const query = ['--dbpath', `${root}/db`, '--query', '--queryformat', '%{VERSION}', name];
      return {
        env: { PATH: bin },
        async make(version, needs) {
          const work = mkdtempSync(join(folder, 'rpm-'));
          const spec = join(work, 'test.spec');
          writeFileSync(spec, rpmSpec(version, needs));
          const folders = ['_topdir', '_rpmdir'].flatMap((macro) => ['--define', `${macro} ${work}`]);
          await run(rpmbuild, ['--quiet', '-bb', ...folders, spec], { env: outside });
          return readFileSync(join(work, `noarch/${name}-${version}-1.noarch.rpm`));
        },
        version: () => own(root),
        registered: async () => (await run(rpm, query)).toString(),
      };
    },
  },
};

/** Folders in which apt and dpkg have nothing installed and know no server. @returns the file for APT_CONFIG */
function makeDebian(root: string): string {
  const folders = ['etc/apt/apt.conf.d', 'etc/apt/preferences.d', 'var/lib/apt/lists/partial', 'var/log/apt'];
  const more = [
    'var/cache/apt/archives/partial',
    'var/lib/dpkg/info',
    'var/lib/dpkg/updates',
    'var/lib/dpkg/triggers',
  ];
  for (const path of [...folders, ...more]) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'var/lib/dpkg/status'), '');
  const config = join(root, 'etc/apt/apt.conf');
  // The test may be no root, and have no folders of root's in its PATH.
  const options = [`--root=${root}`, '--force-not-root', '--force-bad-path'].map((word) => `"${word}";`);
  writeFileSync(config, `Dir "${root}/";\nDPkg::Options { ${options.join(' ')} };\n`);
  return config;
}

async function makeDeb(folder: string, version: string, needs?: string): Promise<Buffer> {
  const tree = mkdtempSync(join(folder, 'tree-'));
  mkdirSync(join(tree, 'DEBIAN'));
  mkdirSync(join(tree, 'usr/share', name), { recursive: true });
  writeFileSync(join(tree, 'usr/share', name, 'version'), version);
  const control = [
    `Package: ${name}`,
    `Version: ${version}`,
    'Architecture: all',
    'Maintainer: Nobody <nobody@localhost>',
    'Description: A package of a test',
    ...(needs ? [`Depends: ${needs}`] : []),
  ];
  writeFileSync(join(tree, 'DEBIAN/control'), `${control.join('\n')}\n`);
  chmodSync(tree, 0o755);
  const file = join(tree, '..', 'made.deb');
  await run('dpkg-deb', ['-Znone', '--build', tree, file]);
  return readFileSync(file);
}

function rpmSpec(version: string, needs?: string): string {
  const lines = [
    // Neither strips nor compresses anything.
    '%define __spec_install_post %{nil}',
    `Name: ${name}`,
    `Version: ${version}`,
    'Release: 1',
    'Summary: A package of a test',
    'License: None',
    'BuildArch: noarch',
    'AutoReqProv: no',
    'Prefix: /usr',
    ...(needs ? [`Requires: ${needs}`] : []),
    '%description',
    'A package of a test',
    '%install',
    `mkdir -p %{buildroot}/usr/share/${name}`,
    `printf %s ${version} >%{buildroot}/usr/share/${name}/version`,
    '%files',
    `/usr/share/${name}`,
  ];
  return `${lines.join('\n')}\n`;
}
