import { chmod, copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appletsOf } from './busybox';
import type { Deb } from './debian';
import { FOLDERS, LEFT_OUT, LINKS, PACKAGES } from './recipe';
import { run } from './tools';

/** Unpacks packages into a new folder. Nothing of them is run, and no ownership is kept: all is root's in the image. */
export async function unpackPackages(debs: Deb[], archives: string, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const { name, file } of debs) {
    const only = PACKAGES.find((one) => one.name === name)?.only;
    if (only) await unpackSome(join(archives, file), [...only, `usr/share/doc/${name}/copyright`], root);
    else await run('dpkg-deb', ['--extract', join(archives, file), root]);
  }
}

async function unpackSome(archive: string, paths: string[], root: string): Promise<void> {
  const whole = `${root}.part`;
  await run('dpkg-deb', ['--extract', archive, whole]);
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await copyFile(join(whole, path), join(root, path));
  }
  await rm(whole, { recursive: true });
}

/** Removes what the recipe leaves out, and all documentation but the copyright files. */
export async function leaveOut(root: string): Promise<void> {
  for (const path of LEFT_OUT.flatMap(({ paths }) => paths)) await removePath(root, path);
  const documentation = join(root, 'usr/share/doc');
  for (const name of await readdir(documentation, { recursive: true })) {
    const path = join(documentation, name);
    if (/^[^/]+\/./.test(name) && !name.endsWith('/copyright'))
      await rm(path, { recursive: true, force: true });
  }
}

async function removePath(root: string, path: string): Promise<void> {
  if (!path.endsWith('*')) return rm(join(root, path), { recursive: true, force: true });
  const folder = join(root, dirname(path));
  const start = path.slice(dirname(path).length + 1, -1);
  for (const name of await readdir(folder)) {
    if (name.startsWith(start)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

const ACCOUNTS: Record<string, string> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\ntty:x:5:\ndocker:x:998:\nnogroup:x:65534:\n',
  'etc/shadow': 'root:*:19000:0:99999:7:::\nnobody:*:19000:0:99999:7:::\n',
  'etc/hostname': 'gantry\n',
  'etc/hosts': '127.0.0.1 localhost gantry\n',
  'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
};

/** Adds what maintainer scripts would have made, and what is the guest's own. `files`: path in the root → source. */
export async function addOwnFiles(root: string, files: Record<string, string>): Promise<void> {
  for (const folder of FOLDERS) await mkdir(join(root, folder), { recursive: true });
  for (const [path, content] of Object.entries(ACCOUNTS)) await writeFile(join(root, path), content);
  await chmod(join(root, 'etc/shadow'), 0o600);
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await copyFile(source, join(root, path));
    await chmod(join(root, path), path.startsWith('usr/sbin/') ? 0o755 : 0o644);
  }
  for (const [path, target] of Object.entries(LINKS)) await link(root, path, target);
  await linkApplets(root);
  await bundleAuthorities(root);
}

async function link(root: string, path: string, target: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await rm(join(root, path), { recursive: true, force: true });
  await symlink(target, join(root, path));
}

/** busybox's commands, where no package has a program of that name. */
async function linkApplets(root: string): Promise<void> {
  const taken = new Set([
    ...(await readdir(join(root, 'usr/bin'))),
    ...(await readdir(join(root, 'usr/sbin'))),
  ]);
  for (const name of appletsOf(await readFile(join(root, 'usr/bin/busybox')))) {
    if (!taken.has(name)) await symlink('busybox', join(root, 'usr/bin', name));
  }
  // The kernel asks for it by this path.
  await link(root, 'usr/sbin/modprobe', '../bin/busybox');
}

/** One file of all certificate authorities, which Go and OpenSSL look for at this path. */
async function bundleAuthorities(root: string): Promise<void> {
  const folder = join(root, 'usr/share/ca-certificates/mozilla');
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  await mkdir(join(root, 'etc/ssl/certs'), { recursive: true });
  await writeFile(
    join(root, 'etc/ssl/certs/ca-certificates.crt'),
    `${texts.map((text) => text.trimEnd()).join('\n')}\n`,
  );
  await rm(join(root, 'usr/share/ca-certificates'), { recursive: true });
}
