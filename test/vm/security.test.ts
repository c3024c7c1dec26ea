import { chmod, lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { places } from '#vm/places';
import { type Account, makeAccount, runAs, whyNoAccounts } from '../harness/accounts';
import { dockerCli } from '../harness/engine';
import { freePort } from '../harness/free-port';
import { fixtureImage, loadImage } from '../harness/images';
import { describeWithVm, startVm, type TestVm } from '../harness/vm';
import { BOX } from './battery/images';
import { allPorts, listening, type Process, processesWith } from './security/processes';
import { enginePorts, isEngine, type OpenPlace, parseScan, scanScript } from './security/scan';

const limit = 280_000;
/** A boot, and images loaded through it, on a computer that is busy with others, in milliseconds. */
const startLimit = 900_000;
const networks = ['bridge', 'host'];

describeWithVm(
  "what others can reach of an ordinary user's VM",
  () => {
    let owner: Account;
    let stranger: Account;
    let vm: TestVm;
    let home: string;
    let config: string;
    let port: number;
    let docker: (...args: string[]) => Promise<string>;
    let all: ReturnType<typeof places>;

    const inBox = (options: string[], script: string) =>
      docker('run', '--rm', ...options, BOX, 'sh', '-c', script);

    beforeAll(async () => {
      [owner, stranger] = [await makeAccount(), await makeAccount()];
      home = join(owner.home, 'gantry');
      all = places(home);
      config = await mkdtemp(join(tmpdir(), 'gantry-test-'));
      vm = await startVm(home, { folders: [{ path: owner.home, writable: true }] }, { account: owner });
      const cli = dockerCli({ host: vm.dockerHost, configFolder: config });
      docker = (...args) => cli(args);
      await loadImage({ cli }, await fixtureImage('hello'), BOX);
      port = await freePort();
      await docker('run', '-d', '-p', `${port}:80`, BOX);
    }, startLimit);
    afterAll(async () => {
      await vm?.stop();
      await rm(config, { recursive: true });
      await owner?.remove();
      await stranger?.remove();
    });

    const ownProcesses = () => processesWith(home);

    it('nothing of it runs with more rights than the user has', async () => {
      const found = await ownProcesses();
      const names = found.map(({ commandLine: [program = ''] }) => program.split('/').at(-1));
      expect(names).toEqual(expect.arrayContaining(['node', 'qemu-system-x86_64', 'virtiofsd']));
      for (const { uids, gids } of found) {
        expect(new Set(uids)).toEqual(new Set([owner.uid]));
        expect(new Set(gids)).toEqual(new Set([owner.gid]));
      }
    });

    it('only published ports listen, on this computer alone', async () => {
      const found = await ownProcesses();
      const keeper = found.filter(({ commandLine }) =>
        commandLine.some((word) => word.endsWith('keeper.js')),
      );
      const others = found.filter((one) => !keeper.includes(one));
      expect(await listening(keeper.map(({ pid }) => pid))).toEqual([`127.0.0.1:${port}`, `[::1]:${port}`]);
      expect(await listening(others.map(({ pid }) => pid))).toEqual([]);
    });

    it('the secret of the link is in no command line and no environment', async () => {
      const secret = /^secret=([0-9a-f]{32})$/m.exec(await readFile(all.guestConfig, 'utf8'))?.[1] ?? '';
      expect(secret).toHaveLength(32);
      const shown = ({ commandLine, environment }: Process) => [...commandLine, ...environment].join('\n');
      for (const one of await ownProcesses()) expect(shown(one)).not.toContain(secret);
      expect(await vm.inGuest('cat', '/proc/cmdline')).not.toContain(secret);
      // Where the guest keeps it is closed for everyone but its root.
      expect(await vm.inGuest('stat', '-c', '%a %u', '/run/gantry/secret', '/run/gantry/config')).toBe(
        '600 0\n600 0',
      );
    });

    it('no file of it gives another user any right', async () => {
      const entries = await readdir(home, { recursive: true, withFileTypes: true });
      const open: string[] = [];
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name);
        const { mode, uid } = await lstat(path);
        if ((mode & 0o077) !== 0 || uid !== owner.uid)
          open.push(`${path} ${(mode & 0o777).toString(8)} ${uid}`);
      }
      expect(entries.length).toBeGreaterThan(10);
      expect(open).toEqual([]);
    });

    it('another user can open neither sockets nor files of it, though the folders above are open', async () => {
      await chmod(owner.home, 0o755);
      await chmod(home, 0o755);
      const paths = [
        ...[
          all.dockerSocket,
          all.keeperSocket,
          all.shellSocket,
          all.qmpSocket,
          all.linkSocket,
          all.aliveSocket,
        ],
        ...[
          all.guestConfig,
          all.machine,
          all.order,
          all.serialLog,
          all.keeperLog,
          join(all.vm, 'gantry-data.raw'),
        ],
      ];
      const script = `
        const { createConnection } = require('node:net');
        const { openSync } = require('node:fs');
        const [path] = process.argv.slice(1);
        const told = (error) => { console.log(error.code); process.exit(); };
        if (!path.endsWith('.sock')) try { openSync(path, 'r'); console.log('opened'); } catch (error) { told(error); }
        else createConnection(path, () => { console.log('opened'); process.exit(); }).on('error', told);`;
      for (const path of paths) {
        expect([path, (await lstat(path)).isFile() || (await lstat(path)).isSocket()]).toEqual([path, true]);
        const done = await runAs(stranger, process.execPath, '-e', script, path);
        expect([path, done.out.trim()]).toEqual([path, 'EACCES']);
      }
      // The same program, as the owner, can: so that it is the rights that stop the other one.
      const own = await runAs(owner, process.execPath, '-e', script, all.dockerSocket);
      expect(own.out.trim()).toBe('opened');
    });

    it('another user can publish the ports of no container, but reach them, as those of any program', async () => {
      const done = await runAs(stranger, 'docker', '-H', vm.dockerHost, 'ps');
      expect([done.code, done.err]).toEqual([1, expect.stringContaining('permission denied')]);
    });

    /** Every address that could lead to the engine, in the guest and on this computer. */
    async function addresses(): Promise<string[]> {
      const own = await vm.inGuest('sh', '-c', "ip -4 -o addr | sed 's/.* inet //; s#/.*##'");
      const gateway = await vm.inGuest('cat', '/run/gantry/gateway');
      const dns = gateway.replace(/\.\d+$/, '.3');
      return [...new Set([...own.split('\n'), gateway, dns])];
    }

    /** TCP ports on which the guest listens, of this kind of addresses. */
    async function listenersInGuest(kind: 'loopback' | 'other'): Promise<number[]> {
      // The fourth column of /proc/net/tcp is the state, of which 0A is listening; the second is address:port. The
      // address is in words of 32 bits with the first byte last.
      const lines = await vm.inGuest('sh', '-c', 'cat /proc/net/tcp /proc/net/tcp6');
      const words = lines.split('\n').map((line) => line.trim().split(/\s+/));
      const places = words.filter((word) => word[3] === '0A').map((word) => (word[1] ?? '').split(':'));
      const isLoopback = (address = '') => /^[0-9A-F]{6}7F$|^0{24}01000000$/.test(address);
      return places
        .filter(([address]) => isLoopback(address) === (kind === 'loopback'))
        .map(([, port = '']) => Number.parseInt(port, 16));
    }

    async function scan(network: string): Promise<OpenPlace[]> {
      const ports = [
        ...new Set([
          ...enginePorts,
          ...(await allPorts()),
          ...(await listenersInGuest('other')),
          ...(await listenersInGuest('loopback')),
        ]),
      ];
      const script = scanScript(await addresses(), ports);
      return parseScan(await inBox(['--network', network], script));
    }

    it('the guest itself listens for names and published ports alone', { timeout: limit }, async () => {
      expect(await listenersInGuest('other')).toEqual([53]);
      expect(new Set(await listenersInGuest('loopback'))).toEqual(new Set([port]));
    });

    for (const network of networks) {
      it(`a container (network ${network}) finds no engine, and this computer not at all but for names`, {
        timeout: limit,
      }, async () => {
        const open = await scan(network);
        expect(open.filter(isEngine)).toEqual([]);
        const gateway = await vm.inGuest('cat', '/run/gantry/gateway');
        const dns = gateway.replace(/\.\d+$/, '.3');
        const onHost = open.filter(({ address }) => address === gateway || address === dns);
        expect(onHost.filter(({ port: found }) => found !== 53)).toEqual([]);
      });
    }

    it('with access to this computer a container reaches its programs, but still no engine', {
      timeout: limit,
    }, async () => {
      await vm.change({ hostAccess: true });
      const gateway = await vm.inGuest('cat', '/run/gantry/gateway');
      for (const network of networks) {
        const open = await scan(network);
        expect(open.filter(isEngine)).toEqual([]);
        // The published port of a container is such a program.
        expect(open).toContainEqual({ address: gateway, port, answer: expect.stringContaining('HTTP/1.') });
      }
      await vm.change({ hostAccess: false });
      expect(parseScan(await inBox([], scanScript([gateway], [port])))).toEqual([]);
    });

    it('a container can read neither what the VM was told nor its devices', { timeout: limit }, async () => {
      const numbers = async (path: string) => (await vm.inGuest('sh', '-c', `cat ${path}`)).split(':');
      const [linkMajor, linkMinor] = await numbers('/sys/class/virtio-ports/*/dev');
      const [diskMajor, diskMinor] = await numbers('/sys/block/vdb/dev');
      const script = `
        for place in /sys/firmware/qemu_fw_cfg /run/gantry /run/docker.sock; do [ ! -e $place ] || echo "sees $place"; done
        mknod /link c ${linkMajor} ${linkMinor}; head -c 1 /link && echo "reads the link"
        (echo x > /link) && echo "writes to the link"
        mknod /disk b ${diskMajor} ${diskMinor}; head -c 1 /disk && echo "reads the disk"
        for port in /dev/vport* /dev/port /dev/mem; do [ ! -e $port ] || echo "has $port"; done
        grep -a "@.*\\(containerd\\|docker\\|gantry\\)" /proc/net/unix
        true`;
      for (const network of networks) {
        expect([network, await inBox(['--network', network], script)]).toEqual([network, '']);
      }
      // With all capabilities, too, as long as it is not given the machine's devices by --privileged.
      expect(await inBox(['--cap-add', 'ALL', '--network', 'host'], script)).toBe('');
    });
  },
  whyNoAccounts(),
);
