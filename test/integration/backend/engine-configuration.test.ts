import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type TestEngine } from '../../harness/engine';
import { describeWithEngine } from '../../harness/shared';
import { problemOf, type ServedBackend, serveBackend } from './served-backend';

describeWithEngine('the configuration of an engine that is not Gantry’s own', () => {
  let engine: TestEngine;
  let served: ServedBackend;

  beforeAll(async () => {
    engine = await startEngine({
      liveRestore: true,
      // Newer engines than Debian 12's take them from the file, too.
      env: {
        HTTP_PROXY: 'http://ada:hush@proxy.example:3128',
        HTTPS_PROXY: 'http://ada:hush@proxy.example:3129',
        NO_PROXY: 'localhost,.example',
      },
      config: {
        'registry-mirrors': ['https://mirror.example'],
        'insecure-registries': ['registry.example:5000', '10.9.0.0/16'],
        'log-driver': 'local',
        labels: ['from=https://ada:hush@config.example'],
        experimental: true,
      },
    });
    served = await serveBackend(engine.host);
    await served.loaded();
  });
  afterAll(async () => {
    await served?.close();
    await engine?.stop();
  });

  test('is told by the engine itself, and read from the file that it was started with', async () => {
    const said = await served.client.engine.configuration();
    const format = (field: string) => engine.cli(['info', '--format', `{{.${field}}}`]);
    const proxy = (port: number) => expect.stringMatching(new RegExp(`@proxy\\.example:${port}`));
    expect(said).toMatchObject({
      registryMirrors: ['https://mirror.example/'],
      insecureRegistries: expect.arrayContaining(['registry.example:5000', '10.9.0.0/16']),
      storageDriver: await format('Driver'),
      logDriver: 'local',
      cgroupDriver: await format('CgroupDriver'),
      cgroupVersion: await format('CgroupVersion'),
      liveRestore: true,
      defaultRuntime: 'runc',
      runtimes: expect.arrayContaining(['runc']),
      dataRoot: join(dirname(engine.socket), 'data'),
      proxies: { http: proxy(3128), https: proxy(3129), except: 'localhost,.example' },
      experimental: true,
      debug: false,
      labels: ['from=https://‹hidden›@config.example'],
    });
    expect(said.insecureRegistries).toHaveLength(2);
    expect(said.addressPools).toEqual([{ base: expect.stringMatching(/^10\.\d+\.\d+\.0\/20$/), size: 24 }]);
    expect(said.security.length).toBeGreaterThan(0);
    expect(said.parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['containerd', 'runc']));
    expect(said.warnings.some((warning) => warning.startsWith('WARNING'))).toBe(false);

    expect(said.file.path).toBe(join(dirname(engine.socket), 'daemon.json'));
    expect(JSON.parse(said.file.text ?? '')).toMatchObject({
      'log-driver': 'local',
      labels: ['from=https://‹hidden›@config.example'],
    });
    expect(JSON.stringify(said)).not.toContain('hush');
  });

  test('cannot be asked for while the engine is away', async () => {
    await engine.kill();
    await expect
      .poll(async () => (await problemOf(served.client.engine.configuration())).code)
      .toMatch(/^engine-/);
  });
});
