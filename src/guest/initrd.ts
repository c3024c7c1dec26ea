import { chmod, copyFile, mkdir, readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDependencies } from './modules';
import { FILE_TIME, INITRD_MODULES } from './recipe';
import { run } from './tools';

const FOLDERS = ['bin', 'dev', 'layer', 'lower', 'modules', 'proc', 'root', 'sys'];

/**
 * Makes the initrd from the assembled root: busybox, the modules that the root is read with, and the script `init`.
 * Not compressed: its 2 MB are read at once, and a guest that is emulated unpacks slowly.
 */
export async function makeInitrd(from: {
  root: string;
  release: string;
  init: string;
  /** A folder of its own to make it in. */
  work: string;
  out: string;
}): Promise<void> {
  const folder = from.work;
  for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true });
  await copyFile(join(from.root, 'usr/bin/busybox'), join(folder, 'bin/busybox'));
  await chmod(join(folder, 'bin/busybox'), 0o755);
  await copyFile(from.init, join(folder, 'init'));
  await chmod(join(folder, 'init'), 0o755);
  const modules = join(from.root, 'usr/lib/modules', from.release);
  const order = await loadOrder(modules);
  for (const [index, path] of order.entries()) {
    // The shell's pattern sorts them: insmod needs each one's needs before it.
    const name = `${String(index).padStart(2, '0')}-${path.replace(/^.*\//, '')}`;
    await copyFile(join(modules, path), join(folder, 'modules', name));
  }
  await archive(folder, from.out);
}

async function loadOrder(modules: string): Promise<string[]> {
  const dependencies = parseDependencies(await readFile(join(modules, 'modules.dep'), 'utf8'));
  const paths = [...dependencies.keys()];
  const order = INITRD_MODULES.flatMap((name) => {
    // File names may have either of - and _, module names are the same with both.
    const path = paths.find((one) => one.endsWith(`/${name}.ko`));
    // Built into this kernel.
    if (!path) return [];
    // modules.dep names what is to be loaded first last.
    return [...(dependencies.get(path) ?? []).toReversed(), path];
  });
  return [...new Set(order)];
}

/** A cpio archive whose bytes depend on the files' names and contents alone. */
async function archive(folder: string, out: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).sort();
  for (const name of ['.', ...names].toReversed()) await utimes(join(folder, name), FILE_TIME, FILE_TIME);
  await run(
    'cpio',
    ['--create', '--format=newc', '--quiet', '--reproducible', '--owner=0:0', `--file=${out}`],
    { cwd: folder, input: `${names.join('\n')}\n` },
  );
}
