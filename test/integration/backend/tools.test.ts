import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ToolsAround } from '#backend/tools/around';
import { Tools } from '#backend/tools/index';
import type { ToolName } from '#contract';
import { guestManifest } from '#guest/manifest';
import { ROOT } from '../../harness/app';
import { run } from '../../harness/run';

const image = join(ROOT, 'out/guest', process.arch === 'arm64' ? 'arm64' : 'amd64');
const isBuilt = existsSync(join(image, 'manifest.json'));
const signal = new AbortController().signal;

const why =
  process.platform !== 'linux'
    ? 'Gantry brings them for Linux alone'
    : isBuilt
      ? undefined
      : 'npm run guest:build was not run';

describe.skipIf(why)(why ? `tools for the terminal (skipped: ${why})` : 'tools for the terminal', () => {
  let home: string;
  let around: ToolsAround;
  let tools: Tools;
  const commands = () => join(home, '.local/bin');
  const plugins = () => join(home, 'docker/cli-plugins');

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'gantry-tools-'));
    around = {
      dataFolder: join(home, 'gantry'),
      image,
      // In the place of the command, which may not be built: it prints its arguments.
      command: '/bin/echo',
      env: { PATH: commands(), DOCKER_CONFIG: join(home, 'docker'), HOME: home },
      home,
      platform: 'linux',
      pluginFolders: [join(home, 'system-plugins')],
    };
    tools = new Tools(around);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  async function states(): Promise<Record<string, string>> {
    return Object.fromEntries((await tools.status()).tools.map(({ name, state }) => [name, state]));
  }
  const versionOf = async (name: ToolName) =>
    (await tools.status()).tools.find((tool) => tool.name === name)?.version;
  /** By its name alone, as a shell would find it. */
  const said = async (command: string, ...args: string[]) =>
    (await run(command, args, { env: around.env })).toString();

  const all = (state: string) => ({
    gantry: state,
    docker: state,
    'docker-compose': state,
    'docker-buildx': state,
  });

  test('come on the PATH, run, are brought up to date, and go without a trace', async () => {
    expect(await states()).toEqual(all('absent'));
    expect(readdirSync(home)).toEqual([]);

    await tools.install(signal);
    expect(await states()).toEqual(all('linked'));
    const { packages } = guestManifest.parse(JSON.parse(readFileSync(join(image, 'manifest.json'), 'utf8')));
    const brought = (name: string) => packages.find((one) => one.name === name)?.version ?? 'none';
    expect(await versionOf('docker')).toBe(brought('docker-cli'));
    expect(await said('gantry', 'status')).toBe('status\n');
    expect(await said('docker', '--version')).toMatch(/^Docker version \d/);
    expect(await said('docker', 'compose', 'version')).toContain(brought('docker-compose'));
    expect(await said('docker', 'buildx', 'version')).toContain(brought('docker-buildx'));
    const folder = join(around.dataFolder, 'tools');
    expect(readdirSync(folder).sort()).toEqual([
      'copies.json',
      'docker',
      'docker-buildx',
      'docker-compose',
      'gantry',
    ]);

    const copy = () => lstatSync(join(folder, 'docker')).ino;
    const before = copy();
    await tools.install(signal);
    expect(copy()).toBe(before);
    const record = join(folder, 'copies.json');
    writeFileSync(record, readFileSync(record, 'utf8').replace(brought('docker-cli'), '20.10.24'));
    const old = (await tools.status()).tools.find(({ name }) => name === 'docker');
    expect(old).toMatchObject({ state: 'linked', version: '20.10.24', newer: brought('docker-cli') });
    await tools.install(signal);
    expect(copy()).not.toBe(before);
    expect(await versionOf('docker')).toBe(brought('docker-cli'));

    await tools.remove();
    expect(await states()).toEqual(all('absent'));
    expect([commands(), plugins(), around.dataFolder].flatMap((path) => readdirSync(path))).toEqual([]);
  });

  test('never take the place of what others put there', async () => {
    const foreign = join(commands(), 'docker');
    const plugin = join(plugins(), 'docker-compose');
    const system = join(home, 'system-plugins/docker-buildx');
    for (const path of [foreign, plugin, system]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'somebody else’s');
      chmodSync(path, 0o755);
    }
    const found = (await tools.install(signal)).tools.map((tool) => [tool.name, tool.state, tool.found]);
    expect(found).toEqual([
      ['gantry', 'linked', null],
      ['docker', 'other', foreign],
      ['docker-compose', 'other', plugin],
      ['docker-buildx', 'other', system],
    ]);
    // What nobody needs is not copied.
    expect(readdirSync(join(around.dataFolder, 'tools'))).toEqual(['gantry']);
    await tools.remove();
    for (const path of [foreign, plugin, system]) expect(readFileSync(path, 'utf8')).toBe('somebody else’s');
    expect(existsSync(join(commands(), 'gantry'))).toBe(false);
  });

  test('are left alone where they are elsewhere on the PATH', async () => {
    const elsewhere = join(home, 'bin');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'docker'), '#!/bin/sh\n', { mode: 0o755 });
    around.env.PATH = elsewhere;
    const { tools: looked, notOnPath } = await tools.status();
    expect(looked.find(({ name }) => name === 'docker')).toMatchObject({
      state: 'other',
      found: join(elsewhere, 'docker'),
    });
    // For gantry, which would be linked there.
    expect(notOnPath).toBe(commands());
  });

  test('a damaged image gives none, and leaves nothing behind', async () => {
    around.image = join(home, 'image');
    cpSync(image, around.image, { recursive: true });
    const packed = join(around.image, 'root.br');
    const content = readFileSync(packed);
    content[1000] = (content[1000] ?? 0) ^ 1;
    writeFileSync(packed, content);
    await expect(tools.install(signal)).rejects.toMatchObject({ problem: { code: 'vm-image-damaged' } });
    expect(await states()).toEqual(all('absent'));
    expect(readdirSync(join(around.dataFolder, 'tools'))).toEqual([]);
  });

  test('a folder that takes no links is told', async () => {
    writeFileSync(join(home, '.local'), 'no folder');
    around.image = join(home, 'no-image');
    await expect(tools.install(signal)).rejects.toMatchObject({ problem: { code: 'tools-not-linked' } });
  });

  test('a link that leads nowhere is not Gantry’s either', async () => {
    mkdirSync(commands(), { recursive: true });
    await run('ln', ['-s', '/nowhere/docker', join(commands(), 'docker')]);
    expect((await states()).docker).toBe('other');
    await tools.remove();
    expect(readlinkSync(join(commands(), 'docker'))).toBe('/nowhere/docker');
  });

  test.each([
    ['darwin', 'brew install docker'],
    ['win32', 'Windows'],
  ] as const)('on %s it is said how else to get docker', async (platform, words) => {
    around.platform = platform;
    const docker = (await tools.status()).tools.find(({ name }) => name === 'docker');
    expect(docker).toMatchObject({ state: 'absent', why: expect.stringContaining(words) });
  });
});
