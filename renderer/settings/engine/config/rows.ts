import type { EngineConfiguration } from '#contract';

export interface ConfigRow {
  /** As in daemon.json, or as `docker info` has it where that has no key. */
  key: string;
  values: string[];
  /** Words about the values, not from the engine. */
  words?: true;
}

/** What an engine says of its configuration, in rows; what it says nothing of is left out. */
export function configRows(said: EngineConfiguration): ConfigRow[] {
  const { proxies, addressPools, cgroupDriver, cgroupVersion } = said;
  const named = [
    ...(proxies.http ? [`http-proxy ${proxies.http}`] : []),
    ...(proxies.https ? [`https-proxy ${proxies.https}`] : []),
    ...(proxies.except ? [`no-proxy ${proxies.except}`] : []),
  ];
  return [
    listRow('registry-mirrors', said.registryMirrors, 'none'),
    listRow('insecure-registries', said.insecureRegistries, 'none besides those of its own computer'),
    listRow('proxies', named, 'none'),
    ...textRow('storage-driver', said.storageDriver),
    ...textRow('log-driver', said.logDriver),
    ...textRow(
      'exec-opts',
      cgroupDriver && `native.cgroupdriver=${cgroupDriver}${versionWords(cgroupVersion)}`,
    ),
    ...textRow('data-root', said.dataRoot),
    listRow(
      'default-address-pools',
      addressPools.map(({ base, size }) => `${base}, /${size} for each network`),
      'those that every engine has',
    ),
    ...textRow('default-runtime', said.defaultRuntime),
    ...(said.runtimes.length > 0 ? [{ key: 'runtimes', values: said.runtimes }] : []),
    ...switchRow('live-restore', said.liveRestore, {
      on: 'on: containers go on while the engine is away',
      off: 'off: containers stop with the engine',
    }),
    ...switchRow('experimental', said.experimental, { on: 'on', off: 'off' }),
    ...switchRow('debug', said.debug, { on: 'on', off: 'off' }),
    ...(said.labels.length > 0 ? [{ key: 'labels', values: said.labels }] : []),
    ...(said.security.length > 0 ? [{ key: 'security options', values: said.security }] : []),
  ];
}

const versionWords = (version: string | null) => (version ? ` (cgroup v${version})` : '');

const listRow = (key: string, values: string[], none: string): ConfigRow =>
  values.length > 0 ? { key, values } : { key, values: [none], words: true };

const textRow = (key: string, value: string | null): ConfigRow[] => (value ? [{ key, values: [value] }] : []);

const switchRow = (key: string, value: boolean | null, words: { on: string; off: string }): ConfigRow[] =>
  value === null ? [] : [{ key, values: [value ? words.on : words.off], words: true }];
