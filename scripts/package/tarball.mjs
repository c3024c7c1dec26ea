import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';

/** Packs the unpacked app, to be used from any folder. Gives the file's path. */
export async function makeTarball({ app, output, version }) {
  const name = `gantry-${version}-linux-${process.arch}`;
  const file = join(output, `${name}.tar.gz`);
  const owner = ['--owner=0', '--group=0', '--numeric-owner'];
  const rename = `--transform=s,^${basename(app)},${name},`;
  // A third of it is compressed already: the highest level would save 4 %, and take six times as long.
  const pack = ['--use-compress-program=gzip -1', '-cf', file, ...owner, rename];
  const tar = spawn('tar', ['-C', dirname(app), ...pack, basename(app)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(tar, 'close');
  if (code !== 0) throw new Error(`tar could not make ${file}: see above`);
  return file;
}
