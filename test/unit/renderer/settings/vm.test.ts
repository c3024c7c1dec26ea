import { describe, expect, it } from 'vitest';
import type { VmSettings } from '#contract';
import { appliedLater, applyWords, realChanges } from '../../../../renderer/settings/vm/changes';
import { listensWidely } from '../../../../renderer/settings/vm/ports';
import { rangeWarning, sliderMarks } from '../../../../renderer/settings/vm/resources';
import {
  addressesOf,
  dnsProblem,
  pathProblem,
  proxyProblem,
  withHost,
} from '../../../../renderer/settings/vm/rules';
import { wrongCount } from '../../../../renderer/settings/vm/wrong';

const kept: VmSettings = {
  cpus: 4,
  memoryMiB: 8192,
  swapMiB: 1024,
  diskGiB: 64,
  diskFolder: null,
  idleMinutes: 15,
  returnMemory: true,
  folders: [{ path: '/home/me', writable: true }],
  portsOn: 'loopback',
  hostAccess: false,
  dns: null,
  proxy: { mode: 'system', http: '', https: '', except: '' },
  certificates: [],
  engineConfig: '',
  keepRunning: true,
};

const running = { status: 'running', startedInMs: 11_620 } as const;

it('puts another host into the address of a proxy, and leaves the rest as it was', () => {
  expect(withHost('http://me:p%40ss@127.0.0.1:3128', 'host.docker.internal')).toBe(
    'http://me:p%40ss@host.docker.internal:3128',
  );
  expect(withHost('http://localhost:3128/', 'proxy.example')).toBe('http://proxy.example:3128');
});

describe('what Apply will do', () => {
  it('names what needs a restart, how many containers stop and for how long', () => {
    expect(applyWords({ memoryMiB: 10_240 }, { vm: running, up: 5 })).toEqual({
      title: 'The engine must restart to use 10 GB.',
      text: '5 containers stop for about 12 s.',
      restarts: true,
    });
    expect(applyWords({ cpus: 1, memoryMiB: 4096, dns: [] }, { vm: running, up: 1 })).toMatchObject({
      title: 'The engine must restart to use 1 core, 4 GB and the name servers.',
      text: '1 container stops for about 12 s.',
    });
  });

  it('promises no time that was never measured and no container that is not known', () => {
    const unmeasured = { vm: { ...running, startedInMs: null }, up: null };
    expect(applyWords({ cpus: 2 }, unmeasured).text).toBe('What runs in it stops until then.');
    expect(applyWords({ cpus: 2 }, { vm: running, up: 0 }).text).toBe('No container is running.');
  });

  it('restarts nothing that does not run, and nothing for a larger disk', () => {
    const stopped = { status: 'stopped', startedInMs: null } as const;
    expect(applyWords({ cpus: 2 }, { vm: stopped, up: null })).toMatchObject({ restarts: false });
    expect(applyWords({ cpus: 2 }, { vm: { ...running, status: 'suspended' }, up: null }).text).toContain(
      'wakes as it went to sleep',
    );
    expect(applyWords({ diskGiB: 80 }, { vm: running, up: 5 })).toMatchObject({
      title: 'The disk grows to 80 GB.',
      restarts: false,
    });
  });

  it('forgets what was changed back', () => {
    expect(realChanges({ cpus: 4, memoryMiB: 4096, folders: [...kept.folders] }, kept)).toEqual({
      memoryMiB: 4096,
    });
  });

  it('remembers what was applied without a restart', () => {
    expect(appliedLater(kept, { cpus: 2, processors: 1, memoryMiB: 8192, swapMiB: 1024 })).toEqual({
      cpus: 4,
    });
    expect(appliedLater(kept, { cpus: 4, processors: 1, memoryMiB: 8192, swapMiB: 1024 })).toEqual({});
    expect(appliedLater(kept, null)).toEqual({});
  });
});

describe('sliders', () => {
  it('have figures at their ends and powers of two where there is room', () => {
    expect(sliderMarks(1, 32, ' GB').map(({ label }) => label)).toEqual(['1 GB', '8', '16', '32 GB']);
    expect(sliderMarks(1, 2).map(({ label }) => label)).toEqual(['1', '2']);
    expect(sliderMarks(1, 12).map(({ value }) => value)).toEqual([1, 4, 8, 12]);
    expect(sliderMarks(4, 4)).toHaveLength(1);
  });

  it('warn outside of the good range only', () => {
    expect(rangeWarning(4, [4, 8])).toBeUndefined();
    expect(rangeWarning(3, [4, 8])).toContain('little');
    expect(rangeWarning(9, [4, 8])).toContain('much');
  });
});

describe('what is typed', () => {
  it('takes whole paths of any system, each once', () => {
    expect(pathProblem('/srv/data', [], 'folder')).toBeUndefined();
    expect(pathProblem('C:\\Users\\me', [], 'folder')).toBeUndefined();
    for (const wrong of ['', 'data', './data', '~/data']) {
      expect(pathProblem(wrong, [], 'folder'), wrong).toBeDefined();
    }
    expect(pathProblem('/srv', ['/srv'], 'folder')).toBeDefined();
    expect(pathProblem('/srv', ['/home'], 'folder', 1)).toContain('the most');
  });

  it('takes addresses of proxies with a scheme', () => {
    for (const good of ['', 'http://proxy.lan:3128', 'https://me:word@proxy.lan']) {
      expect(proxyProblem(good), good).toBeUndefined();
    }
    for (const wrong of ['proxy.lan:3128', 'socks5://proxy.lan', 'http://', 'proxy']) {
      expect(proxyProblem(wrong), wrong).toBeDefined();
    }
  });

  it('takes name servers of both families, and names the one that is none', () => {
    expect(dnsProblem(addressesOf('9.9.9.9, 149.112.112.112'))).toBeUndefined();
    expect(dnsProblem(addressesOf('2620:fe::fe'))).toContain('IPv4');
    expect(dnsProblem(addressesOf('9.9.9.9 dns.example'))).toContain('dns.example');
    for (const wrong of ['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.4.']) {
      expect(dnsProblem(addressesOf(wrong)), wrong).toBeDefined();
    }
  });

  it('counts what cannot be applied', () => {
    const proxy = { mode: 'manual', http: 'proxy', https: 'proxy', except: '' } as const;
    expect(wrongCount({ proxy, dns: [] })).toBe(3);
    expect(wrongCount({ proxy: { ...proxy, mode: 'none' }, dns: null })).toBe(0);
  });
});

it('tells ports that only this computer reaches from the others', () => {
  const port = { protocol: 'tcp', port: 80, target: 'x:80' } as const;
  expect(listensWidely({ ...port, addresses: ['127.0.0.1', '::1'] })).toBe(false);
  expect(listensWidely({ ...port, addresses: ['127.0.0.1', '192.168.1.7'] })).toBe(true);
  expect(listensWidely({ ...port, addresses: ['0.0.0.0'] })).toBe(true);
});
