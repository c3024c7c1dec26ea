import { join } from 'node:path';
import type { ToolName } from '#contract';
import type { ImageProgram } from '#vm/image-programs';

/** A tool that Gantry knows: its own command, or a program of the guest image. */
export interface KnownTool {
  name: ToolName;
  /** A shell looks for commands on the PATH, the docker command for plugins in folders of its own. */
  kind: 'command' | 'plugin';
  /** In the guest image, with Debian's package that tells its version; null for Gantry's own command. */
  image: (ImageProgram & { package: string }) | null;
}

const plugin = (name: 'docker-compose' | 'docker-buildx'): KnownTool => ({
  name,
  kind: 'plugin',
  image: {
    name,
    path: `usr/libexec/docker/cli-plugins/${name}`,
    versionArguments: ['version'],
    package: name,
  },
});

export const knownTools: readonly KnownTool[] = [
  { name: 'gantry', kind: 'command', image: null },
  {
    name: 'docker',
    kind: 'command',
    image: {
      name: 'docker',
      path: 'usr/bin/docker',
      versionArguments: ['--version'],
      package: 'docker-cli',
    },
  },
  plugin('docker-compose'),
  plugin('docker-buildx'),
];

/**
 * Where the docker command looks for plugins after its configuration's folder:
 * https://github.com/docker/cli/blob/master/cli-plugins/manager/manager_unix.go
 */
export const systemPluginFolders = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map(
  (folder) => join(folder, 'docker/cli-plugins'),
);
