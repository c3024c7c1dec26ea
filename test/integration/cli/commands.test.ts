// The command line as it is built: each command is a process of its own, with a home of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAutostarted } from '#backend/autostart-file';
import { createDisk } from '#vm/disk/disk';
import { writeDockerContext } from '#vm/docker-context';
import { dockerHost, openPlaces, places } from '#vm/places';
import { appEnvironment, ROOT, writeSettings } from '../../harness/app';
import { findProgram, run } from '../../harness/run';

const program = join(ROOT, 'out/cli/gantry.js');
const missing = existsSync(program) ? undefined : 'npm run build was not run';

describe.skipIf(missing)(missing ? `gantry (skipped: ${missing})` : 'gantry', () => {
  let folder: string;
  let home: string;
  let config: string;
  let env: Record<string, string>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gantry-cli-'));
    home = join(folder, 'gantry');
    config = join(folder, 'docker');
    mkdirSync(home);
    mkdirSync(config);
    writeSettings(home, { engineHost: `unix://${folder}/nobody.sock` });
    env = {
      ...appEnvironment({ home }),
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      DOCKER_CONFIG: config,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      BROWSER: '',
    };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function gantry(...args: string[]) {
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => {
      out += part;
    });
    child.stderr.on('data', (part: Buffer) => {
      err += part;
    });
    const [code] = await once(child, 'close');
    return { code, out, err };
  }

  test.each([
    [['nonsense'], 'unknown command'],
    [['open', 'nowhere'], 'Allowed choices are'],
    [['open'], 'missing required argument'],
    [['logs', '--lines', 'many'], 'whole number from 0 to 5000'],
    [['disk', '--grow', '1'], 'whole number of GiB'],
    [['serve', '--port', '70000'], 'whole number from 0 to 65535'],
    [['start', 'now'], 'too many arguments'],
    [['tools', 'install', 'docker'], 'too many arguments'],
    [['uninstall', '--everything'], 'unknown option'],
    [['context'], 'Usage: gantry context'],
    [['completion', 'tcsh'], 'Allowed choices are'],
  ])('%j is not understood: exit code 2, and why', async (args, words) => {
    const { code, out, err } = await gantry(...args);
    expect(err).toContain(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('help is asked for, and tells the exit codes', async () => {
    const { code, out } = await gantry('--help');
    expect(code).toBe(0);
    expect(out).toContain('Exit codes: 0');
  });

  test.each([
    [['status'], 1],
    [['context', 'show'], 0],
    [['docker-env'], 1],
    [['tools', 'status'], 0],
    [['diagnose'], 1],
    [['logs'], 0],
  ])('%j says the same in JSON, and that nothing answers in its exit code', async (args, code) => {
    const said = await gantry(...args, '--json');
    const lines = said.out.trim().split('\n').filter(Boolean);
    for (const line of lines) expect(JSON.parse(line)).toBeInstanceOf(Object);
    expect({ code: said.code, lines: lines.length }).toEqual({
      code,
      lines: args[0] === 'docker-env' ? 0 : args[0] === 'logs' ? lines.length : 1,
    });
  });

  test('without a display `open` says so, and what works instead', async () => {
    const { code, err } = await gantry('open', 'containers');
    expect(code).toBe(1);
    expect(err).toContain('no display');
    expect(err).toContain('gantry serve --no-open');
  });

  test('a window that does not open is told', async () => {
    env.DISPLAY = ':no-such-display';
    writeFileSync(join(home, 'window-program.json'), JSON.stringify({ program: '/bin/false', args: [] }));
    const { code, err } = await gantry('open', 'containers');
    expect(err).toContain('/bin/false ended with 1');
    expect(code).toBe(1);
  });

  test('a home that cannot be one is told in a sentence', async () => {
    env.GANTRY_HOME = join(home, 'settings.json');
    const { code, err } = await gantry('status');
    expect(code).toBe(1);
    expect(err).not.toMatch(/ {4}at /);
    expect(err.trim()).not.toBe('');
  });

  describe('uninstall', () => {
    const autostart = () => join(folder, 'config/autostart/gantry.desktop');
    const link = () => join(folder, '.local/bin/gantry');
    const host = () => dockerHost(places(home));
    const contexts = () => readdirSync(join(config, 'contexts/meta'));
    const left = () => ({
      link: lstatSync(link(), { throwIfNoEntry: false }) !== undefined,
      autostart: existsSync(autostart()),
      contexts: contexts().length,
      settings: existsSync(join(home, 'settings.json')),
    });

    beforeEach(async () => {
      await writeDockerContext(host(), { DOCKER_CONFIG: config });
      writeFileSync(
        join(config, 'config.json'),
        JSON.stringify({ auths: { 'registry.example': {} }, currentContext: 'gantry', detachKeys: 'ctrl-x' }),
      );
      await setAutostarted(autostart(), { program: process.execPath, args: [] });
      for (const path of [link(), join(home, 'tools/gantry')]) mkdirSync(dirname(path), { recursive: true });
      symlinkSync('/bin/echo', join(home, 'tools/gantry'));
      symlinkSync(join(home, 'tools/gantry'), link());
    });
    const everything = { link: true, autostart: true, contexts: 1, settings: true };

    test('names what goes and takes nothing without --yes', async () => {
      const { code, out, err } = await gantry('uninstall');
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(`the link ${link()}`);
      expect(err).toContain('goes back to its own context, default');
      expect(err).toContain(autostart());
      expect(err).toContain(`This stays: ${home}`);
      expect(err).toContain('say --yes');
      expect(left()).toEqual(everything);
    });

    test('takes away exactly that, and data stays', async () => {
      const { code, out } = await gantry('uninstall', '--yes', '--json');
      expect(code).toBe(0);
      const said = JSON.parse(out);
      expect(said.done).toBe(true);
      expect(said.goes.map(({ kind }: { kind: string }) => kind)).toEqual(['link', 'context', 'autostart']);
      expect(said.stays).toEqual([{ path: home, bytes: expect.any(Number) }]);
      expect(left()).toEqual({ link: false, autostart: false, contexts: 0, settings: true });
      // What is the docker command's own stays.
      expect(JSON.parse(readFileSync(join(config, 'config.json'), 'utf8'))).toEqual({
        auths: { 'registry.example': {} },
        detachKeys: 'ctrl-x',
      });
      if (findProgram('docker')) {
        const listed = await run('docker', ['context', 'ls', '--format', '{{.Name}} {{.Current}}'], { env });
        expect(listed.toString()).toBe('default true\n');
      }
      const again = await gantry('uninstall');
      expect(again).toMatchObject({ code: 0 });
      expect(again.err).toContain('nothing outside its folder');
    });

    test('leaves the context of another Gantry, and the one that is in use', async () => {
      const other = { DOCKER_CONFIG: config };
      await writeDockerContext('unix:///home/else/docker.sock', other);
      expect((await gantry('uninstall', '--yes')).code).toBe(0);
      expect(left()).toEqual({ link: false, autostart: false, contexts: 1, settings: true });
      expect(readFileSync(join(config, 'config.json'), 'utf8')).toContain('"currentContext":"gantry"');
    });

    test('with --data deletes Gantry’s files and its disk elsewhere, with their sizes, and nothing of others', async () => {
      const elsewhere = join(folder, 'disks');
      mkdirSync(elsewhere);
      const all = openPlaces(places(home));
      const { path: disk } = await createDisk(all.diskRecord, elsewhere, 4);
      writeFileSync(join(elsewhere, 'mine.txt'), 'mine');
      writeFileSync(join(home, 'mine.txt'), 'mine');

      const asked = await gantry('uninstall', '--data');
      expect(asked.code).toBe(1);
      expect(asked.err).toMatch(new RegExp(`${home} \\(\\d+ MB\\), with every container, image and volume`));
      expect(asked.err).toContain(`${disk} (0 MB), the engine’s disk`);
      expect(existsSync(disk)).toBe(true);

      const { code, out } = await gantry('uninstall', '--data', '--yes', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ done: true, stays: [] });
      expect(readdirSync(elsewhere)).toEqual(['mine.txt']);
      expect(readdirSync(home)).toEqual(['mine.txt']);
    });

    test('waits until Gantry is closed', async () => {
      mkdirSync(join(home, 'window'));
      symlinkSync(`${hostname()}-${process.pid}`, join(home, 'window/SingletonLock'));
      const { code, err } = await gantry('uninstall', '--yes');
      expect(code).toBe(1);
      expect(err).toContain(`Gantry is open (process ${process.pid})`);
      expect(left()).toEqual(everything);
    });
  });
});
