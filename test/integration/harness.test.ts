import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dockerCli, startEngine, type TestEngine } from '../harness/engine';
import { type BuiltImage, buildImage, fixtureImage, loadImage } from '../harness/images';
import { startRegistry, type TestRegistry } from '../harness/registry';
import { describeWithEngine, sharedEngine } from '../harness/shared';

/** A process's command line; empty when it has ended meanwhile. */
function commandOf(pid: string): string {
  const path = `/proc/${pid}/cmdline`;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The page that a container publishes, once its server answers. */
async function page(engine: TestEngine, container: string, port: string): Promise<string> {
  const [address = ''] = (await engine.cli(['port', container, port])).split('\n');
  const url = `http://${address.replace('0.0.0.0', '127.0.0.1')}/`;
  return await vi.waitFor(async () => (await fetch(url)).text(), { timeout: 30_000, interval: 100 });
}

describeWithEngine('a test engine', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let hello: BuiltImage;
  beforeAll(async () => {
    [engine, registry, hello] = await Promise.all([startEngine(), startRegistry(), fixtureImage('hello')]);
  });
  afterAll(async () => {
    await engine.stop();
    await registry.stop();
  });

  it('listens on a socket that only its user may open', () => {
    expect(statSync(engine.socket).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(engine.socket)).mode & 0o777).toBe(0o700);
  });

  it('pulls from the registry, runs, and answers on its published port', async () => {
    const digest = await registry.push(hello, 'team/hello', '1.0', 'latest');
    const pulled = await engine.cli(['pull', `${registry.host}/team/hello:1.0`]);
    expect(pulled).toContain(digest);
    await engine.cli([
      'run',
      '-d',
      '--name',
      'web',
      '-p',
      '127.0.0.1:0:80',
      `${registry.host}/team/hello:1.0`,
    ]);
    expect(await page(engine, 'web', '80/tcp')).toContain('Hello from Gantry');
    expect(await engine.cli(['logs', 'web'])).toContain('listening on port 80');
  });

  it('resolves the names of containers on a user-defined network', async () => {
    await engine.cli(['network', 'create', 'backend']);
    await loadImage(engine, hello, 'hello:latest');
    await engine.cli(['run', '-d', '--name', 'api', '--network', 'backend', 'hello']);
    const answer = await engine.cli(['run', '--rm', '--network', 'backend', 'hello', 'nslookup', 'api']);
    expect(answer).toMatch(/Name:\s+api/);
  });

  it('keeps its containers over a crash and a restart', async () => {
    await engine.kill();
    await expect(engine.cli(['ps'])).rejects.toThrow(/docker/i);
    await engine.restart();
    expect((await engine.cli(['ps', '-a', '--format', '{{.Names}}'])).split('\n').sort()).toEqual([
      'api',
      'web',
    ]);
    await engine.cli(['start', 'web']);
    expect(await page(engine, 'web', '80/tcp')).toContain('Hello from Gantry');
    await engine.restart();
    expect(await engine.cli(['ps', '-a', '--format', '{{.Names}}'])).toContain('web');
  });

  it('leaves nothing behind, with containers and networks still there', async () => {
    const second = await startEngine({ liveRestore: true });
    const folder = dirname(second.socket);
    await loadImage(second, hello, 'hello:latest');
    await second.cli(['network', 'create', 'left-over']);
    await second.cli(['run', '-d', '--network', 'left-over', '-p', '127.0.0.1:0:80', 'hello']);
    await second.kill();
    await second.stop();
    expect(existsSync(folder)).toBe(false);
    const commands = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(commandOf);
    expect(commands.filter((command) => command.includes(folder))).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(folder);
  });
});

describeWithEngine('fixture images', () => {
  it('chatty writes to both streams', async (test) => {
    const { cli } = sharedEngine(test);
    await cli(['run', '-d', '--name', 'harness-chatty', '-e', 'COUNT=5', 'gantry-test/chatty']);
    await vi.waitFor(
      async () => expect(await cli(['logs', 'harness-chatty'])).toMatch(/^out line 1\nout line 3/),
      { timeout: 30_000 },
    );
    await cli(['rm', '-f', 'harness-chatty']);
  });

  it('noshell has no shell', async (test) => {
    const { cli } = sharedEngine(test);
    await cli(['run', '-d', '--name', 'harness-noshell', 'gantry-test/noshell']);
    await expect(cli(['exec', 'harness-noshell', 'sh'])).rejects.toThrow(/executable file not found/);
    await cli(['rm', '-f', 'harness-noshell']);
  });

  it('failing ends with 3', async (test) => {
    const { cli } = sharedEngine(test);
    await expect(cli(['run', '--rm', 'gantry-test/failing'])).rejects.toThrow(/ended with 3/);
  });

  it('layers shows the instruction of each layer', async (test) => {
    const { cli } = sharedEngine(test);
    const history = await cli(['history', '--no-trunc', '--format', '{{.CreatedBy}}', 'gantry-test/layers']);
    expect(history.split('\n')).toHaveLength(6);
    expect(history).toContain('echo layer 3 > /layer-3');
  });
});

describeWithEngine('a test registry', () => {
  it('asks for a name and a password over TLS', async (test) => {
    const config = await mkdtemp(join(tmpdir(), 'gantry-test-login-'));
    const cli = dockerCli(sharedEngine(test), config);
    const registry = await startRegistry({ tls: true, auth: 'basic' });
    try {
      await registry.push(await fixtureImage('failing'), 'private/failing', 'v1');
      const name = `${registry.host}/private/failing:v1`;
      await expect(cli(['pull', name])).rejects.toThrow();
      const { username = '', password = '' } = registry.credentials ?? {};
      await cli(['login', '--username', username, '--password-stdin', registry.host], { input: password });
      expect(await cli(['pull', name])).toContain('Downloaded newer image');
      await cli(['rmi', name]);
    } finally {
      await registry.stop();
      await rm(config, { recursive: true });
    }
  });

  it('serves a list of platforms, slowly when told to', async (test) => {
    const { cli } = sharedEngine(test);
    const registry = await startRegistry({ bytesPerSecond: 20 * 1024 * 1024 });
    const name = `${registry.host}/team/big:latest`;
    try {
      const arm = await buildImage({ layers: [], run: {}, platform: { architecture: 's390x' } });
      const digest = await registry.pushList([await fixtureImage('bigpull'), arm], 'team/big', 'latest');
      expect(await cli(['pull', name])).toContain(digest);
      await cli(['rmi', name]);
    } finally {
      await registry.stop();
    }
  });
});
