import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CheckId, Finding } from '#contract';
import { diagnoseElsewhere, type Elsewhere } from '../../../harness/elsewhere';
import { startNameServer } from '../../../harness/name-server';
import { run } from '../../../harness/run';
import { smallDisk } from '../../../harness/small-disk';
import { aGroup, newHome, type Repair, type Stage } from './stage';

/** Nobody: a user that this test is not. */
const nobody = 65_534;

async function lookElsewhere(place: Elsewhere, id: CheckId): Promise<Finding> {
  const found = (await diagnoseElsewhere(place)).get(id);
  if (!found) throw new Error(`The check ${id} found nothing`);
  return found;
}

function write({ folder }: Stage, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A processor that can, and a /dev/kvm for a group. */
export const virtualisation: Repair = async (stage) => {
  const group = aGroup();
  const devices = join(stage.folder, 'dev');
  mkdirSync(devices);
  for (const name of ['null', 'kvm']) writeFileSync(join(devices, name), '');
  chownSync(join(devices, 'kvm'), nobody, group.id);
  chmodSync(join(devices, 'kvm'), 0o660);
  const cpuinfo = write(stage, 'cpuinfo', 'processor\t: 0\nflags\t\t: fpu vmx lm\n');
  const place: Elsewhere = {
    home: newHome(stage, { engineChoice: 'vm' }),
    mounts: [
      [cpuinfo, '/proc/cpuinfo'],
      ['/dev/null', join(devices, 'null')],
      [devices, '/dev'],
    ],
  };
  const found = await lookElsewhere({ ...place, groups: [] }, 'virtualisation');
  expect(found).toMatchObject({
    result: 'warning',
    fix: { kind: 'copy', text: `sudo usermod -aG ${group.name} $USER` },
  });
  // What the command does, after the next sign-in.
  expect(await lookElsewhere({ ...place, groups: [group.id] }, 'virtualisation')).toMatchObject({
    result: 'ok',
  });

  rmSync(join(devices, 'kvm'));
  const without = await lookElsewhere(place, 'virtualisation');
  // On ARM it is no module that could be loaded.
  const fix = process.arch === 'arm64' ? { kind: 'open' } : { kind: 'copy', text: 'sudo modprobe kvm_intel' };
  expect(without).toMatchObject({ result: 'warning', fix });
};

/** The engine's socket for a group that the user is not in. */
export const permission: Repair = async (stage) => {
  const group = aGroup();
  const { socket, host } = stage.engine;
  const home = newHome(stage, { engineHost: host });
  chownSync(socket, nobody, group.id);
  chmodSync(socket, 0o660);
  try {
    const found = await lookElsewhere({ home, groups: [] }, 'permission');
    expect(found).toMatchObject({
      result: 'failed',
      fix: { kind: 'copy', text: `sudo usermod -aG ${group.name} $USER` },
    });
    // What the command does, after the next sign-in.
    const there = await diagnoseElsewhere({ home, groups: [group.id] });
    expect(there.get('permission')).toMatchObject({ result: 'ok' });
    expect(there.get('engine')).toMatchObject({ result: 'ok' });

    // One that is for its owner alone needs another engine: Gantry's own, or what the settings offer.
    chmodSync(socket, 0o600);
    const alone = await lookElsewhere({ home, groups: [group.id] }, 'permission');
    expect(alone).toMatchObject({ result: 'failed' });
    expect(JSON.stringify(alone.fix)).toMatch(/"engine.select"|"target":"engine"/);
  } finally {
    chownSync(socket, 0, 0);
    chmodSync(socket, 0o600);
  }
};

export const memory: Repair = async (stage) => {
  const home = newHome(stage, { engineHost: stage.engine.host });
  const withFree = (kib: number) => {
    const text = readFileSync('/proc/meminfo', 'utf8').replace(/^(MemAvailable:\s+)\d+/m, `$1${kib}`);
    return lookElsewhere({ home, mounts: [[write(stage, 'meminfo', text), '/proc/meminfo']] }, 'memory');
  };
  expect(await withFree(100_000)).toMatchObject({
    result: 'warning',
    fix: { kind: 'open', page: 'containers' },
  });
  // What was running has been stopped there.
  expect(await withFree(4_000_000)).toMatchObject({ result: 'ok' });
};

/** Home and Gantry's folder on a disk of 40 MB; no engine, as its disk is this computer's. */
export const disk: Repair = async () => {
  const small = await smallDisk();
  try {
    const home = newHome({ folder: small.folder }, { engineHost: 'unix:///nowhere/at/all.sock' });
    const place = { home, env: { HOME: small.folder } };
    expect(await lookElsewhere(place, 'disk')).toMatchObject({
      result: 'failed',
      fix: { kind: 'open', page: 'images' },
    });
    // As if what was deleted there had made room.
    await run('mount', ['-o', 'remount,size=8g', small.folder]);
    expect(await lookElsewhere(place, 'disk')).toMatchObject({ result: 'ok' });
  } finally {
    await small.remove();
  }
};

/** A name server that refuses, then one that answers. */
export const names: Repair = async (stage) => {
  const resolv = write(stage, 'resolv.conf', 'nameserver 127.81.0.1\n');
  const place: Elsewhere = {
    home: newHome(stage, { engineHost: stage.engine.host }),
    mounts: [[resolv, '/etc/resolv.conf']],
  };
  expect(await lookElsewhere(place, 'names')).toMatchObject({ result: 'warning', fix: { kind: 'retry' } });
  await using _server = await startNameServer('127.81.0.1', '127.81.0.2');
  expect(await lookElsewhere(place, 'names')).toMatchObject({ result: 'ok' });
};

/** Docker Hub's name leads to this computer, where at first nobody listens. */
export const registry: Repair = async (stage) => {
  const hub = { name: 'registry-1.docker.io', address: '127.81.0.3' };
  const key = join(stage.folder, 'hub.key');
  const certificate = join(stage.folder, 'hub.crt');
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${hub.name}`],
    ...['-addext', `subjectAltName=DNS:${hub.name}`, '-keyout', key, '-out', certificate],
  ]);
  const place: Elsewhere = {
    home: newHome(stage, { engineHost: stage.engine.host }),
    mounts: [[write(stage, 'hosts', `${hub.address} ${hub.name}\n`), '/etc/hosts']],
    env: { NODE_EXTRA_CA_CERTS: certificate },
    network: true,
  };
  expect(await lookElsewhere(place, 'registry')).toMatchObject({ result: 'failed', fix: { kind: 'retry' } });
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (_request, answer) => answer.writeHead(401).end(),
  );
  server.listen(443, hub.address);
  await once(server, 'listening');
  try {
    expect(await lookElsewhere(place, 'registry')).toMatchObject({ result: 'ok' });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};
