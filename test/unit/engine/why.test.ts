import { describe, expect, it } from 'vitest';
import { problem as problemSchema } from '#contract/problem';
import type { Circumstances } from '#engine/catalogue/entry';
import { containerInspect } from '#engine/container-inspect';
import { why } from '#engine/why';

interface Given {
  state?: object;
  config?: object;
  host?: object;
  ports?: object;
  restarts?: number;
  lastLines?: string[];
  imagePlatform?: string;
  freeDoor?: number;
}

function explain({ state, config, host, ports, restarts, lastLines = [], imagePlatform, freeDoor }: Given) {
  const all: Circumstances = {
    container: containerInspect.parse({
      Id: 'c0ffee',
      Name: '/web',
      Image: 'sha256:abc',
      RestartCount: restarts ?? 0,
      State: {
        Status: 'exited',
        ExitCode: 0,
        StartedAt: '2026-03-01T10:00:00Z',
        FinishedAt: '2026-03-01T11:00:00Z',
        ...state,
      },
      Config: { Image: 'shop:1', ...config },
      HostConfig: { ...host },
      NetworkSettings: { Ports: ports ?? {} },
    }),
    lastLines,
    enginePlatform: 'linux/amd64',
    imagePlatform,
    ...(freeDoor ? { freeDoor } : {}),
  };
  const found = why(all);
  if (found) problemSchema.parse(found);
  return found;
}

const labels = (found: ReturnType<typeof explain>) => found?.actions.map((action) => action.label);

describe('why', () => {
  it('has nothing to say about what is as it should be', () => {
    expect(explain({})).toBeNull();
    expect(explain({ state: { Status: 'running' } })).toBeNull();
    expect(explain({ state: { Status: 'paused' } })).toBeNull();
    expect(explain({ state: { Status: 'created' } })).toBeNull();
  });

  it.each([
    [
      'command-not-found',
      127,
      'OCI runtime create failed: exec: "serve": executable file not found in $PATH: unknown',
    ],
    ['command-not-allowed', 126, 'OCI runtime create failed: exec: "/app": permission denied: unknown'],
  ])('%s: reads the engine’s start error', (code, ExitCode, said) => {
    const found = explain({ state: { ExitCode, Error: said } });
    expect(found).toMatchObject({ code, detail: said });
    expect(found?.actions.length).toBeGreaterThan(0);
  });

  it('out of memory: names the limit and offers twice as much', () => {
    const found = explain({ state: { ExitCode: 137, OOMKilled: true }, host: { Memory: 256 * 1024 * 1024 } });
    expect(found).toMatchObject({ code: 'out-of-memory', title: 'web ran out of memory' });
    expect(found?.explanation).toContain('256 MB');
    expect(found?.actions[0]).toEqual({
      kind: 'call',
      label: 'Raise to 512 MB and start',
      procedure: 'containers.setMemoryLimit',
      input: { id: 'c0ffee', memoryBytes: 512 * 1024 * 1024, start: true },
    });
  });

  it('tells the ways apart in which a container ends', () => {
    expect(explain({ state: { ExitCode: 137 } })?.code).toBe('force-stopped');
    expect(explain({ state: { ExitCode: 143 } })?.code).toBe('stopped');
    expect(explain({ state: { ExitCode: 139 } })?.code).toBe('crashed');
    const emulated = explain({ state: { ExitCode: 139 }, imagePlatform: 'linux/arm64' });
    expect(emulated?.explanation).toContain('linux/arm64');
    expect(labels(emulated)?.[0]).toBe('Find a tag for this processor');
    expect(explain({ state: { FinishedAt: '2026-03-01T10:00:01Z' } })?.code).toBe('finished');
  });

  it('an error of the program shows its last lines', () => {
    const found = explain({ state: { ExitCode: 3 }, lastLines: ['reading', 'cannot open /etc/shop.conf'] });
    expect(found).toMatchObject({ code: 'app-error', detail: 'reading\ncannot open /etc/shop.conf' });
    expect(found?.explanation).toContain('exit code 3');
    expect(found?.explanation).toContain('cannot open /etc/shop.conf');
  });

  it.each([
    ['POSTGRES_PASSWORD', 'Error: Database is uninitialized and superuser password is not specified.'],
    [
      'MYSQL_ROOT_PASSWORD',
      'Database is uninitialized and password option is not specified\nYou need to specify one of the following: - MYSQL_ROOT_PASSWORD',
    ],
    ['API_TOKEN', 'fatal: environment variable API_TOKEN is not set'],
  ])('a missing %s is recognised in the log', (variable, text) => {
    const found = explain({ state: { ExitCode: 1 }, lastLines: text.split('\n') });
    expect(found).toMatchObject({ code: 'variable-missing', title: 'web needs a password' });
    expect(found?.explanation).toContain(variable);
  });

  const password = (variable: string) => ({
    kind: 'call',
    label: 'Make it again with a generated password',
    procedure: 'containers.replace',
    input: { id: 'c0ffee', change: { kind: 'password', variable } },
  });

  it.each([
    ['POSTGRES_PASSWORD', 'Error: Database is uninitialized and superuser password is not specified.'],
    [
      'MARIADB_ROOT_PASSWORD',
      '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
    ],
    [
      'REDIS_PASSWORD',
      'redis 14:26:55.50 ERROR ==> The REDIS_PASSWORD environment variable is empty or not set. Set the environment variable ALLOW_EMPTY_PASSWORD=yes to allow a blank password.',
    ],
  ])('a server that gives itself %s can have one that Gantry thinks of', (variable, text) => {
    const found = explain({ state: { ExitCode: 1 }, lastLines: text.split('\n') });
    expect(found?.actions[0]).toEqual(password(variable));
  });

  it('a password of somebody else cannot be thought of', () => {
    for (const variable of ['API_TOKEN', 'SMTP_PASSWORD', 'AWS_SECRET_ACCESS_KEY']) {
      const found = explain({ state: { ExitCode: 1 }, lastLines: [`${variable}: parameter not set`] });
      expect(found?.code).toBe('variable-missing');
      expect(labels(found)?.[0]).toBe('Run it anew');
    }
  });

  it('MongoDB: the one of the two that is missing', () => {
    const lastLines = ["error: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'"];
    const state = { ExitCode: 1 };
    const named = explain({ state, lastLines, config: { Env: ['MONGO_INITDB_ROOT_USERNAME=ada'] } });
    expect(named?.actions[0]).toEqual(password('MONGO_INITDB_ROOT_PASSWORD'));
    const secret = explain({ state, lastLines, config: { Env: ['MONGO_INITDB_ROOT_PASSWORD=x'] } });
    expect(secret?.title).toBe('web needs the variable MONGO_INITDB_ROOT_USERNAME');
  });

  it('a restart loop for want of a password ends with one', () => {
    const found = explain({
      state: { Status: 'restarting', ExitCode: 1 },
      host: { RestartPolicy: { Name: 'always' } },
      lastLines: ['Error: Database is uninitialized and superuser password is not specified.'],
    });
    expect(found?.actions[0]).toEqual(password('POSTGRES_PASSWORD'));
    expect(labels(found)?.[1]).toBe('Stop the loop');
  });

  it('a shell without a terminal: with one it stays', () => {
    const moment = { FinishedAt: '2026-03-01T10:00:01Z' };
    const terminal = { kind: 'call', input: { id: 'c0ffee', change: { kind: 'terminal' } } };
    expect(explain({ state: moment, config: { Cmd: ['/bin/bash'] } })?.actions[0]).toMatchObject(terminal);
    for (const config of [{ Cmd: ['sh', '-c', 'date'] }, { Cmd: ['bash'], Tty: true }, { Cmd: ['hello'] }]) {
      expect(labels(explain({ state: moment, config }))).toEqual(['Show its log', 'Start again']);
    }
  });

  it('a program for another processor is recognised in the log', () => {
    const found = explain({ state: { ExitCode: 1 }, lastLines: ['exec /app: exec format error'] });
    expect(found?.code).toBe('exec-format');
  });

  it('a crash loop: stop it, with the reason it ends for', () => {
    const found = explain({
      state: { Status: 'restarting', ExitCode: 1 },
      host: { RestartPolicy: { Name: 'always' } },
      restarts: 12,
      lastLines: ['no route to db'],
    });
    expect(found).toMatchObject({ code: 'crash-loop' });
    expect(found?.explanation).toMatch(/12 times.*exit code 1.*no route to db/);
    expect(labels(found)).toEqual(['Stop the loop', 'Show its log']);
  });

  it('unhealthy: what the check said', () => {
    const check = { Start: '2026-03-01T10:00:00Z', ExitCode: 7, Output: 'connection refused' };
    const found = explain({ state: { Status: 'running', Health: { Status: 'unhealthy', Log: [check] } } });
    expect(found).toMatchObject({ code: 'unhealthy', detail: 'connection refused' });
  });

  it('running without a published port: no door, except where none is needed', () => {
    const config = { ExposedPorts: { '80/tcp': {}, '53/udp': {} } };
    const running = { state: { Status: 'running' }, config };
    expect(explain({ ...running, ports: { '80/tcp': null } })).toMatchObject({ code: 'no-door' });
    expect(
      explain({ ...running, ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] } }),
    ).toBeNull();
    expect(explain({ ...running, host: { NetworkMode: 'host' } })).toBeNull();
    const door = explain({ ...running, freeDoor: 8080 });
    expect(door?.actions[0]).toMatchObject({
      label: 'Make it again, with 80 published as 8080',
      input: { id: 'c0ffee', change: { kind: 'publish', port: 80, to: 8080 } },
    });
    // Its end would be the end of it, too.
    expect(labels(explain({ ...running, freeDoor: 8080, host: { AutoRemove: true } }))).toEqual([
      'Run it anew',
    ]);
    const project = { ...config, Labels: { 'com.docker.compose.project': 'shop' } };
    expect(explain({ ...running, config: project })).toBeNull();
  });
});
