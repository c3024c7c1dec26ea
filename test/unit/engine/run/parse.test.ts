import { describe, expect, it } from 'vitest';
import { ProblemError } from '#contract/problem';
import { parseRunLine } from '#engine/run/parse';

const specOf = (line: string) => parseRunLine(line).spec;

describe('reading a docker run line', () => {
  it('reads what documentation says', () => {
    const { spec, ignored, notes } = parseRunLine(`$ docker run -d \\
      --name some-postgres \\
      -p 5432:5432 -p 127.0.0.1:9000:9000/udp \\
      -e POSTGRES_PASSWORD='my secret' -e TZ=Europe/Berlin \\
      -v pgdata:/var/lib/postgresql/data \\
      -v /srv/seed:/docker-entrypoint-initdb.d:ro,z \\
      --restart=always --memory 512m --cpus=1.5 --init --gpus all \\
      postgres:18 -c shared_buffers=256MB`);
    expect(spec).toEqual({
      image: 'postgres:18',
      name: 'some-postgres',
      ports: [
        { containerPort: 5432, hostPort: 5432, protocol: 'tcp', hostIp: '0.0.0.0' },
        { containerPort: 9000, hostPort: 9000, protocol: 'udp', hostIp: '127.0.0.1' },
      ],
      env: [
        { name: 'POSTGRES_PASSWORD', value: 'my secret', secret: true },
        { name: 'TZ', value: 'Europe/Berlin' },
      ],
      mounts: [
        { type: 'volume', source: 'pgdata', target: '/var/lib/postgresql/data', readOnly: false },
        { type: 'bind', source: '/srv/seed', target: '/docker-entrypoint-initdb.d', readOnly: true },
      ],
      restart: 'always',
      memoryBytes: 512 * 1024 * 1024,
      cpus: 1.5,
      command: ['-c', 'shared_buffers=256MB'],
      labels: [],
      privileged: false,
      capAdd: [],
      capDrop: [],
      tty: false,
      autoRemove: false,
    });
    expect(ignored).toEqual([
      'z of --volume /srv/seed:/docker-entrypoint-initdb.d:ro,z',
      '--init',
      '--gpus all',
    ]);
    expect(notes).toEqual([]);
  });

  it('reads short flags together, with and without a space before the value', () => {
    expect(specOf('docker run -it --rm -p8080:80 -eA=1 -w=/app -u 1000:1000 -h box alpine sh')).toMatchObject(
      {
        tty: true,
        autoRemove: true,
        ports: [{ hostPort: 8080, containerPort: 80 }],
        env: [{ name: 'A', value: '1' }],
        workdir: '/app',
        user: '1000:1000',
        hostname: 'box',
        image: 'alpine',
        command: ['sh'],
      },
    );
    expect(specOf('docker run -dp 3000:3000 app').ports).toEqual([
      { containerPort: 3000, hostPort: 3000, protocol: 'tcp', hostIp: '0.0.0.0' },
    ]);
  });

  it.each([
    ['80', { hostPort: null, containerPort: 80, hostIp: '0.0.0.0' }],
    ['127.0.0.1::80', { hostPort: null, containerPort: 80, hostIp: '127.0.0.1' }],
    ['[::1]:8080:80', { hostPort: 8080, containerPort: 80, hostIp: '::1' }],
  ])('reads the port %s', (value, port) => {
    expect(specOf(`docker run -p ${value} web`).ports).toMatchObject([port]);
  });

  it('reads ranges of ports', () => {
    expect(specOf('docker run -p 8000-8002:9000-9002 web').ports.map((port) => port.hostPort)).toEqual([
      8000, 8001, 8002,
    ]);
    const wider = parseRunLine('docker run -p 8000-8010:80 web');
    expect(wider.spec.ports).toMatchObject([{ hostPort: null, containerPort: 80 }]);
    expect(wider.notes).toEqual(['The engine chooses a port for 8000-8010:80.']);
    expect(parseRunLine('docker run -p 8000:80-90 web').ignored).toEqual(['--publish 8000:80-90']);
    expect(parseRunLine('docker run -p 99999:80 web').ignored).toEqual(['--publish 99999:80']);
  });

  it.each([
    ['-v /data', { type: 'volume', source: '', target: '/data', readOnly: false }],
    ['-v ./html:/www', { type: 'bind', source: './html', target: '/www', readOnly: false }],
    ['-v $PWD:/src', { type: 'bind', source: '$PWD', target: '/src', readOnly: false }],
    ['-v C:\\data:/data:ro', { type: 'bind', source: 'C:\\data', target: '/data', readOnly: true }],
    ['--mount src=a,dst=/a,ro', { type: 'volume', source: 'a', target: '/a', readOnly: true }],
    [
      '--mount type=bind,source=/a,target=/b,readonly=false',
      { type: 'bind', source: '/a', target: '/b', readOnly: false },
    ],
    [
      `--mount 'type=bind,"source=/a,b",target=/b'`,
      { type: 'bind', source: '/a,b', target: '/b', readOnly: false },
    ],
    ['--tmpfs /run:size=64m', { type: 'tmpfs', source: '', target: '/run', readOnly: false }],
  ])('reads the mount %s', (flag, mount) => {
    expect(specOf(`docker run ${flag} web`).mounts).toEqual([mount]);
  });

  it('reads a health check with the defaults of the engine', () => {
    expect(specOf(`docker run --health-cmd 'wget -q localhost' --health-interval 1m30s web`).health).toEqual({
      command: 'wget -q localhost',
      intervalSeconds: 90,
      timeoutSeconds: 30,
      retries: 3,
      startPeriodSeconds: 0,
    });
    expect(parseRunLine('docker run --health-retries 2 web').ignored).toEqual([
      '--health-… without --health-cmd',
    ]);
  });

  it('says what a terminal would have put in', () => {
    const { spec, notes } = parseRunLine('docker run -e TOKEN -v $HOME:/home web');
    expect(spec.env).toEqual([{ name: 'TOKEN', value: '', secret: true }]);
    expect(notes).toEqual([
      '$HOME is kept as it is written: no shell reads this line.',
      'TOKEN would take its value from the terminal; enter it here.',
    ]);
  });

  it('does not take the value of a flag it has no field for for the image', () => {
    const { spec, ignored } = parseRunLine('docker run --shm-size 1g --env-file .env --read-only web');
    expect(spec.image).toBe('web');
    expect(ignored).toEqual(['--shm-size 1g', '--env-file .env', '--read-only']);
  });

  it('finds the line among other commands', () => {
    const { spec, ignored } = parseRunLine(
      'docker pull web\nsudo docker --context x container run web && echo ok',
    );
    expect(spec.image).toBe('web');
    expect(ignored).toEqual(['docker pull web', 'echo ok']);
  });

  it('leaves the flags after the image to the image', () => {
    expect(specOf('docker run --entrypoint "" tool --name x')).toMatchObject({
      image: 'tool',
      entrypoint: [''],
      command: ['--name', 'x'],
    });
  });

  it.each(['', 'ls', 'docker ps', 'docker run', 'docker run --name', 'docker run "web'])(
    'refuses %j',
    (line) => {
      expect(() => parseRunLine(line)).toThrow(ProblemError);
    },
  );
});
