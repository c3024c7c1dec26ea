import { readFileSync, realpathSync } from 'node:fs';
import { dockerCli, type EngineAddress } from '../../harness/engine';
import { buildImage, fixtureImage, type LayerFile, loadImage } from '../../harness/images';
import { run } from '../../harness/run';

/** The image of most cases: busybox with all its commands, and a web server as its own command. */
export const BOX = 'gantry-battery/box:latest';

/** Node with the programs of ./inside: echo servers and a watcher of files, which busybox has not. About 100 MB. */
export const NODE = 'gantry-battery/node:latest';

const inside = (name: string): LayerFile => ({
  path: `programs/${name}`,
  content: readFileSync(new URL(`./inside/${name}`, import.meta.url)),
});

/** This computer's Node with the libraries that it needs, as `ldd` lists them: `libm.so.6 => /lib/libm.so.6 (0x…)`. */
async function nodeFiles(): Promise<LayerFile[]> {
  const libraries = (await run('ldd', [process.execPath])).toString().match(/\/\S+/g) ?? [];
  const file = (path: string, from: string): LayerFile => ({
    path,
    content: readFileSync(realpathSync(from)),
    mode: 0o755,
  });
  return [file('/bin/node', process.execPath), ...libraries.map((path) => file(path, path))];
}

async function nodeImage() {
  return buildImage({
    layers: [
      { instruction: 'ADD node.tar /', files: await nodeFiles() },
      { instruction: 'COPY inside /programs', files: [inside('echo.mjs'), inside('watch.mjs')] },
    ],
    run: {
      Entrypoint: ['/bin/node'],
      Cmd: ['/programs/echo.mjs'],
      ExposedPorts: { '7/tcp': {}, '7/udp': {} },
    },
  });
}

/** Loads the images that the cases run into an engine. */
export async function loadBatteryImages(engine: Pick<EngineAddress, 'host' | 'configFolder'>): Promise<void> {
  const cli = dockerCli(engine);
  await loadImage({ cli }, await fixtureImage('hello'), BOX);
  await loadImage({ cli }, await nodeImage(), NODE);
}
