import { expect, it } from 'vitest';
import type { EngineConfiguration } from '#contract';
import { configRows } from '../../../../renderer/settings/engine/config/rows';

const silent: EngineConfiguration = {
  parts: [],
  registryMirrors: [],
  insecureRegistries: [],
  storageDriver: null,
  logDriver: null,
  cgroupDriver: null,
  cgroupVersion: null,
  liveRestore: null,
  addressPools: [],
  defaultRuntime: null,
  runtimes: [],
  dataRoot: null,
  proxies: { http: null, https: null, except: null },
  experimental: null,
  debug: null,
  labels: [],
  security: [],
  warnings: [],
  file: { path: null, text: null, about: '' },
};
const values = (said: Partial<EngineConfiguration>) =>
  Object.fromEntries(configRows({ ...silent, ...said }).map((row) => [row.key, row.values]));

it('leaves out what an engine says nothing of', () => {
  expect(Object.keys(values({}))).toEqual([
    'registry-mirrors',
    'insecure-registries',
    'proxies',
    'default-address-pools',
  ]);
  expect(values({})['registry-mirrors']).toEqual(['none']);
});

it('has the names of daemon.json, and says what they mean', () => {
  expect(
    values({
      cgroupDriver: 'systemd',
      cgroupVersion: '2',
      liveRestore: false,
      addressPools: [{ base: '10.1.0.0/16', size: 24 }],
      proxies: { http: null, https: 'http://proxy.example:3128', except: 'localhost' },
      security: ['seccomp: builtin'],
    }),
  ).toMatchObject({
    'exec-opts': ['native.cgroupdriver=systemd (cgroup v2)'],
    'live-restore': ['off: containers stop with the engine'],
    'default-address-pools': ['10.1.0.0/16, /24 for each network'],
    proxies: ['https-proxy http://proxy.example:3128', 'no-proxy localhost'],
    'security options': ['seccomp: builtin'],
  });
});
