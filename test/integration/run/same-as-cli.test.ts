import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RunSpec } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { createContainer } from '#engine/run/create';
import { sharedEngine } from '../../harness/shared';
import { plain, variedSpecs } from './specs';

const inspected = z.object({
  Config: z.looseObject({ Env: z.array(z.string()).nullable() }),
  HostConfig: z.record(z.string(), z.unknown()),
  Mounts: z.array(
    z.object({
      Type: z.string(),
      Name: z.string().default(''),
      Source: z.string(),
      Destination: z.string(),
      RW: z.boolean(),
    }),
  ),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()) }),
});

/** Of the terminal that the CLI sits in, not of the container. */
const ofTheTerminal = ['AttachStdin', 'AttachStdout', 'AttachStderr', 'StdinOnce', 'ConsoleSize'];
/** How the mounts were asked for; what came of it is compared in `Mounts`. */
const asked = ['Binds', 'Mounts'];

const isEmpty = (value: unknown) =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** A part of an inspect with what says nothing left out: `null`, `[]`, `{}` and `""` are the same to the engine. */
function said(part: Record<string, unknown>, except: string[]) {
  return Object.fromEntries(
    Object.entries(part).filter(([key, value]) => !except.includes(key) && !isEmpty(value)),
  );
}

async function madeOf(docker: Dockerode, id: string) {
  const { Config, HostConfig, Mounts, NetworkSettings } = inspected.parse(
    await docker.getContainer(id).inspect(),
  );
  const { Hostname, Env, ...config } = Config;
  return {
    // The engine names the host after the id unless told otherwise.
    hostname: id.startsWith(String(Hostname)) ? 'id' : Hostname,
    // The CLI sends variables in another order than it is given them.
    env: Env?.sort(),
    config: said(config, ofTheTerminal),
    host: said(HostConfig, [...ofTheTerminal, ...asked]),
    networks: Object.keys(NetworkSettings.Networks),
    mounts: Mounts.map(({ Name, Source, ...mount }) => {
      const anonymous = /^[0-9a-f]{64}$/.test(Name);
      return { ...mount, Name: anonymous ? '' : Name, Source: anonymous ? '' : Source };
    }).sort((one, other) => one.Destination.localeCompare(other.Destination)),
  };
}

describe('a run', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-run-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.for(Object.keys(variedSpecs('', '')))('makes what its docker command makes: %s', async (kind, test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const prefix = `same-${kind.toLowerCase()}`;
    const spec: RunSpec = { ...plain, ...variedSpecs(prefix, folder)[kind] };
    if (spec.network?.startsWith(prefix)) await cli(['network', 'create', spec.network]);
    const [, , , ...words] = commandArguments(commands.run(spec));
    const ids: string[] = [];
    try {
      ids.push(await cli(['create', ...words]));
      ids.push(await createContainer(docker, spec, AbortSignal.timeout(60_000)));
      const [byCommand, byGantry] = await Promise.all(ids.map((id) => madeOf(docker, id)));
      expect(byGantry).toEqual(byCommand);
    } finally {
      await cli(['rm', '--force', '--volumes', ...ids]);
      const volumes = spec.mounts.flatMap(({ source, type }) =>
        type === 'volume' && source ? [source] : [],
      );
      if (volumes.length > 0) await cli(['volume', 'rm', ...new Set(volumes)]);
      if (spec.network?.startsWith(prefix)) await cli(['network', 'rm', spec.network]);
    }
  });
});
