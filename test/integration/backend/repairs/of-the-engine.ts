import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { endProxyOf } from '../../../harness/docker-proxy';
import { findProgram, run } from '../../../harness/run';
import { look, press, programs, type Repair, withVariables } from './stage';

const patience = { timeout: 30_000 };

export const engine: Repair = async (stage) => {
  await stage.engine.kill();
  await expect.poll(async () => (await look(stage, 'engine')).result, patience).toBe('failed');
  const found = await look(stage, 'engine');
  expect(found.fix).toMatchObject({ kind: 'call', procedure: 'engine.reconnect' });
  await stage.engine.restart();
  await press(stage, found);
  expect(await look(stage, 'engine')).toMatchObject({ result: 'ok' });
};

/** The engine shares this computer's clock, so that the wrong clock is that of this process alone. */
export const clock: Repair = async (stage) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
  try {
    const found = await look(stage, 'clock');
    expect(found).toMatchObject({ result: 'failed', fact: 'The engine’s clock is 120 s behind' });
    const PATH = programs(stage, { timedatectl: '[ "$*" = "set-ntp true" ]' });
    await press(stage, found, { PATH });
  } finally {
    vi.useRealTimers();
  }
  expect(await look(stage, 'clock')).toMatchObject({ result: 'ok' });
};

export const versions: Repair = async (stage) => {
  const PATH = `${programs(stage, { docker: 'echo Docker version 19.03.15, build 99e3ed8919' })}:${process.env.PATH}`;
  await withVariables({ PATH }, async () => {
    const found = await look(stage, 'versions');
    expect(found).toMatchObject({ result: 'warning', fact: 'The docker command is old' });
    expect(found.fix).toEqual({
      kind: 'copy',
      label: 'Copy the guide’s address',
      text: 'https://docs.docker.com/engine/install/',
    });
    // What the guide leads to.
    const [bin = ''] = PATH.split(':');
    rmSync(join(bin, 'docker'));
    symlinkSync(findProgram('docker') ?? '', join(bin, 'docker'));
    expect(await look(stage, 'versions')).toMatchObject({ result: 'ok' });
  });
  await tooOld(stage);
};

/** A small server in place of an engine of API 1.40. */
const tooOld: Repair = async (stage) => {
  const old = createServer((_request, answer) => answer.setHeader('Api-Version', '1.40').end('OK'));
  old.listen(0, '127.0.0.1');
  await once(old, 'listening');
  const address = old.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    await stage.served.client.engine.select({ host: `tcp://127.0.0.1:${port}` });
    const found = await look(stage, 'versions');
    expect(found).toMatchObject({ result: 'failed', fact: 'The engine is too old for Gantry' });
    expect(found.fix).toMatchObject({ kind: 'open', page: 'settings', target: 'engine' });
    // What is chosen there.
    await stage.served.client.engine.select({ host: stage.engine.host });
    expect(await look(stage, 'versions')).toMatchObject({ result: 'ok' });
  } finally {
    old.close();
  }
};

export const ports: Repair = async (stage) => {
  await stage.engine.cli(['run', '--detach', '--name', 'web', '--publish', '127.0.0.1::80', 'hello']);
  try {
    await expect.poll(async () => (await look(stage, 'ports')).result, patience).toBe('ok');
    endProxyOf((await stage.engine.cli(['port', 'web', '80'])).split(':').at(-1) ?? '');
    const found = await look(stage, 'ports');
    expect(found).toMatchObject({ result: 'failed', fix: { label: 'Restart web' } });
    await press(stage, found);
    expect(await look(stage, 'ports')).toMatchObject({ result: 'ok' });
  } finally {
    await stage.engine.cli(['rm', '--force', 'web']);
  }
};

/** An interface of this computer in the addresses of a network, as a VPN brings it. */
export const subnets: Repair = async (stage) => {
  await stage.engine.cli(['network', 'create', 'clash']);
  const format = '{{range .IPAM.Config}}{{.Subnet}}{{end}}';
  const subnet = await stage.engine.cli(['network', 'inspect', '--format', format, 'clash']);
  const vpn = `gvpn${randomBytes(4).toString('hex')}`;
  await run('ip', ['link', 'add', vpn, 'type', 'bridge']);
  try {
    await run('ip', ['addr', 'add', subnet.replace(/\.0\/\d+$/, '.77/25'), 'dev', vpn]);
    await run('ip', ['link', 'set', vpn, 'up']);
    await expect.poll(async () => (await look(stage, 'subnets')).result, patience).toBe('warning');
    const found = await look(stage, 'subnets');
    expect(found.fact).toBe(`The network clash has the addresses of ${vpn}`);
    expect(found.fix).toMatchObject({ kind: 'call', procedure: 'networks.remove' });
    await press(stage, found);
    expect(await look(stage, 'subnets')).toMatchObject({ result: 'ok' });
  } finally {
    await run('ip', ['link', 'delete', vpn]);
  }
};

export const dockerCommand: Repair = async (stage) => {
  const variables = {
    DOCKER_CONFIG: `${stage.home}/docker-cli`,
    DOCKER_HOST: undefined,
    DOCKER_CONTEXT: undefined,
  };
  await withVariables(variables, async () => {
    const docker = (...words: string[]) => run('docker', ['context', ...words], { env: process.env });
    await docker('create', 'away', '--docker', 'host=unix:///nowhere/at/all.sock');
    await docker('use', 'away');
    const nameless = await look(stage, 'docker-command');
    expect(nameless).toMatchObject({ result: 'failed', fix: { kind: 'copy' } });
    await press(stage, nameless);
    expect(await look(stage, 'docker-command')).toMatchObject({ result: 'ok' });

    // Now there is a context that leads here.
    await docker('use', 'away');
    const found = await look(stage, 'docker-command');
    expect(found).toMatchObject({ result: 'failed', fix: { kind: 'call', label: 'Use Gantry’s engine' } });
    await press(stage, found);
    expect(await look(stage, 'docker-command')).toMatchObject({ result: 'ok' });
  });
};
