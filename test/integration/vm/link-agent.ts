import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { buildAgent } from '#guest/agent-build';
import { hashFolders } from '#guest/inputs';
import { chooseMirror, readAptSources } from '#guest/sources';
import type { AgentRequests } from '#vm/link/agent-requests';
import { type Link, openLink } from '#vm/link/link';
import { isListenedOn } from '#vm/shares/virtiofsd';
import { findProgram } from '../../harness/run';

// Linux only, as the guest is.

const sources = fileURLToPath(new URL('../../../src/guest/agent', import.meta.url));

/**
 * The agent, built by the guest's recipe with Debian's Go: a minute the first time, and kept under the hash of its
 * sources. Or why there is none.
 */
async function findAgent(): Promise<{ program: string } | { missing: string }> {
  if (process.platform !== 'linux') return { missing: 'the agent runs on Linux' };
  if (!findProgram('mmdebstrap')) return { missing: 'the agent cannot be built without mmdebstrap' };
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gantry/guest/agent');
  const cached = join(cache, `test-${await hashFolders([sources])}-${arch}`);
  const program = join(cached, 'gantry-agent');
  try {
    const mirror = chooseMirror(await readAptSources(), process.env.GANTRY_DEBIAN_MIRROR);
    await buildAgent({ arch, mirror, sources, cached });
  } catch (error) {
    // Another test file was building it, too, and was faster.
    if (!existsSync(program)) throw error;
  }
  return { program };
}

const agent = await findAgent();

/** A suite that runs the guest's agent as a process of this computer; skipped, with the reason, where none is built. */
export function describeWithAgent(name: string, suite: () => void): void {
  if ('missing' in agent) describe.skip(`${name} (${agent.missing})`, () => suite());
  else describe(name, () => suite());
}

const secret = '0123456789abcdef0123456789abcdef';

/** The guest's agent, run beside the test. A unix socket takes the place of the virtual machine's port. */
export class TestAgent {
  readonly socketPath: string;
  readonly secret = secret;
  /** A program for dockerd's --userland-proxy-path. */
  readonly dockerProxy: string;
  #child: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    private readonly engineSocket: string,
    private readonly initProcess: number,
  ) {
    this.socketPath = join(folder, 'link.sock');
    this.dockerProxy = join(folder, 'proxy');
  }

  /** @param initProcess gets SIGTERM when the host orders a power-off */
  static async start(engineSocket = '/nonexistent', initProcess = process.pid): Promise<TestAgent> {
    if ('missing' in agent) throw new Error(agent.missing);
    const folder = await mkdtemp(join(tmpdir(), 'gantry-agent-'));
    const made = new TestAgent(folder, engineSocket, initProcess);
    await writeFile(join(folder, 'secret'), `${secret}\n`);
    // What the guest's build keeps is a file of an image, and not executable.
    await copyFile(agent.program, join(folder, 'gantry-agent'));
    await chmod(join(folder, 'gantry-agent'), 0o755);
    // The agent is docker-proxy under that name; the script tells it which agent to ask.
    await symlink('gantry-agent', join(folder, 'docker-proxy'));
    const publish = join(folder, 'publish.sock');
    const script = `#!/bin/sh\nexec '${join(folder, 'docker-proxy')}' -publish '${publish}' "$@"\n`;
    await writeFile(made.dockerProxy, script, { mode: 0o755 });
    await made.run();
    return made;
  }

  async run(): Promise<void> {
    const { folder } = this;
    const args = [
      ...['--socket', this.socketPath, '--publish', join(folder, 'publish.sock')],
      ...['--shares', join(folder, 'shares.sock')],
      ...['--secret-file', join(folder, 'secret'), '--engine', this.engineSocket],
      ...['--data', folder, '--init', String(this.initProcess)],
    ];
    this.#child = spawn(join(folder, 'gantry-agent'), args, { stdio: ['ignore', 'ignore', 'ignore'] });
    // The socket is there a moment before it is listened on.
    while (!(await isListenedOn(this.socketPath))) {
      if (this.#child.exitCode !== null) throw new Error('the agent ended');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  link({
    onPublish = (lease) => lease.refuse('nobody publishes'),
    onShare = (stream) => stream.destroy(),
  }: Partial<AgentRequests> = {}): Promise<Link> {
    const { socketPath } = this;
    return openLink({ socketPath, secret, signal: AbortSignal.timeout(20_000), onPublish, onShare });
  }

  /** Ends the agent alone, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await rm(this.socketPath, { force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
