import { hostname } from 'node:os';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { EngineConfiguration } from '#contract';
import { ProblemError } from '#contract/problem';
import { ask } from './ask';
import { configPlace, readConfigFile, withoutCredentials } from './config-file';
import type { Surroundings } from './endpoints';
import { toProblem } from './problems';

const texts = z.array(z.string()).nullish().catch(null);
const text = z.string().nullish().catch(null);
const yes = z.boolean().nullish().catch(null);

/** `GET /info`: Podman and older engines leave much of it out. */
const infoAnswer = z.object({
  Name: z.string().catch(''),
  OperatingSystem: text,
  OSType: z.string().catch('linux'),
  RegistryConfig: z
    .object({
      Mirrors: texts,
      InsecureRegistryCIDRs: texts,
      IndexConfigs: z.record(z.string(), z.object({ Secure: z.boolean().catch(true) })).nullish(),
    })
    .nullish()
    .catch(null),
  Driver: text,
  LoggingDriver: text,
  CgroupDriver: text,
  CgroupVersion: text,
  LiveRestoreEnabled: yes,
  DefaultAddressPools: z
    .array(z.object({ Base: z.string(), Size: z.number() }))
    .nullish()
    .catch(null),
  DefaultRuntime: text,
  Runtimes: z.record(z.string(), z.unknown()).nullish().catch(null),
  DockerRootDir: text,
  HttpProxy: text,
  HttpsProxy: text,
  NoProxy: text,
  ExperimentalBuild: yes,
  Debug: yes,
  Labels: texts,
  SecurityOptions: texts,
  Warnings: texts,
});
type Info = z.infer<typeof infoAnswer>;

const versionAnswer = z.object({
  Components: z
    .array(z.object({ Name: z.string(), Version: z.string() }))
    .nullish()
    .catch(null),
});

/** Every engine has these two, so that registries on its own computer need no certificate. */
const loopback = ['127.0.0.0/8', '::1/128'];

/** `name=seccomp,profile=builtin` → `seccomp: builtin` */
function securityWords(option: string): string {
  const values = option.split(',').map((part) => part.split('=')[1] ?? part);
  return [values[0], values.slice(1).join(', ')].filter(Boolean).join(': ');
}

function registriesOf({ RegistryConfig: said }: Info) {
  const insecure = Object.entries(said?.IndexConfigs ?? {}).flatMap(([name, { Secure }]) =>
    Secure ? [] : [name],
  );
  const ranges = (said?.InsecureRegistryCIDRs ?? []).filter((range) => !loopback.includes(range));
  return {
    registryMirrors: (said?.Mirrors ?? []).map(withoutCredentials),
    insecureRegistries: [...insecure, ...ranges],
  };
}

function settingsOf(info: Info): Omit<EngineConfiguration, 'parts' | 'file'> {
  const address = (value: string | null | undefined) => (value ? withoutCredentials(value) : null);
  return {
    ...registriesOf(info),
    storageDriver: info.Driver || null,
    logDriver: info.LoggingDriver || null,
    cgroupDriver: info.CgroupDriver || null,
    cgroupVersion: info.CgroupVersion || null,
    liveRestore: info.LiveRestoreEnabled ?? null,
    addressPools: (info.DefaultAddressPools ?? []).map(({ Base, Size }) => ({ base: Base, size: Size })),
    defaultRuntime: info.DefaultRuntime || null,
    runtimes: Object.keys(info.Runtimes ?? {}).sort(),
    dataRoot: info.DockerRootDir || null,
    proxies: {
      http: address(info.HttpProxy),
      https: address(info.HttpsProxy),
      except: info.NoProxy || null,
    },
    experimental: info.ExperimentalBuild ?? null,
    debug: info.Debug ?? null,
    labels: (info.Labels ?? []).map(withoutCredentials),
    security: (info.SecurityOptions ?? []).map(securityWords),
    warnings: (info.Warnings ?? []).map((warning) => warning.replace(/^WARNING: /, '').trim()),
  };
}

/** What an engine says about how it was set up, and its file where that is one of this computer. @throws ProblemError */
export async function readConfiguration(
  docker: Dockerode,
  { host, around, signal }: { host: string; around: Surroundings; signal: AbortSignal },
): Promise<EngineConfiguration> {
  const [info, version] = await Promise.all([
    ask(docker, { path: '/info', answer: infoAnswer, signal }),
    ask(docker, { path: '/version', answer: versionAnswer, signal }),
  ]).catch((error: unknown) => {
    const doing = 'read the engine’s configuration';
    throw new ProblemError(toProblem(error, { doing, command: ['docker', 'info'] }));
  });
  const parts = (version.Components ?? []).map(({ Name, Version }) => ({ name: Name, version: Version }));
  const place = configPlace(
    {
      host,
      name: info.Name,
      os: info.OSType,
      rootless: (info.SecurityOptions ?? []).some((option) => option.startsWith('name=rootless')),
      podman: parts.some(({ name }) => name.startsWith('Podman')),
      desktop: info.OperatingSystem === 'Docker Desktop',
    },
    { ...around, hostname: hostname() },
  );
  return { ...settingsOf(info), parts, file: await readConfigFile(place, host) };
}
