import { describe, expect, it } from 'vitest';
import type { RunSpec } from '#contract';
import { commands, commandWords } from '#contract/commands';
import { parseRunLine } from '#engine/run/parse';

/** mulberry32: the same numbers every time for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const hostile = [
  '',
  'a',
  "it's",
  '"',
  '$HOME',
  '`id`',
  'a b',
  'x\ny',
  '\\',
  '#',
  'ü–א',
  'a=b',
  '-x',
  '!',
  '*',
  ';&|',
];

/** A run in which everything that can be is given, or not, by chance. */
function anySpec(seed: number): RunSpec {
  const next = random(seed);
  const chance = (part = 0.5) => next() < part;
  const whole = (below: number) => Math.floor(next() * below);
  const pick = <T>(items: readonly T[]): T => items[whole(items.length)] as T;
  const some = <T>(make: () => T): T[] => Array.from({ length: whole(4) }, make);
  const maybe = <T>(field: string, make: () => T) => (chance() ? { [field]: make() } : {});
  const name = () => `N${whole(100)}_${pick(['x', 'Y', '.', '-'])}`;
  const path = () => `/${pick(['data', 'a b', "it's", 'x,y', 'q"q', 'a:b', 'ü'])}/${whole(100)}`;
  const mounts: (() => RunSpec['mounts'][number])[] = [
    () => ({ type: 'volume', source: chance() ? `v${whole(9)}.x` : '', target: path(), readOnly: chance() }),
    () => ({ type: 'bind', source: path(), target: path(), readOnly: chance() }),
    () => ({ type: 'tmpfs', source: '', target: path(), readOnly: false }),
  ];
  return {
    image: pick(['nginx', 'nginx:1.29', 'localhost:5000/a/b:c', `a@sha256:${'0'.repeat(64)}`]),
    ...maybe('name', () => `web-${whole(99)}`),
    ports: some(() => ({
      containerPort: 1 + whole(65535),
      hostPort: chance(0.8) ? 1 + whole(65535) : null,
      protocol: pick(['tcp', 'udp', 'sctp'] as const),
      hostIp: pick(['127.0.0.1', '0.0.0.0', '::1', '192.168.1.5']),
    })),
    env: some(() => ({ name: name(), value: pick(hostile) })),
    mounts: some(() => pick(mounts)()),
    restart: pick(['no', 'on-failure', 'unless-stopped', 'always'] as const),
    ...maybe('user', () => pick(['root', '1000:1000'])),
    ...maybe('workdir', path),
    ...maybe('network', () => pick(['front', 'host', 'container:db'])),
    ...maybe('hostname', () => 'box.example'),
    labels: some(() => ({ name: name(), value: pick(hostile) })),
    ...maybe('cpus', () => pick([0.5, 1, 1.25, 16])),
    ...maybe('memoryBytes', () => 1 + whole(2 ** 40)),
    ...maybe('health', () => ({
      command: pick(hostile.filter(Boolean)),
      intervalSeconds: pick([0.5, 1, 30, 90]),
      timeoutSeconds: pick([1, 10]),
      retries: 1 + whole(9),
      startPeriodSeconds: pick([0, 5]),
    })),
    ...maybe('platform', () => pick(['linux/amd64', 'linux/arm/v7'])),
    privileged: chance(),
    capAdd: some(() => pick(['NET_ADMIN', 'SYS_TIME'])),
    capDrop: some(() => pick(['ALL', 'MKNOD'])),
    tty: chance(),
    autoRemove: chance(),
    ...maybe('entrypoint', () => [pick(hostile)]),
    ...(chance() ? { command: [pick(hostile), ...some(() => pick(hostile))] } : {}),
  };
}

describe('the docker run line of a run', () => {
  it('says everything that was asked for: read back it gives the same run', () => {
    for (let seed = 1; seed <= 2000; seed += 1) {
      const spec = anySpec(seed);
      const line = commandWords(commands.run(spec), { reveal: true }).join(' ');
      expect(parseRunLine(line), `seed ${seed}: ${line}`).toMatchObject({ spec, ignored: [], notes: [] });
      expect(parseRunLine(line).spec, `seed ${seed}: ${line}`).toEqual(spec);
    }
  });
});
