import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Account, makeAccount, whyNoAccounts } from '../harness/accounts';
import { dockerCli } from '../harness/engine';
import { freePort } from '../harness/free-port';
import { fixtureImage, loadImage } from '../harness/images';
import { type NameServer, startNameServer } from '../harness/name-server';
import { run } from '../harness/run';
import { describeWithVm, startVm, type TestVm } from '../harness/vm';
import { exchange } from './battery/connect';
import { BOX } from './battery/images';

const limit = 240_000;
/** A boot, and images loaded through it, on a computer that is busy with others, in milliseconds. */
const startLimit = 900_000;
const internal = 'host.docker.internal';

/** A registry without any image, for one name, and the certificate to trust. */
async function startTlsRegistry(folder: string): Promise<{ server: Server; certificate: string }> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${internal}`],
    ...['-addext', `subjectAltName=DNS:${internal}`, '-keyout', key, '-out', certificate],
  ]);
  const server = createTlsServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, answer) => {
      const known = request.url === '/v2/';
      answer.writeHead(known ? 200 : 404, { 'Content-Type': 'application/json' });
      answer.end(known ? '{}' : '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
    },
  );
  await listen(server);
  return { server, certificate };
}

const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
};
const close = (server: Server) => new Promise((resolve) => server.close(resolve));

/** An address of this computer in some network; undefined where it is in none. */
const outerAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal: own }) => family === 'IPv4' && !own)?.address;

describeWithVm(
  'the network of a VM',
  () => {
    let account: Account;
    let folder: string;
    let resolvConf: string;
    let names: NameServer[];
    let registry: { server: Server; certificate: string };
    let web: Server;
    let vm: TestVm;
    let gateway: string;
    let docker: (...args: string[]) => Promise<string>;

    const inBox = (options: string[], script: string) =>
      docker('run', '--rm', ...options, BOX, 'sh', '-c', script);
    // The busybox that the other images take from this computer may be one whose wget ends with a signal (Debian 12).
    const wget = '/bin/busybox wget -q -T 30 -O -';
    const inWelcome = (options: string[], script: string) =>
      docker('run', '--rm', ...options, '--entrypoint', '/bin/busybox', 'gantry/welcome', 'sh', '-c', script);
    const askWeb = (options: string[] = []) =>
      inWelcome(options, `${wget} http://${gateway}:${portOf(web)}/ || echo no way`);
    /** The guest's clock, in milliseconds since 1970. busybox tells it with all digits by this command alone. */
    async function guestClock(): Promise<number> {
      const said = await vm.inGuest('adjtimex');
      const field = (name: string) => Number(new RegExp(`${name}:\\s*(\\d+)`).exec(said)?.[1]);
      return field('time.tv_sec') * 1000 + field('time.tv_usec') / 1000;
    }
    /** Starts a web server in a container; gives the port of this computer. */
    async function publish(where: string): Promise<number> {
      const port = await freePort();
      await docker('run', '-d', '-p', `${where}${port}:80`, BOX);
      return port;
    }
    const hello = Buffer.from('GET / HTTP/1.0\r\n\r\n');
    const answers = (address: string, port: number) =>
      vi.waitFor(
        async () => expect(String(await exchange(address, port, hello))).toContain('Hello from Gantry'),
        {
          timeout: 60_000,
          interval: 200,
        },
      );

    beforeAll(async () => {
      account = await makeAccount();
      folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
      // The keeper's user reads the certificate there.
      await chmod(folder, 0o755);
      names = [
        await startNameServer('127.0.0.153', '192.0.2.1'),
        await startNameServer('127.0.0.154', '192.0.2.2'),
      ];
      resolvConf = join(folder, 'resolv.conf');
      await writeFile(resolvConf, 'nameserver 127.0.0.153\n');
      registry = await startTlsRegistry(folder);
      web = createServer((_request, answer) => answer.end('the web server'));
      await listen(web);
      vm = await startVm(
        join(account.home, 'gantry'),
        {
          proxy: {
            mode: 'manual',
            http: 'http://proxy.test:3128',
            https: 'http://proxy.test:3129',
            except: `${internal},.test`,
          },
          certificates: [registry.certificate],
        },
        { account, resolvConf },
      );
      const cli = dockerCli({ host: vm.dockerHost, configFolder: folder });
      docker = (...args) => cli(args);
      await loadImage({ cli }, await fixtureImage('hello'), BOX);
      gateway = await vm.inGuest('cat', '/run/gantry/gateway');
      await docker('network', 'create', 'own');
    }, startLimit);
    afterAll(async () => {
      await vm?.stop();
      await Promise.all([close(web), close(registry.server), ...names.map((server) => server.stop())]);
      await rm(folder, { recursive: true });
      await account?.remove();
    });

    it("asks this computer's name servers, also after they have changed", { timeout: limit }, async () => {
      const ask = (...options: string[]) => inBox(options, 'nslookup -type=a name.test');
      expect(await ask()).toContain('192.0.2.1');
      await writeFile(resolvConf, 'nameserver 127.0.0.154\n');
      await vi.waitFor(async () => expect(await ask()).toContain('192.0.2.2'), { timeout: 30_000 });
      expect(await ask('--network', 'own')).toContain('192.0.2.2');
    });

    it('tells the engine the proxies', { timeout: limit }, async () => {
      const format = '{{.HTTPProxy}} {{.HTTPSProxy}} {{.NoProxy}}';
      expect(await docker('info', '--format', format)).toBe(
        `http://proxy.test:3128 http://proxy.test:3129 ${internal},.test`,
      );
    });

    it('lets containers reach this computer only while the setting says so', { timeout: limit }, async () => {
      expect(await askWeb()).toBe('no way');
      expect(await askWeb(['--network', 'host'])).toBe('no way');
      await vm.change({ hostAccess: true });
      expect(await askWeb()).toBe('the web server');
      expect(await askWeb(['--network', 'host'])).toBe('the web server');
      const byName = ['--add-host', `${internal}:host-gateway`];
      const ask = `${wget} http://${internal}:${portOf(web)}/`;
      expect(await inWelcome(byName, ask)).toBe('the web server');
    });

    it('trusts the certificate authorities of the settings', { timeout: limit }, async () => {
      // Access to this computer is on. An unknown authority would be what the engine complains of.
      const image = `${internal}:${portOf(registry.server)}/some/image:tag`;
      await expect(docker('pull', image)).rejects.toThrow(/manifest unknown/);
      await vm.change({ hostAccess: false });
      expect(await askWeb()).toBe('no way');
    });

    it('opens ports on this computer alone, for both kinds of addresses', { timeout: limit }, async () => {
      const port = await publish('');
      await answers('127.0.0.1', port);
      await answers('::1', port);
      if (outerAddress) {
        await expect(exchange(outerAddress, port, Buffer.from('x'))).rejects.toThrow('ECONNREFUSED');
      }
    });

    it('opens ports at an address that is named, and for the network when the setting says so', {
      timeout: limit,
    }, async () => {
      const named = await publish('127.0.0.2:');
      await answers('127.0.0.2', named);
      await expect(exchange('127.0.0.1', named, Buffer.from('x'))).rejects.toThrow('ECONNREFUSED');
      await vm.change({ portsOn: 'network' });
      const everywhere = await publish('');
      await answers('127.0.0.1', everywhere);
      await answers('::1', everywhere);
      if (outerAddress) await answers(outerAddress, everywhere);
    });

    it('has the right time after it was suspended', { timeout: limit }, async () => {
      await vm.vm.suspend();
      await new Promise((resolve) => setTimeout(resolve, 4000));
      await docker('version');
      const before = Date.now();
      const inside = await guestClock();
      const after = Date.now();
      console.log(`guest's clock: between ${inside - after} and ${inside - before} ms apart`);
      // It was read at some moment between the two.
      expect(inside).toBeGreaterThan(before - 100);
      expect(inside).toBeLessThan(after + 100);
    });

    it('has the right time again when it is told to, however far it was off', {
      timeout: limit,
    }, async () => {
      await vm.inGuest('date', '-s', '2020-02-02 02:02:02');
      expect(Date.now() - (await guestClock())).toBeGreaterThan(60_000);
      await vm.vm.setClock();
      expect(Math.abs(Date.now() - (await guestClock()))).toBeLessThan(5000);
    });

    it('gives the engine its daemon.json, and takes one back that it refuses', {
      timeout: limit,
    }, async () => {
      const labels = () => docker('info', '--format', '{{.Labels}}');
      await vm.vm.configureEngine('{ "labels": ["purpose=tests"] }');
      expect(await labels()).toBe('[purpose=tests]');
      // The engine's own check finds this one.
      await expect(vm.vm.configureEngine('{ "surely-unknown": true }')).rejects.toMatchObject({
        problem: { code: 'engine-config-refused', detail: expect.stringContaining('surely-unknown') },
      });
      // And this one ends it when it starts.
      await expect(vm.vm.configureEngine('{ "default-runtime": "surely-missing" }')).rejects.toMatchObject({
        problem: { code: 'engine-config-refused', detail: expect.stringContaining('surely-missing') },
      });
      expect(await labels()).toBe('[purpose=tests]');
      expect(vm.vm.state).toMatchObject({ status: 'running', problem: null });
    });

    it('starts without a daemon.json that the engine does not come up with, and has its swap', {
      timeout: limit,
    }, async () => {
      expect(await vm.inGuest('cat', '/proc/swaps')).toMatch(/\/data\/gantry-swap\s+file\s+1048572/);
      await vm.change({ engineConfig: '{ "default-runtime": "surely-missing" }', swapMiB: 64 });
      await vm.vm.restart();
      expect(await vm.inGuest('cat', '/proc/swaps')).toMatch(/\/data\/gantry-swap\s+file\s+65532/);
      // Reserved, not written out.
      expect(await vm.inGuest('stat', '-c', '%s %a', '/data/gantry-swap')).toBe(`${64 * 1024 ** 2} 600`);
      expect(vm.vm.state.problem).toMatchObject({ code: 'engine-config-dropped' });
      expect(vm.vm.state.problem?.detail).toContain('surely-missing');
      expect(await docker('info', '--format', '{{.Labels}}')).toBe('[]');
      await vm.change({ engineConfig: '' });
    });

    it('asks the name servers of the settings, when there are any', { timeout: limit }, async () => {
      await vm.change({ dns: ['192.0.2.53', '192.0.2.54'] });
      await vm.vm.restart();
      expect(await vm.inGuest('cat', '/run/gantry/name-servers')).toBe('192.0.2.53 192.0.2.54');
      // Nobody answers there, and no one else is asked.
      expect(await inBox([], 'nslookup -type=a name.test || echo unknown')).toMatch(/unknown$/);
    });
  },
  whyNoAccounts(),
);
