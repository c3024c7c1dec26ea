import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAll, findCandidates, type Surroundings } from '#engine/endpoints';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gantry-endpoints-'));
});
afterEach(() => rm(home, { recursive: true }));

const around = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux'): Surroundings => ({
  env,
  home,
  platform,
});

async function addContext(name: string, host: string, folder = join(home, '.docker')) {
  const meta = join(folder, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(meta, { recursive: true });
  await writeFile(
    join(meta, 'meta.json'),
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }),
  );
}

async function chooseContext(name: string, folder = join(home, '.docker')) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: {}, currentContext: name }));
}

const hosts = async (setting: string | null, where: Surroundings) =>
  (await findCandidates(setting, where)).list.map(({ host, source }) => `${source} ${host}`);

describe('where an engine is looked for', () => {
  it('is known sockets when nothing says otherwise, each with its label', async () => {
    const { list } = await findCandidates(null, around({ XDG_RUNTIME_DIR: '/run/user/1000' }));
    expect(list.map(({ label, host }) => [label, host])).toEqual([
      ['Docker', 'unix:///var/run/docker.sock'],
      ['Rootless Docker', 'unix:///run/user/1000/docker.sock'],
      ['Docker Desktop', `unix://${home}/.docker/desktop/docker.sock`],
      ['Colima', `unix://${home}/.colima/default/docker.sock`],
      ['Colima', `unix://${home}/.config/colima/default/docker.sock`],
      ['Podman', 'unix:///run/user/1000/podman/podman.sock'],
      ['Podman (as root)', 'unix:///run/podman/podman.sock'],
    ]);
    expect(list.every(({ source }) => source === 'known socket')).toBe(true);
  });

  it('is named pipes on Windows, and Docker Desktop’s own socket on macOS', async () => {
    expect(await hosts(null, around({}, 'win32'))).toContain('known socket npipe:////./pipe/docker_engine');
    expect(await hosts(null, around({}, 'darwin'))).toContain(
      `known socket unix://${home}/.docker/run/docker.sock`,
    );
  });

  it('is the setting alone when there is one', async () => {
    await addContext('work', 'tcp://work.example:2375');
    await chooseContext('work');
    expect(await hosts('unix:///mine.sock', around({ DOCKER_HOST: 'tcp://other:2375' }))).toEqual([
      'setting unix:///mine.sock',
    ]);
  });

  it('is DOCKER_HOST alone when there is one', async () => {
    await addContext('work', 'tcp://work.example:2375');
    await chooseContext('work');
    expect(await hosts(null, around({ DOCKER_HOST: 'unix:///env.sock', DOCKER_CONTEXT: 'work' }))).toEqual([
      'DOCKER_HOST unix:///env.sock',
    ]);
  });

  it('begins with the docker CLI’s current context, then known sockets', async () => {
    await addContext('colima', `unix://${home}/.colima/default/docker.sock`);
    await chooseContext('colima');
    const { list } = await findCandidates(null, around());
    expect(list[0]).toMatchObject({ label: 'colima', source: 'docker context' });
    expect(list[1]?.host).toBe('unix:///var/run/docker.sock');
    // The same socket once.
    expect(list.filter(({ host }) => host.endsWith('.colima/default/docker.sock'))).toHaveLength(1);
  });

  it('follows DOCKER_CONTEXT before the configuration, and DOCKER_CONFIG to it', async () => {
    const folder = join(home, 'elsewhere');
    await addContext('a', 'unix:///a.sock', folder);
    await addContext('b', 'unix:///b.sock', folder);
    await chooseContext('a', folder);
    expect((await hosts(null, around({ DOCKER_CONFIG: folder })))[0]).toBe('docker context unix:///a.sock');
    expect((await hosts(null, around({ DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'b' })))[0]).toBe(
      'docker context unix:///b.sock',
    );
  });

  it('takes the context’s TLS files, or those of DOCKER_CERT_PATH', async () => {
    await addContext('far', 'tcp://far.example:2376');
    await chooseContext('far');
    const digest = createHash('sha256').update('far').digest('hex');
    const [context] = (await findCandidates(null, around())).list;
    expect(context?.tls).toEqual({
      folder: join(home, '.docker', 'contexts', 'tls', digest, 'docker'),
      verify: true,
    });
    const env = { DOCKER_HOST: 'tcp://far.example:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    const [variable] = (await findCandidates(null, around(env))).list;
    expect(variable?.tls).toEqual({ folder: '/certs', verify: true });
    const [plain] = (await findCandidates('tcp://127.0.0.1:2375', around())).list;
    expect(plain?.tls).toBeNull();
  });

  it('is known sockets, with a notice, when the context is missing or broken', async () => {
    await chooseContext('gone');
    const missing = await findCandidates(null, around());
    expect(missing.notice).toContain('"gone"');
    expect(missing.list[0]?.source).toBe('known socket');
    await writeFile(join(home, '.docker', 'config.json'), '{');
    expect((await findCandidates(null, around())).notice).toContain('config.json');
  });

  it('lists everything for the user to choose from, whatever is ordered', async () => {
    await addContext('work', 'tcp://work.example:2375');
    await chooseContext('work');
    const all = await findAll('unix:///mine.sock', around({ DOCKER_HOST: 'unix:///env.sock' }));
    expect(all.slice(0, 3).map(({ source }) => source)).toEqual(['setting', 'DOCKER_HOST', 'docker context']);
    expect(all.length).toBeGreaterThan(4);
  });
});
