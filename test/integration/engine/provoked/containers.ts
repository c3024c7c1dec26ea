import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Bench, type Provoke, sh } from './bench';

const bind = (HostPort: string, HostIp = '127.0.0.1') => ({
  HostConfig: { PortBindings: { '80/tcp': [{ HostIp, HostPort }] } },
});
const mount = (...Mounts: object[]) => ({ HostConfig: { Mounts } });

async function start(bench: Bench, body: Record<string, unknown>) {
  const container = await bench.create(body);
  return bench.refused(container.start());
}

async function created(bench: Bench, body: Record<string, unknown>) {
  return bench.refused(bench.create(body));
}

/** A container that ends at once and is started again by its policy. */
async function loop(bench: Bench) {
  const container = await bench.create({
    ...sh('echo "no route to the shop"; exit 7'),
    HostConfig: { RestartPolicy: { Name: 'always' } },
  });
  await container.start();
  // The pause between two starts doubles each time.
  for (let restarting = false; !restarting; ) {
    const { State, RestartCount } = await container.inspect();
    restarting = State.Restarting && RestartCount >= 4;
  }
  return container;
}

/** Errors of making, starting and changing containers. */
export const provokedByContainers: Record<string, Provoke> = {
  'name-taken': async (bench) => {
    await bench.create({ name: 'twice' });
    return created(bench, { name: 'twice' });
  },
  'name-invalid': (bench) => created(bench, { name: 'a b' }),
  'port-taken': async (bench) => {
    const first = await bench.create(bind('0'));
    await first.start();
    const { NetworkSettings } = await first.inspect();
    return start(bench, bind(NetworkSettings.Ports['80/tcp']?.[0]?.HostPort ?? ''));
  },
  'port-taken-by-program': async (bench) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    bench.after(async () => server.close());
    return start(bench, bind(String((server.address() as AddressInfo).port)));
  },
  // 192.0.2.0/24 is for documentation: no computer has it (RFC 5737).
  'port-no-address': (bench) => start(bench, bind('48777', '192.0.2.7')),
  'folder-missing': (bench) => created(bench, mount({ Type: 'bind', Source: '/no/such', Target: '/x' })),
  'mount-kind-mismatch': (bench) =>
    start(bench, mount({ Type: 'bind', Source: '/etc/passwd', Target: '/www' })),
  'volume-name-invalid': (bench) => bench.refused(bench.docker.createVolume({ Name: 'my/data' })),
  'mount-duplicate': (bench) =>
    created(
      bench,
      mount(
        { Type: 'volume', Source: 'dup-a', Target: '/d' },
        { Type: 'volume', Source: 'dup-b', Target: '/d' },
      ),
    ),
  'command-not-found': (bench) => start(bench, { Cmd: ['nope'] }),
  'command-not-allowed': (bench) => start(bench, { Cmd: ['/etc/passwd'] }),
  'no-command': (bench) => created(bench, { Image: 'gantry-test/no-command' }),
  'no-gpu': (bench) =>
    start(bench, { HostConfig: { DeviceRequests: [{ Count: -1, Capabilities: [['gpu']] }] } }),
  'workdir-invalid': (bench) => created(bench, { WorkingDir: 'app' }),
  'user-unknown': (bench) => start(bench, { User: 'nobody-here' }),
  'memory-too-small': (bench) => created(bench, { HostConfig: { Memory: 1000 } }),
  'cpus-too-many': (bench) => created(bench, { HostConfig: { NanoCpus: 999e9 } }),
  'restart-with-auto-remove': (bench) =>
    created(bench, { HostConfig: { AutoRemove: true, RestartPolicy: { Name: 'always' } } }),
  'still-running': async (bench) => {
    const container = await bench.create();
    await container.start();
    return bench.refused(container.remove());
  },
  'crash-loop': async (bench) => {
    const container = await loop(bench);
    return bench.refused(container.exec({ Cmd: ['true'] }));
  },
  'container-paused': async (bench) => {
    const container = await bench.create();
    await container.start();
    await container.pause();
    return bench.refused(container.start());
  },
  'container-not-paused': async (bench) => {
    const container = await bench.create();
    await container.start();
    return bench.refused(container.unpause());
  },
  'container-not-running': async (bench) => bench.refused((await bench.create()).kill()),
  'container-gone': ({ docker, refused }) => refused(docker.getContainer('nowhere').start()),
};

const MB = 1024 * 1024;

/** Ways in which containers end or are, as the details page explains them. */
export const provokedStates: Record<string, Provoke> = {
  'crash-loop': async (bench) => bench.whyOf(await loop(bench)),
  'out-of-memory': (bench) =>
    bench.ended({ ...sh('tail /dev/zero'), HostConfig: { Memory: 16 * MB, MemorySwap: 16 * MB } }),
  finished: (bench) => bench.ended(sh('echo done')),
  interrupted: (bench) => bench.ended(sh("sh -c 'kill -INT $$; sleep 9'; exit $?")),
  'force-stopped': async (bench) => {
    const container = await bench.create();
    await container.start();
    await container.kill();
    await container.wait();
    return bench.whyOf(container);
  },
  stopped: (bench) => bench.ended(sh("sh -c 'kill -TERM $$; sleep 9'; exit $?")),
  crashed: (bench) => bench.ended(sh("sh -c 'kill -SEGV $$; sleep 9'; exit $?")),
  'start-file-missing': (bench) => bench.ended(sh('exit 127')),
  'start-file-forbidden': (bench) => bench.ended(sh('exit 126')),
  'app-error': (bench) => bench.ended({ Image: 'gantry-test/failing' }),
  unhealthy: async (bench) => {
    const container = await bench.create({
      Healthcheck: { Test: ['CMD-SHELL', 'echo "the page is empty"; exit 1'], Interval: 2e8, Retries: 1 },
    });
    await container.start();
    for (let status = ''; status !== 'unhealthy'; ) {
      status = (await container.inspect()).State.Health?.Status ?? '';
    }
    return bench.whyOf(container);
  },
  'no-door': async (bench) => {
    const container = await bench.create();
    await container.start();
    return bench.whyOf(container);
  },
};

/** What real programs (busybox, runc, the shell) print before they end. */
export const provokedLastWords: Record<string, Provoke> = {
  'exec-format': (bench) =>
    bench.ended({ Image: 'gantry-test/broken', Entrypoint: ['/no-program'], Cmd: [] }),
  'interpreter-missing': (bench) =>
    bench.ended({ Image: 'gantry-test/broken', Entrypoint: ['/start.sh'], Cmd: [] }),
  'variable-missing': (bench) => bench.ended(sh('set -u; echo $API_TOKEN')),
  'address-in-use': (bench) => bench.ended(sh('httpd -p 81; httpd -p 81')),
  'server-unreachable': (bench) => bench.ended(sh('wget http://127.0.0.1:5432/')),
  'disk-full-inside': (bench) =>
    bench.ended({
      ...sh('dd if=/dev/zero of=/small/file bs=1M count=2'),
      HostConfig: { Tmpfs: { '/small': 'size=1m' } },
    }),
  'read-only': (bench) => bench.ended({ ...sh('touch /file'), HostConfig: { ReadonlyRootfs: true } }),
  'permission-denied': (bench) => bench.ended({ ...sh('echo text > /www/file'), User: 'web' }),
  'program-missing': (bench) => bench.ended(sh('serve --all')),
  'file-missing': (bench) => bench.ended(sh('cat /etc/shop.conf')),
};
