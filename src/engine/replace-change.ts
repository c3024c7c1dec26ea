import { z } from 'zod';
import type { Replacement } from '#contract';

/** The one thing that is different. A password that was made up is a variable with a value by then. */
export type Change =
  | Exclude<Replacement, { kind: 'password' }>
  | { kind: 'variable'; name: string; value: string };

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const given = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);
const endpoint = z.object({
  IPAMConfig: given(z.record(z.string(), z.string())),
  Links: given(z.array(z.string())),
  DriverOpts: given(z.record(z.string(), z.string())),
  Aliases: texts,
});
const binding = z.looseObject({ HostPort: z.string() });

/** A container as the engine describes it; what is not looked at is handed on as it is. */
export const wholeContainer = z.object({
  Id: z.string(),
  Name: z.string().transform((name) => name.replace(/^\//, '')),
  Image: z.string(),
  RestartCount: z.number().default(0),
  State: z.object({ Running: z.boolean(), Restarting: z.boolean().default(false), StartedAt: z.string() }),
  Config: z.looseObject({ Image: z.string(), Hostname: z.string().default(''), Env: texts }),
  HostConfig: z.looseObject({
    NetworkMode: z.string().default(''),
    AutoRemove: z.boolean().default(false),
    PortBindings: z.record(z.string(), z.array(binding).nullable()).nullish(),
    Binds: texts,
    Mounts: z
      .array(z.looseObject({ Target: z.string() }))
      .nullish()
      .transform((list) => list ?? []),
    DeviceRequests: z
      .array(z.looseObject({ Capabilities: z.array(z.array(z.string())).nullish() }))
      .nullish(),
  }),
  Mounts: z.array(
    z.object({ Type: z.string(), Name: z.string().optional(), Destination: z.string(), RW: z.boolean() }),
  ),
  NetworkSettings: z.object({ Networks: z.record(z.string(), endpoint).nullish() }),
});
export type Whole = z.infer<typeof wholeContainer>;

function moved(bindings: Whole['HostConfig']['PortBindings'], from: number, to: number) {
  const entries = Object.entries(bindings ?? {}).map(([port, list]) => [
    port,
    list?.map((each) => (each.HostPort === String(from) ? { ...each, HostPort: String(to) } : each)),
  ]);
  return Object.fromEntries(entries);
}

const isGpu = ({ Capabilities }: { Capabilities?: string[][] | null | undefined }) =>
  Capabilities?.some((all) => all.includes('gpu')) ?? false;

function withVariable(env: string[], name: string, value: string): string[] {
  return [...env.filter((pair) => !pair.startsWith(`${name}=`)), `${name}=${value}`];
}

/** What the new container is made of. */
export function changed({ Config, HostConfig }: Whole, change: Change) {
  switch (change.kind) {
    case 'port':
      return {
        config: Config,
        host: { ...HostConfig, PortBindings: moved(HostConfig.PortBindings, change.from, change.to) },
      };
    case 'own-command':
      return { config: { ...Config, Cmd: undefined, Entrypoint: undefined }, host: HostConfig };
    case 'own-user':
      return { config: { ...Config, User: undefined }, host: HostConfig };
    case 'no-gpu': {
      const others = HostConfig.DeviceRequests?.filter((request) => !isGpu(request));
      return { config: Config, host: { ...HostConfig, DeviceRequests: others } };
    }
    case 'variable':
      return {
        config: { ...Config, Env: withVariable(Config.Env, change.name, change.value) },
        host: HostConfig,
      };
    case 'terminal':
      return { config: { ...Config, Tty: true, OpenStdin: true }, host: HostConfig };
    case 'publish': {
      const door = { [`${change.port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(change.to) }] };
      return {
        config: Config,
        host: { ...HostConfig, PortBindings: { ...HostConfig.PortBindings, ...door } },
      };
    }
  }
}
