import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { identify } from '#vm/process-identity';
import { KEEPER } from '../harness/vm';
import { type Fault, seconds } from './fault';
import { FaultHome } from './fault-home';
import { until } from './until';

/** A socket's file that its program left when it was killed. */
async function leaveSocket(path: string): Promise<void> {
  const script =
    "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
  const child = spawn(process.execPath, ['-e', script, path], { stdio: 'ignore' });
  await once(child, 'exit');
  assert.ok(existsSync(path));
}

/** The files of a keeper and a QEMU that were killed are no obstacle; a process that has their number is left alone. */
async function stale(pid: number, began: string): Promise<string> {
  await using home = await FaultHome.make();
  const { places } = home;
  for (const path of [places.keeperSocket, places.dockerSocket, places.shellSocket, places.aliveSocket]) {
    await leaveSocket(path);
  }
  await writeFile(places.qemuPid, JSON.stringify({ pid, began }));
  const began_ = performance.now();
  await home.vm.details();
  const took = performance.now() - began_;
  assert.ok(home.keeper(), 'There is no keeper');
  assert.ok(!existsSync(places.qemuPid), 'The pid file of a dead QEMU is still there');
  await until('the state is known', 5000, () => home.state.status === 'stopped');
  return `a keeper answers after ${seconds(took)}`;
}

async function ofDeadProcess(): Promise<string> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const identity = child.pid === undefined ? null : await identify(child.pid);
  assert.ok(identity);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return stale(identity.pid, identity.began);
}

async function ofForeignProcess(): Promise<string> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    await once(child, 'spawn');
    assert.ok(child.pid);
    const said = await stale(child.pid, 'another time');
    assert.equal(child.exitCode ?? child.signalCode, null, "A process that is not Gantry's was ended");
    return said;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Backends that begin at the same moment share one keeper. */
async function manyAtOnce(): Promise<string> {
  await using home = await FaultHome.make();
  const others = Array.from({ length: 5 }, () => home.open());
  const began = performance.now();
  await Promise.all([home.vm, ...others].map((vm) => vm.details()));
  const keeper = home.keeper();
  assert.ok(keeper);
  await Promise.all(others.map((vm) => vm.details()));
  assert.equal(home.keeper(), keeper);
  return `six backends, one keeper, after ${seconds(performance.now() - began)}`;
}

/** A second keeper says so and goes; the first one serves on. */
async function secondKeeper(): Promise<string> {
  await using home = await FaultHome.make();
  await home.vm.details();
  const first = home.keeper();
  const second = spawn(process.execPath, [KEEPER, home.folder], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [[word], [code]] = await Promise.all([once(second, 'message'), once(second, 'exit')]);
  assert.equal(word, 'another');
  assert.equal(code, 0);
  assert.equal(home.keeper(), first);
  await home.vm.details();
  return `it said "${word}" and ended`;
}

/** Something that is no keeper sits on its socket: that is said, and nothing hangs. */
async function deafSocket(): Promise<string> {
  await using home = await FaultHome.make();
  const deaf = createServer((socket) => socket.destroy());
  deaf.listen(home.places.keeperSocket);
  await once(deaf, 'listening');
  try {
    await home.vm.details();
    return `a keeper listens in its place (${home.keeper()})`;
  } finally {
    deaf.close();
  }
}

export const leftovers: Fault[] = [
  { name: 'stale sockets and the pid file of a dead process', check: ofDeadProcess },
  { name: "stale sockets and a pid file with a foreign living process's number", check: ofForeignProcess },
  { name: 'a second keeper', check: secondKeeper },
  { name: 'six backends at once', check: manyAtOnce },
  { name: "a program that is no keeper on the keeper's socket", check: deafSocket },
];
