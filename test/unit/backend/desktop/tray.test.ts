import { describe, expect, it } from 'vitest';
import { type TrayState, trayModel } from '#backend/desktop/tray-model';
import type { Container, TrayItem } from '#contract';
import { trayItem } from '#contract/desktop';
import { aContainer } from '../../../harness/a-container';
import { anEngine, aVm } from '../../../harness/a-vm';
import { memorySettings } from '../../registry/stand-in';

const defaults = memorySettings().now;
const port = (containerPort: number, hostPort: number) => ({
  containerPort,
  hostPort,
  hostIp: '0.0.0.0',
  protocol: 'tcp' as const,
});

const state = (part: Partial<TrayState> = {}): TrayState => ({
  engine: anEngine({}),
  containers: [],
  beside: null,
  vm: aVm({}),
  settings: defaults,
  since: 1000,
  stopped: [],
  ...part,
});

const inVm = (status: TrayState['vm']['status'], part: Partial<TrayState> = {}) =>
  state({
    settings: { ...defaults, engineChoice: 'vm' },
    vm: aVm({ status }),
    engine: anEngine({ status: status === 'running' ? 'connected' : 'off' }),
    ...part,
  });

const named = (name: string, part: Partial<Container> = {}) =>
  aContainer({ id: `id-${name}`, name, ...part });

function lines(items: readonly TrayItem[]): string[] {
  return items.map((one) => {
    if (one.kind === 'separator') return '-';
    if (one.kind === 'text') return `(${one.label})`;
    return one.kind === 'menu' ? `${one.label} >` : one.label;
  });
}
const linesOf = (part: TrayState) => lines(trayModel(part).items);

function within(items: readonly TrayItem[], label: string): readonly TrayItem[] {
  const found = items.find((one) => one.kind === 'menu' && one.label === label);
  if (found?.kind !== 'menu') throw new Error(`No menu ${label} among ${lines(items).join(', ')}`);
  return found.items;
}
function actionOf(items: readonly TrayItem[], label: string) {
  const found = items.find((one) => one.kind === 'action' && one.label === label);
  if (found?.kind !== 'action') throw new Error(`No item ${label} among ${lines(items).join(', ')}`);
  return found.action;
}

describe('the menu of an engine that is not ours', () => {
  it('starts and stops containers, not the engine', () => {
    const containers = [named('web', { ports: [port(80, 8080)] }), named('db', { state: 'paused' })];
    expect(linesOf(state({ containers }))).toEqual([
      '(Docker running)',
      '(1 container running)',
      '-',
      'Open Gantry',
      'Run a container…',
      '-',
      'db (paused) >',
      'web (port 8080) >',
      '-',
      'Pause everything',
      'Resume everything',
      'Restart everything…',
      'Stop everything…',
      '-',
      'Settings…',
      'Quit Gantry (containers keep running)',
    ]);
  });

  it('says that nothing runs, and offers what was stopped', () => {
    expect(linesOf(state())).toEqual([
      '(Docker running)',
      '(No container running)',
      '-',
      'Open Gantry',
      'Run a container…',
      '-',
      'Settings…',
      'Quit Gantry',
    ]);
    const items = trayModel(state({ stopped: ['id-web'] })).items;
    expect(actionOf(items, 'Start what was stopped')).toEqual({
      kind: 'call',
      procedure: 'desktop.startStopped',
    });
  });

  it('shows no old list while the engine is away', () => {
    const away = trayModel(
      state({
        engine: anEngine({ status: 'reconnecting' }),
        containers: [named('web', { health: 'unhealthy' })],
      }),
    );
    expect(away.look).toBe('stopped');
    expect(lines(away.items)).toEqual([
      '(Reconnecting to Docker…)',
      '-',
      'Open Gantry',
      '-',
      'Settings…',
      'Quit Gantry',
    ]);
  });

  it('asks before what ends containers, naming them', () => {
    const { items } = trayModel(state({ containers: [named('b'), named('a')] }));
    expect(actionOf(items, 'Restart everything…')).toMatchObject({
      procedure: 'desktop.everything',
      input: { verb: 'restart' },
      confirm: { text: '2 containers stop: a, b. What they wrote stays.' },
    });
    expect(actionOf(items, 'Stop everything…')).toMatchObject({ input: { verb: 'stop' } });
  });
});

describe('the menu of Gantry’s own engine', () => {
  const orders = (part: TrayState) =>
    linesOf(part).filter((line) => /engine|everything/i.test(line) && !/^\(|^Quit/.test(line));
  it.each([
    ['absent', ['Start engine']],
    ['building', []],
    ['stopped', ['Start engine']],
    ['starting', ['Stop engine']],
    ['running', ['Put engine to sleep', 'Restart engine', 'Stop engine']],
    ['suspending', []],
    ['suspended', ['Wake engine', 'Stop engine']],
    ['resuming', []],
    ['stopping', []],
    ['failed', ['Start engine']],
  ] as const)('while %s: %j', (status, expected) => {
    expect(orders(inVm(status))).toEqual(expected);
  });

  it('asks when containers would end with it', () => {
    expect(orders(inVm('running', { containers: [named('web')] }))).toEqual([
      'Pause everything',
      'Put engine to sleep',
      'Restart engine…',
      'Stop engine…',
    ]);
  });

  it('puts starting first while it is stopped', () => {
    expect(linesOf(inVm('stopped')).slice(0, 6)).toEqual([
      '(Engine stopped)',
      '(Uses no CPU or memory)',
      '-',
      'Start engine',
      '-',
      'Open Gantry',
    ]);
  });

  it.each([
    [true, 'vm', 'Quit Gantry (engine keeps running)'],
    [false, 'vm', 'Quit Gantry (engine goes to sleep)'],
    [true, 'found', 'Quit Gantry (Gantry’s VM keeps running)'],
  ] as const)(
    'says what quitting leads to: keepRunning %s, engine %s',
    (keepRunning, engineChoice, label) => {
      const settings = { ...defaults, engineChoice, vm: { ...defaults.vm, keepRunning } };
      expect(linesOf(inVm('running', { settings })).at(-1)).toBe(label);
    },
  );

  it('says that the VM ends with its containers where a folder of this computer keeps it from sleeping', () => {
    const folders = [{ path: '/home/me', writable: true }];
    const vm = { ...defaults.vm, keepRunning: false, folders };
    const using = (source: string): Partial<Container> => ({
      mounts: [{ type: 'bind', source, destination: '/site', readOnly: false }],
    });
    const web = named('web', using('/home/me/site'));
    const shown = { settings: { ...defaults, engineChoice: 'vm' as const, vm } };
    const last = (part: Partial<TrayState>) => linesOf(inVm('running', part)).at(-1);
    expect(last({ ...shown, containers: [web] })).toBe('Quit Gantry (engine stops, with its containers)');
    expect(last({ ...shown, containers: [{ ...web, state: 'exited' }] })).toMatch('goes to sleep');
    expect(last({ ...shown, containers: [named('db', using('/srv'))] })).toMatch('goes to sleep');
    const beside = { name: 'Gantry’s VM', containers: new Map([['web', web]]) };
    expect(last({ settings: { ...defaults, vm }, beside })).toBe(
      'Quit Gantry (Gantry’s VM stops, with its containers)',
    );
  });

  it('is an alarm when the VM could not be started', () => {
    const problem = {
      code: 'x',
      title: 'The virtual machine could not be started',
      explanation: '',
      actions: [],
    };
    const ill = trayModel(inVm('failed', { vm: aVm({ status: 'failed', problem }) }));
    expect(ill.look).toBe('attention');
    expect(actionOf(ill.items, problem.title)).toEqual({ kind: 'show', route: '#/home' });
  });
});

describe('what needs a look', () => {
  it('stands above the others, with its own way in', () => {
    const containers = [
      named('web'),
      named('worker', { state: 'restarting', exitCode: 1 }),
      named('grafana', { health: 'unhealthy' }),
    ];
    const { look, tip, items } = trayModel(state({ containers }));
    expect(look).toBe('attention');
    expect(tip).toBe('Gantry: Docker running, 2 need a look');
    expect(lines(items).slice(0, 10)).toEqual([
      '(Docker running, 2 need a look)',
      '(2 containers running)',
      '-',
      'grafana fails its health check >',
      'worker keeps stopping >',
      '-',
      'Open Gantry',
      'Run a container…',
      '-',
      'web >',
    ]);
    expect(lines(within(items, 'worker keeps stopping'))).toEqual([
      'See what happened',
      '-',
      'Logs',
      '-',
      'Restart',
      'Stop',
    ]);
  });

  it('is what failed since Gantry started, not what failed long ago', () => {
    const failed = (name: string, finishedAt: number) =>
      named(name, { state: 'exited', exitCode: 1, finishedAt });
    const { look, items } = trayModel(state({ containers: [failed('old', 999), failed('new', 1001)] }));
    expect(look).toBe('attention');
    expect(lines(items)).toContain('new ended with exit code 1 >');
    expect(lines(items).join()).not.toContain('old');
    expect(trayModel(state({ containers: [failed('old', 999)] })).look).toBe('running');
  });
});

describe('a container’s menu', () => {
  const menuOf = (container: Container) => {
    const { items } = trayModel(state({ containers: [container] }));
    const label = lines(items).find((line) => line.endsWith(' >'));
    return within(items, label?.slice(0, -2) ?? '');
  };

  it('opens what it serves, its logs and a terminal, and stops it', () => {
    const items = menuOf(named('web', { ports: [port(80, 8080)] }));
    expect(lines(items)).toEqual([
      'Open localhost:8080',
      'Copy address',
      '-',
      'Logs',
      'Terminal',
      '-',
      'Restart',
      'Pause',
      'Stop',
    ]);
    expect(actionOf(items, 'Open localhost:8080')).toEqual({ kind: 'browse', url: 'http://localhost:8080' });
    expect(actionOf(items, 'Logs')).toEqual({ kind: 'show', route: '#/containers/id-web/logs' });
    expect(actionOf(items, 'Terminal')).toEqual({ kind: 'show', route: '#/containers/id-web/terminal' });
    expect(actionOf(items, 'Pause')).toEqual({
      kind: 'call',
      procedure: 'containers.pause',
      input: { ids: ['id-web'] },
    });
  });

  it('offers each door, in the browser only what speaks its language', () => {
    const items = menuOf(named('shop', { ports: [port(80, 8080), port(5432, 5432)] }));
    expect(lines(items).slice(0, 3)).toEqual([
      'Open localhost:8080',
      'Copy localhost:8080',
      'Copy localhost:5432',
    ]);
  });

  it('only says what is being done with it meanwhile', () => {
    expect(lines(menuOf(named('web', { busy: 'stopping' })))).toContain('(Stopping…)');
  });
});

it('keeps the menu short: the fifth and all later ones are in one of their own', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => named(name));
  const { items } = trayModel(state({ containers: many }));
  expect(lines(items).slice(6, 11)).toEqual(['a >', 'b >', 'c >', 'd >', '3 more >']);
  expect(lines(within(items, '3 more'))).toEqual(['e >', 'f >', 'g >']);
  expect(linesOf(state({ containers: many.slice(0, 5) })).slice(6, 11)).toEqual([
    'a >',
    'b >',
    'c >',
    'd >',
    'e >',
  ]);
});

it('shows the global keys only while they are on', () => {
  const keysOf = (globalShortcut: boolean) =>
    trayModel(state({ settings: { ...defaults, globalShortcut } })).items.flatMap((one) =>
      one.kind === 'action' && one.keys ? [`${one.label}: ${one.keys}`] : [],
    );
  expect(keysOf(false)).toEqual([]);
  expect(keysOf(true)).toEqual(['Open Gantry: CommandOrControl+Shift+G']);
});

it('passes the contract', () => {
  const { items } = trayModel(state({ containers: [named('web', { ports: [port(80, 8080)] })] }));
  expect(items.map((one) => trayItem.parse(one))).toEqual(items);
});

describe('the engine that is connected beside the shown one', () => {
  const containers = [
    named('web', { ports: [port(80, 8081)] }),
    named('db', { ports: [] }),
    named('old', { state: 'exited' }),
  ];
  const beside = { name: 'Docker', containers: new Map(containers.map((one) => [one.id, one])) };

  it('has a menu of its own, with the doors to what runs in it', () => {
    const { items } = trayModel(inVm('running', { beside }));
    const inside = within(items, 'Docker: 2 running');
    expect(lines(inside)).toEqual(['(db)', 'web >', '-', 'Show Docker here']);
    expect(actionOf(within(inside, 'web'), 'Open localhost:8081')).toEqual({
      kind: 'browse',
      url: 'http://localhost:8081',
    });
    expect(actionOf(inside, 'Show Docker here')).toEqual({
      kind: 'call',
      procedure: 'app.changeSettings',
      input: { engineChoice: 'found' },
    });
  });

  it('is Gantry’s VM while another engine is shown', () => {
    const own = { ...beside, name: 'Gantry’s VM' };
    const inside = within(trayModel(state({ beside: own })).items, 'Gantry’s VM: 2 running');
    expect(actionOf(inside, 'Show Gantry’s VM here')).toMatchObject({ input: { engineChoice: 'vm' } });
  });
});

describe('compose projects', () => {
  const ofShop = (name: string, part: Partial<Container> = {}) =>
    named(name, { project: 'shop', service: name.replace(/-\d$/, ''), ...part });

  it('have a menu with their doors, and start and stop as a whole', () => {
    const containers = [
      ofShop('web-1', { ports: [port(80, 8080)] }),
      ofShop('db-1', { ports: [port(5432, 5432)] }),
      ofShop('job-1', { state: 'exited' }),
      named('alone'),
    ];
    const projects = within(trayModel(state({ containers })).items, 'Projects');
    expect(lines(projects)).toEqual(['shop (2 of 3 running) >']);
    const shop = within(projects, 'shop (2 of 3 running)');
    expect(lines(shop)).toEqual([
      'Open localhost:8080 (web)',
      '-',
      'Start shop',
      'Restart shop…',
      'Stop shop…',
    ]);
    expect(actionOf(shop, 'Start shop')).toEqual({
      kind: 'call',
      procedure: 'containers.start',
      input: { ids: ['id-job-1'] },
    });
    expect(actionOf(shop, 'Stop shop…')).toMatchObject({
      procedure: 'containers.stop',
      input: { ids: ['id-web-1', 'id-db-1'] },
      confirm: { title: 'Stop shop?', text: expect.stringContaining('2 containers stop: web-1, db-1') },
    });
  });

  it('that are stopped can be started, and have no menu where there are none', () => {
    const stopped = [ofShop('web-1', { state: 'exited' })];
    const projects = within(trayModel(state({ containers: stopped })).items, 'Projects');
    expect(lines(within(projects, 'shop (0 of 1 running)'))).toEqual(['Start shop']);
    expect(linesOf(state({ containers: [named('alone')] }))).not.toContain('Projects >');
  });
});
