import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../../../harness/run';
import { look, press, programs, type Repair, withVariables } from './stage';

/** Sockets of programs that were killed; one that is listened on stays. */
export const leftovers: Repair = async (stage) => {
  const sockets = join(stage.home, 'run');
  mkdirSync(sockets, { recursive: true });
  const living = createServer().listen(join(sockets, 'fs-1.sock'));
  await once(living, 'listening');
  // What a killed program leaves: a file that is bound to nothing.
  writeFileSync(join(sockets, 'docker.sock'), '');
  try {
    const found = await look(stage, 'leftovers');
    expect(found).toMatchObject({ result: 'warning', explanation: expect.stringContaining('docker.sock') });
    expect(found.explanation).not.toContain('fs-1.sock');
    await press(stage, found);
    expect(existsSync(join(sockets, 'docker.sock'))).toBe(false);
    expect(existsSync(join(sockets, 'fs-1.sock'))).toBe(true);
    expect(await look(stage, 'leftovers')).toMatchObject({ result: 'ok' });
  } finally {
    living.close();
  }
};

/** Root may write anywhere, so that the folder is moved away; disks that take no files: data-folder.test.ts. */
export const dataFolder: Repair = async (stage) => {
  renameSync(stage.home, `${stage.home}-moved`);
  const found = await look(stage, 'data-folder');
  expect(found).toMatchObject({ result: 'failed', fact: 'Gantry’s folder cannot be used' });
  await press(stage, found);
  expect(await look(stage, 'data-folder')).toMatchObject({ result: 'ok' });
  expect(existsSync(join(stage.home, 'settings.json'))).toBe(true);
};

const file = (content: string) => ({
  sha256: createHash('sha256').update(content).digest('hex'),
  bytes: Buffer.byteLength(content),
});

/** A guest image of a few bytes: the check reads digests, and boots nothing. */
function writeImage(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const names = ['kernel', 'initrd', 'root.br', 'welcome.tar'];
  for (const name of names) writeFileSync(join(folder, name), name);
  const id = '0123456789abcdef';
  const manifest = {
    ...{ id, arch: 'amd64', builtAt: '2026-01-01T00:00:00Z', packages: [] },
    files: Object.fromEntries(names.map((name) => [name, file(name)])),
    root: file('root'),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return id;
}

export const guestImage: Repair = async (stage) => {
  const source = join(stage.folder, 'source');
  const GANTRY_GUEST = join(source, 'out/guest/amd64');
  const id = writeImage(GANTRY_GUEST);
  const unpacked = join(stage.home, 'vm/images', id);
  mkdirSync(unpacked, { recursive: true });
  writeFileSync(join(unpacked, 'root.erofs'), 'rust');
  await stage.served.client.app.changeSettings({ engineChoice: 'vm' });
  await withVariables({ GANTRY_GUEST }, async () => {
    const found = await look(stage, 'guest-image');
    expect(found).toMatchObject({ result: 'failed', fix: { label: 'Unpack again' } });
    await press(stage, found);
    expect(existsSync(unpacked)).toBe(false);
    expect(await look(stage, 'guest-image')).toMatchObject({ result: 'ok' });

    writeFileSync(join(GANTRY_GUEST, 'kernel'), 'kernal');
    const installed = await look(stage, 'guest-image');
    expect(installed).toMatchObject({ result: 'failed', fix: { kind: 'open', target: 'engine' } });
    // In a copy of the source the image can be made again, which the next start does.
    for (const path of ['src/guest/build.ts', 'scripts/run.mjs']) {
      mkdirSync(join(source, path, '..'), { recursive: true });
      writeFileSync(join(source, path), '');
    }
    const copy = await look(stage, 'guest-image');
    expect(copy).toMatchObject({ result: 'failed', fix: { label: 'Make it again' } });
    await press(stage, copy);
    expect(await look(stage, 'guest-image')).toMatchObject({ result: 'skipped', fact: 'Not made yet' });
  }).finally(() => stage.served.client.app.changeSettings({ engineChoice: 'found' }));
};

/** A package manager that has QEMU in it stands in for the system's. */
export const qemu: Repair = async (stage) => {
  const program = process.arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64';
  const install = [
    '[ "$1" = install ]',
    `printf '#!/bin/sh\\necho QEMU emulator version 9.2.1\\n' > "\${0%/*}/${program}"`,
    `/bin/chmod 755 "\${0%/*}/${program}"`,
  ];
  const PATH = programs(stage, { 'apt-get': `set -e; ${install.join('; ')}` });
  await withVariables({ PATH, GANTRY_QEMU: undefined }, async () => {
    const found = await look(stage, 'qemu', true);
    expect(found).toMatchObject({ result: 'failed', fact: 'QEMU is not installed' });
    expect(found.fix).toMatchObject({
      kind: 'copy',
      text: expect.stringMatching(/^sudo apt-get install .*qemu-/),
    });
    await press(stage, found);
    expect(await look(stage, 'qemu', true)).toMatchObject({ result: 'ok', fact: '9.2.1' });
  });
};

const proxies = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];

export const proxy: Repair = async (stage) => {
  const none = Object.fromEntries(proxies.map((name) => [name, undefined]));
  const wrong = {
    HTTP_PROXY: 'ftp://files.example',
    HTTPS_PROXY: 'http://proxy.example:3128',
    https_proxy: 'http://old.example:3128',
    no_proxy: '.example',
  };
  await withVariables({ ...none, ...wrong }, async () => {
    const found = await look(stage, 'proxy');
    expect(found).toMatchObject({ result: 'warning', fix: { kind: 'copy' } });
    const command = found.fix?.kind === 'copy' ? found.fix.text : '';
    expect(command).not.toContain('example');
    // The session in which the command was pasted, and from which Gantry is started again.
    const session = (await run('/bin/sh', ['-ec', `${command}; env`], { env: process.env })).toString();
    const after = session.split('\n').flatMap((line) => {
      const [name = '', ...value] = line.split('=');
      return proxies.includes(name) ? [[name, value.join('=')] as const] : [];
    });
    await withVariables({ ...none, ...Object.fromEntries(after) }, async () => {
      expect(await look(stage, 'proxy')).toMatchObject({ result: 'ok', fact: 'http://proxy.example:3128' });
      expect(process.env.no_proxy).toBe('localhost,127.0.0.1,::1,.example');
    });
  });
};
