import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConfiguredEngine,
  configFileOf,
  configPlace,
  readConfigFile,
  withoutCredentials,
} from '#engine/config-file';

const engine: ConfiguredEngine = {
  host: 'unix:///var/run/docker.sock',
  name: 'here',
  os: 'linux',
  rootless: false,
  podman: false,
  desktop: false,
};
const around = { env: {}, home: '/home/me', platform: 'linux' as const, hostname: 'here' };
const place = (other: Partial<ConfiguredEngine>, env: NodeJS.ProcessEnv = {}) =>
  configPlace({ ...engine, ...other }, { ...around, env });

describe('where an engine has its daemon.json', () => {
  it('is /etc for the computer’s own, and the user’s folder for a rootless one', () => {
    expect(place({})).toMatchObject({ path: '/etc/docker/daemon.json', here: true });
    expect(place({}).about).toContain('this computer’s administrator');
    const rootless = { rootless: true, host: 'unix:///run/user/1000/docker.sock' };
    expect(place(rootless)).toMatchObject({ path: '/home/me/.config/docker/daemon.json', here: true });
    expect(place(rootless, { XDG_CONFIG_HOME: '/cfg' }).path).toBe('/cfg/docker/daemon.json');
  });

  it('is on the other computer, whose administrator has to be asked', () => {
    for (const other of [
      { host: 'ssh://me@server.example', name: 'server' },
      { host: 'tcp://server.example:2376', name: 'server' },
      // A socket that leads into a virtual machine, or out of a container.
      { name: 'server' },
    ]) {
      const { path, here, about } = place(other);
      expect({ path, here }).toEqual({ path: '/etc/docker/daemon.json', here: false });
      expect(about).toContain('on “server”, and changing it needs that computer’s administrator');
    }
    expect(place({ host: 'tcp://server.example:2376', name: '' }).about).toContain(
      'the computer that the engine runs on',
    );
    expect(place({ host: 'ssh://server.example', name: 'server', rootless: true }).path).toBe(
      '~/.config/docker/daemon.json',
    );
    expect(place({ host: 'tcp://server.example:2375', os: 'windows', name: 'server' }).path).toMatch(
      /^C:\\ProgramData/,
    );
  });

  it('is what Docker Desktop, Colima and Podman have in its place', () => {
    expect(place({ desktop: true, name: 'docker-desktop' })).toMatchObject({
      path: '/home/me/.docker/daemon.json',
      here: true,
    });
    const colima = { host: 'unix:///home/me/.colima/default/docker.sock', name: 'colima' };
    expect(place(colima)).toMatchObject({ path: '/home/me/.colima/default/colima.yaml', here: false });
    expect(place({ podman: true })).toMatchObject({ path: null, here: false });
  });
});

describe('the file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-config-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  // No engine listens there.
  const host = 'unix:///nowhere/docker.sock';

  it('is shown without passwords', async () => {
    const path = join(folder, 'daemon.json');
    await writeFile(path, '{ "proxies": { "http-proxy": "http://me:p@ss@proxy.example" } }');
    expect(await readConfigFile({ path, here: true, about: 'About.' }, host)).toEqual({
      path,
      text: '{ "proxies": { "http-proxy": "http://‹hidden›@proxy.example" } }',
      about: 'About.',
    });
  });

  it('may be missing, or not be of this computer', async () => {
    const path = join(folder, 'daemon.json');
    expect(await readConfigFile({ path, here: true, about: 'About.' }, host)).toMatchObject({
      text: null,
      about: expect.stringMatching(/^There is no such file, .* About\.$/),
    });
    await writeFile(path, '{}');
    expect(await readConfigFile({ path, here: false, about: 'About.' }, host)).toEqual({
      path,
      text: null,
      about: 'About.',
    });
    expect(await readConfigFile({ path: folder, here: true, about: '' }, host)).toMatchObject({
      text: null,
      about: expect.stringContaining('You may not read it'),
    });
  });

  it('is the one that dockerd was started with', () => {
    expect(configFileOf(['-H', 'fd://', '--config-file', '/etc/a.json'])).toBe('/etc/a.json');
    expect(configFileOf(['--config-file=/etc/b=c.json', '--debug'])).toBe('/etc/b=c.json');
    expect(configFileOf(['--config-files', 'x'])).toBeNull();
    expect(configFileOf(['--config-file'])).toBeNull();
    expect(configFileOf([])).toBeNull();
  });

  it('keeps addresses that have no password', () => {
    const text = '["https://mirror.example/a@b", "me@example.com", "http://u:p@h/x@y"]';
    expect(withoutCredentials(text)).toBe(
      '["https://mirror.example/a@b", "me@example.com", "http://‹hidden›@h/x@y"]',
    );
  });
});
