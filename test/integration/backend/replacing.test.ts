import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { problemAction } from '#contract/problem';
import { fixtureImage, loadImage } from '../../harness/images';
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

const env = '{{json .Config.Env}}';
const replacement = z.object({
  procedure: z.literal('containers.replace'),
  input: z.object({ id: z.string() }),
});

test('a database that wants a password gets one with one click, also out of a restart loop', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `replace-${randomBytes(3).toString('hex')}`;
  await loadImage({ cli }, await fixtureImage('database'), 'gantry-test/database:latest');
  const run = (of: string, ...more: string[]) =>
    cli(['run', '--detach', '--name', of, '--volume', `${of}-data:/data`, ...more, 'gantry-test/database']);
  const ended = await run(name, '--label', 'team=shop');
  const looping = await run(`${name}-loop`, '--restart', 'always');
  const served = await serveBackend(host);
  try {
    const { client } = served;
    const whyOf = async (id: string) => (await client.containers.details({ id })).why;
    for (const [id, of, code] of [
      [ended, name, 'variable-missing'],
      [looping, `${name}-loop`, 'crash-loop'],
    ] as const) {
      await expect.poll(() => whyOf(id).then((why) => why?.code), { timeout: 10_000 }).toBe(code);
      const why = await whyOf(id);
      if (why) expectLiveButtons(why);
      const action = problemAction.parse(why?.actions[0]);
      expect(action.label).toBe('Make it again with a generated password');
      expect(replacement.parse(action).input.id).toBe(id);

      const change = { kind: 'password', variable: 'POSTGRES_PASSWORD' } as const;
      const made = await client.containers.replace({ id, change });
      expect(made).toMatchObject({ name: of, oldName: `${of}-old`, undo: null });
      expect(made.password).toEqual({
        variable: 'POSTGRES_PASSWORD',
        value: expect.stringMatching(/^[A-Za-z2-9]{24}$/),
      });
      expect(await field(cli, of, env)).toContain(`"POSTGRES_PASSWORD=${made.password?.value}"`);
      expect(await field(cli, of, volume), 'what is in its volume stays').toBe(`${of}-data`);
      // Long enough for one that wants something else to have ended.
      expect(await cli(['exec', of, 'sh', '-c', 'sleep 1; echo runs'])).toBe('runs');
      expect(await field(cli, `${of}-old`, '{{.Id}} {{.State.Running}}')).toBe(`${id} false`);
      expect(await field(cli, `${of}-old`, env)).not.toContain('POSTGRES_PASSWORD');
    }
    expect(await field(cli, name, '{{.Config.Labels.team}}')).toBe('shop');
    expect(await field(cli, `${name}-loop`, '{{.HostConfig.RestartPolicy.Name}}')).toBe('always');
    // The engine would start it beside the new one the next time that it starts itself.
    expect(await field(cli, `${name}-loop-old`, '{{.HostConfig.RestartPolicy.Name}}')).toBe('no');
  } finally {
    await served.close();
    const all = [name, `${name}-loop`].flatMap((of) => [of, `${of}-old`]);
    await cli(['rm', '--force', ...all]);
    await cli(['volume', 'rm', `${name}-data`, `${name}-loop-data`]);
    await cli(['rmi', 'gantry-test/database']);
  }
});

test('a shell that ended for want of a terminal stays with one', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `replace-${randomBytes(3).toString('hex')}`;
  const id = await cli(['run', '--detach', '--name', name, 'gantry-test/hello', 'sh']);
  const served = await serveBackend(host);
  try {
    const { client } = served;
    const whyOf = async () => (await client.containers.details({ id })).why;
    await expect.poll(() => whyOf().then((why) => why?.code)).toBe('finished');
    const action = problemAction.parse((await whyOf())?.actions[0]);
    expect(action).toMatchObject({
      procedure: 'containers.replace',
      input: { id, change: { kind: 'terminal' } },
    });
    await client.containers.replace({ id, change: { kind: 'terminal' } });
    expect(await cli(['exec', name, 'sh', '-c', 'sleep 1; echo runs'])).toBe('runs');
    expect(await field(cli, name, '{{.Config.Tty}} {{.Config.OpenStdin}}')).toBe('true true');
  } finally {
    await served.close();
    await cli(['rm', '--force', name, `${name}-old`]);
  }
});

test('a port is published while the container runs; one whose port is taken meanwhile runs on as before', async (context) => {
  const { cli, host } = sharedEngine(context);
  const name = `replace-${randomBytes(3).toString('hex')}`;
  const id = await cli(['run', '--detach', '--name', name, '--restart', 'always', 'gantry-test/hello']);
  const served = await serveBackend(host);
  const removing = await cli(['run', '--detach', '--rm', '--name', `${name}-rm`, 'gantry-test/hello']);
  try {
    const { client } = served;
    const whyOf = async () => (await client.containers.details({ id })).why;
    await expect.poll(() => whyOf().then((why) => why?.code)).toBe('no-door');
    const why = await whyOf();
    if (why) expectLiveButtons(why);
    const publish = z.object({ kind: z.literal('publish'), port: z.literal(80), to: z.number() });
    const call = z.object({ input: z.object({ change: publish }) }).parse(why?.actions[0]);
    const { change } = call.input;

    const { port: taken, ...other } = await listening();
    expect(
      await problemOf(client.containers.replace({ id, change: { ...change, to: taken } })),
    ).toMatchObject({
      code: 'port-taken-by-program',
    });
    await other[Symbol.asyncDispose]();
    expect(await field(cli, name, '{{.Id}} {{.State.Running}}')).toBe(`${id} true`);

    await client.containers.replace({ id, change });
    expect(await cli(['port', name, '80'])).toBe(`127.0.0.1:${change.to}`);
    expect(await (await fetch(`http://127.0.0.1:${change.to}/`)).text()).toContain('Hello from Gantry');
    expect(await field(cli, `${name}-old`, '{{.State.Running}} {{.HostConfig.RestartPolicy.Name}}')).toBe(
      'false no',
    );

    // It would be gone with its end.
    expect(await problemOf(client.containers.replace({ id: removing, change }))).toMatchObject({
      code: 'still-running',
    });
    expect(await field(cli, `${name}-rm`, '{{.State.Running}}')).toBe('true');
  } finally {
    await served.close();
    await cli(['rm', '--force', name, `${name}-old`, `${name}-rm`]);
  }
});
