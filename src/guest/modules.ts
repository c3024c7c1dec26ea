import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MODULES } from './recipe';
import { run } from './tools';

/** `kernel/fs/erofs/erofs.ko.xz` → the modules that it needs, from depmod's modules.dep. */
export function parseDependencies(text: string): Map<string, string[]> {
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [module = '', needed = ''] = line.split(':');
        return [module, needed.split(' ').filter(Boolean)];
      }),
  );
}

/** Whether the recipe asks for a module: by its own path or by that of a folder that it is in. */
function isWanted(module: string): boolean {
  const path = module.replace(/^kernel\//, '').replace(/\.ko(\.xz)?$/, '');
  return MODULES.some(({ paths }) =>
    paths.some((wanted) => (wanted.endsWith('/') ? path.startsWith(wanted) : path === wanted)),
  );
}

/** The wanted modules and all that they need, sorted. modules.dep lists needs of needs, too. */
export function selectModules(dependencies: Map<string, string[]>): string[] {
  const wanted = [...dependencies.keys()].filter(isWanted);
  return [...new Set(wanted.flatMap((module) => [module, ...(dependencies.get(module) ?? [])]))].sort();
}

/**
 * Leaves the recipe's modules in the root, unpacked: they are read from a file system that is packed as a whole, and
 * unpacking costs time at each start. depmod reads them without running anything of the root.
 * @returns the kernel's release
 */
export async function keepModules(root: string): Promise<string> {
  const all = join(root, 'usr/lib/modules');
  const [release] = await readdir(all);
  if (!release) throw new Error('The kernel package has no modules.');
  const folder = join(all, release);
  await depmod(root, release);
  const kept = selectModules(parseDependencies(await readFile(join(folder, 'modules.dep'), 'utf8')));
  const rest = `${folder}.all`;
  await rename(folder, rest);
  for (const path of [...kept, 'modules.builtin', 'modules.builtin.modinfo', 'modules.order']) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(rest, path), join(folder, path));
  }
  await rm(rest, { recursive: true });
  const packed = kept.filter((path) => path.endsWith('.xz')).map((path) => join(folder, path));
  if (packed.length > 0) await run('xz', ['--decompress', '--', ...packed]);
  await depmod(root, release);
  return release;
}

function depmod(root: string, release: string): Promise<string> {
  return run('depmod', ['--basedir', root, release]);
}
