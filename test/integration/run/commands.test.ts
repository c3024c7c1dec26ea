import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandPart, commandArguments, commands } from '#contract/commands';
import { startEngine, type TestEngine } from '../../harness/engine';
import { fixtureImage } from '../../harness/images';
import { startRegistry, type TestRegistry } from '../../harness/registry';
import { describeWithEngine } from '../../harness/shared';
import { plain } from './specs';

describeWithEngine('the docker commands that Gantry shows', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let image: string;
  beforeAll(async () => {
    [engine, registry] = await Promise.all([startEngine(), startRegistry()]);
    await registry.push(await fixtureImage('hello'), 'team/hello', '1.0');
    image = `${registry.host}/team/hello:1.0`;
  });
  afterAll(async () => {
    await engine.stop();
    await registry.stop();
  });

  const run = (parts: CommandPart[]) => engine.cli(commandArguments(parts).slice(1));
  const state = (name: string) => engine.cli(['inspect', '--format', '{{.State.Status}}', name]);
  const names = (kind: string) => engine.cli([kind, 'ls', '--format', '{{.Name}}']);

  it('of images', async () => {
    expect(await run(commands.images.pull(image))).toContain('Downloaded newer image');
    expect(await run(commands.images.pull(image, 'linux/amd64'))).toContain('up to date');
    await run(commands.images.tag(image, 'hello:2'));
    expect(await run(commands.images.list())).toMatch(/hello\s+2/);
    expect(await run(commands.images.layers('hello:2'))).toContain('COPY index.html /www/');
    expect(JSON.parse(await run(commands.images.inspect('hello:2')))).toMatchObject([
      { RepoTags: expect.arrayContaining(['hello:2']) },
    ]);
    expect(await run(commands.images.untag('hello:2'))).toContain('Untagged: hello:2');
    await run(commands.images.tag(image, 'hello:3'));
    await run(commands.images.remove(['hello:3']));
    expect(await run(commands.images.list())).not.toContain('hello:3');
  });

  it('of containers', async () => {
    await run(commands.run({ ...plain, image, name: 'one' }));
    expect(await run(commands.containers.list())).toContain('one');
    expect(await run(commands.containers.logs('one', { timestamps: true, tail: 5 }))).toMatch(/T.*listening/);
    expect(await run(commands.containers.processes('one'))).toContain('httpd');
    expect(JSON.parse(await run(commands.containers.inspect('one')))).toMatchObject([{ Name: '/one' }]);
    await run(commands.containers.pause(['one']));
    expect(await state('one')).toBe('paused');
    await run(commands.containers.unpause(['one']));
    await run(commands.containers.rename('one', 'two'));
    await run(commands.containers.restart(['two']));
    expect(await state('two')).toBe('running');
    await run(commands.containers.kill(['two'], 'SIGTERM'));
    await engine.cli(['wait', 'two']);
    await run(commands.containers.start(['two']));
    await run(commands.containers.stop(['two'], 1));
    expect(await state('two')).toBe('exited');
    expect(await run(commands.containers.logs('two', { follow: true }))).toContain('listening');
    await run(commands.containers.start(['two']));
    await run(commands.containers.kill(['two']));
    await run(commands.containers.remove(['two'], { volumes: true }));
    expect(await run(commands.containers.list())).not.toContain('two');
  });

  it('of the terminal and the stats, which a script cannot hold open', async () => {
    await run(commands.run({ ...plain, image, name: 'open' }));
    // Without a terminal to sit in, the CLI refuses --tty itself: the rest of the line is tried.
    const words = commandArguments(commands.containers.terminal('open', 'sh', 'root')).slice(1);
    const answer = await engine.cli(
      words.filter((word) => word !== '--tty'),
      { input: 'echo inside\n' },
    );
    expect(answer).toBe('inside');
    const stats = commandArguments(commands.containers.stats(['open'])).slice(1);
    expect(await engine.cli([...stats, '--no-stream'])).toContain('open');
    await run(commands.containers.remove(['open']));
  });

  it('of volumes', async () => {
    await run(commands.volumes.create('data', 'local'));
    expect(await run(commands.volumes.list())).toContain('data');
    expect(JSON.parse(await run(commands.volumes.inspect('data')))).toMatchObject([{ Driver: 'local' }]);
    await run(commands.volumes.remove(['data']));
    expect(await names('volume')).not.toContain('data');
  });

  it('of networks', async () => {
    const options = { driver: 'bridge', internal: true, attachable: true };
    await run(
      commands.networks.create('front', { ...options, subnet: '10.99.7.0/24', gateway: '10.99.7.1' }),
    );
    expect(await run(commands.networks.list())).toContain('front');
    expect(JSON.parse(await run(commands.networks.inspect('front')))).toMatchObject([
      { Internal: true, IPAM: { Config: [{ Subnet: '10.99.7.0/24', Gateway: '10.99.7.1' }] } },
    ]);
    await run(commands.run({ ...plain, image, name: 'member' }));
    await run(commands.networks.connect('front', 'member'));
    expect(await run(commands.networks.inspect('front'))).toContain('"Name": "member"');
    await run(commands.networks.disconnect('front', 'member'));
    await run(commands.containers.remove(['member']));
    await run(commands.networks.remove(['front']));
    expect(await names('network')).not.toContain('front');
  });

  it('of the engine', async () => {
    expect(await run(commands.engine.diskUsage())).toContain('Local Volumes');
    // No Docker Hub here: that it was asked shows in the engine's words.
    await expect(run(commands.engine.search('nginx'))).rejects.toThrow(
      /docker search nginx .*Error response/s,
    );
  });
});
