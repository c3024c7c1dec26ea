import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { problemAction } from '#contract/problem';
import { expectLiveButtons } from '../../harness/live-buttons';
import { sharedEngine } from '../../harness/shared';
import { problemOf, serveBackend } from './served-backend';

const port = z.object({ kind: z.literal('port'), from: z.number(), to: z.number() });
const replaceCall = z.object({
  procedure: z.literal('containers.replace'),
  input: z.object({ change: port }),
});

async function listening() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  return { port: address.port, [Symbol.asyncDispose]: async () => void server.close() };
}

/** A container that wants a taken port, in two networks, with a volume that the engine named. */
async function wantsPort(cli: (args: string[]) => Promise<string>, name: string, taken: number) {
  await cli(['network', 'create', `${name}-net`]);
  const asked = [
    ['--name', name, '--publish', `127.0.0.1:${taken}:80`, '--publish', '127.0.0.1::90'],
    [
      '--env',
      'SECRET=a b',
      '--label',
      'team=shop',
      '--hostname',
      'box',
      '--memory',
      '64m',
      '--volume',
      '/data',
    ],
    ['--network', `${name}-net`, '--network-alias', 'shop', '--restart', 'on-failure:3', '--user', '0:0'],
  ].flat();
  const id = await cli(['create', ...asked, 'gantry-test/hello']);
  await cli(['network', 'connect', 'bridge', name]);
  return id;
}

const shape = (cli: (args: string[]) => Promise<string>, of: string) =>
  cli([
    'inspect',
    '--format',
    '{{json .Config.Env}} {{json .Config.Labels}} {{.Config.Hostname}} {{.Config.User}} {{.HostConfig.Memory}} {{.HostConfig.RestartPolicy}} {{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}} {{.Config.Image}}',
    of,
  ]);
const field = (cli: (args: string[]) => Promise<string>, of: string, format: string) =>
  cli(['inspect', '--format', format, of]);

const volume = '{{range .Mounts}}{{.Name}}{{end}}';

test('a container whose port is taken runs at another with one click, and its undo brings the old one back', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `replace-${randomBytes(3).toString('hex')}`;
  await using taken = await listening();
  const id = await wantsPort(cli, name, taken.port);
  const before = { shape: await shape(cli, id), volume: await field(cli, id, volume) };
  const served = await serveBackend(host);
  try {
    const { client } = served;
    await expect
      .poll(() => client.containers.start({ ids: [id] }).then(({ failed }) => failed))
      .toHaveLength(1);
    const { why } = await client.containers.details({ id });
    expect(why?.code).toBe('port-taken-by-program');
    if (why) expectLiveButtons(why);
    const action = problemAction.parse(why?.actions[0]);
    const { input } = replaceCall.parse(action);
    expect(action.label).toBe(`Use port ${input.change.to} instead`);
    expect(input.change.from).toBe(taken.port);

    const made = await client.containers.replace({ id, change: input.change });
    expect(made).toMatchObject({ name, oldName: `${name}-old` });
    expect(await field(cli, name, '{{.State.Running}}')).toBe('true');
    expect(await cli(['port', name, '80'])).toBe(`127.0.0.1:${input.change.to}`);
    expect(await shape(cli, name)).toBe(before.shape);
    expect(await field(cli, name, volume), 'what is in its volume stays').toBe(before.volume);
    expect(await field(cli, name, `{{(index .NetworkSettings.Networks "${name}-net").Aliases}}`)).toContain(
      'shop',
    );

    await client.tasks.cancel({ taskId: made.undo ?? '' });
    expect(await field(cli, name, '{{.Id}}')).toBe(id);
    expect(await cli(['ps', '--all', '--quiet', '--filter', `name=${name}`])).toBe(id.slice(0, 12));
  } finally {
    await served.close();
    await cli(['rm', '--force', '--volumes', name]);
    await cli(['network', 'rm', `${name}-net`]);
  }
});

test('one that ran before is kept beside the new one, and a change that does not help leaves all as it was', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `replace-${randomBytes(3).toString('hex')}`;
  await using taken = await listening();
  const free = await listening();
  const asked = ['run', '--detach', '--name', name, '--publish', `127.0.0.1:${free.port}:80`];
  await free[Symbol.asyncDispose]();
  const id = await cli([...asked, 'gantry-test/hello']);
  const served = await serveBackend(host);
  try {
    const { client } = served;
    const move = (to: number) =>
      client.containers.replace({ id, change: { kind: 'port', from: free.port, to } });
    await expect.poll(() => client.containers.details({ id }).then((found) => found.id)).toBe(id);
    expect(await problemOf(move(free.port + 1))).toMatchObject({ code: 'still-running' });
    await cli(['stop', '--time', '0', name]);
    expect(await problemOf(move(taken.port))).toMatchObject({ code: 'port-taken-by-program' });
    expect(await cli(['ps', '--all', '--no-trunc', '--quiet', '--filter', `name=${name}`])).toBe(id);
    expect(await field(cli, id, '{{.Name}}')).toBe(`/${name}`);

    expect(await move(free.port)).toMatchObject({ undo: null, oldName: `${name}-old` });
    expect(await field(cli, `${name}-old`, '{{.Id}}')).toBe(id);
    expect(await field(cli, name, '{{.State.Running}}')).toBe('true');
  } finally {
    await served.close();
    await cli(['rm', '--force', name, `${name}-old`]);
  }
});

test('a start command or user that the image does not have gives way to its own', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `replace-${randomBytes(3).toString('hex')}`;
  const id = await cli(['create', '--name', name, '--user', 'nobody-knows', 'gantry-test/hello', 'nosuch']);
  const served = await serveBackend(host);
  try {
    const { client } = served;
    const started = async (of: string) => (await client.containers.start({ ids: [of] })).failed[0]?.problem;
    await expect.poll(() => started(id)).toMatchObject({ code: 'user-unknown', actions: [{ kind: 'call' }] });
    const next = await problemOf(client.containers.replace({ id, change: { kind: 'own-user' } }));
    expect(next).toMatchObject({ code: 'command-not-found' });
    expect(await field(cli, name, '{{.Id}}')).toBe(id);
    await cli(['rm', name]);
    const other = await cli(['create', '--name', name, 'gantry-test/hello', 'nosuch']);
    await client.containers.replace({ id: other, change: { kind: 'own-command' } });
    expect(await field(cli, name, '{{.State.Running}}')).toBe('true');
  } finally {
    await served.close();
    await cli(['rm', '--force', name]);
  }
});
