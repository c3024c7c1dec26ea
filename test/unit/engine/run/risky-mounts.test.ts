import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkMounts } from '#engine/run/check-mounts';
import { plain } from '../../../integration/run/specs';

/** Warnings about a folder of this computer; an engine elsewhere is not asked whether it is there. */
async function warningsOf(source: string, readOnly = false) {
  const spec = { ...plain, mounts: [{ type: 'bind' as const, source, target: '/inside', readOnly }] };
  const found = await checkMounts(spec, { containers: [], volumes: new Set(), local: false });
  expect(found.every(({ level }) => level === 'warning')).toBe(true);
  return found.map(({ message, actions }) => ({ message, labels: actions.map(({ label }) => label) }));
}

describe('a folder that should not be given away without a thought', () => {
  it.each(['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker'])('holds keys: ~/%s', async (name) => {
    const folder = join(homedir(), name);
    const message = 'This folder holds your keys; the container can read and copy them.';
    expect(await warningsOf(folder)).toEqual([{ message, labels: ['Make it read only'] }]);
    expect(await warningsOf(`${folder}/`)).toHaveLength(1);
    // Read only they can be copied, too.
    expect(await warningsOf(folder, true)).toEqual([{ message, labels: [] }]);
  });

  it.each(['/run/containerd/containerd.sock', '/var/run/docker.sock', '/run/user/1000/podman/podman.sock'])(
    'is the engine’s socket: %s',
    async (path) => {
      for (const readOnly of [true, false]) {
        expect(await warningsOf(path, readOnly)).toEqual([
          { message: 'Whoever is inside can control the engine, and with it this computer.', labels: [] },
        ]);
      }
    },
  );

  it.each(['/srv/www', join(homedir(), 'projects'), join(homedir(), '.sshfs'), '/srv/docker.sock.d'])(
    'is none of them: %s',
    async (path) => expect(await warningsOf(path)).toEqual([]),
  );
});
