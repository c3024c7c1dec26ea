import type { RunSpec } from '#contract';

export const plain: RunSpec = {
  image: 'gantry-test/hello',
  ports: [],
  env: [],
  mounts: [],
  restart: 'no',
  labels: [],
  privileged: false,
  capAdd: [],
  capDrop: [],
  tty: false,
  autoRemove: false,
};

/** Runs that together use every field; folders and volumes begin with `folder` and `prefix`. */
export const variedSpecs = (prefix: string, folder: string): Record<string, Partial<RunSpec>> => ({
  nothing: {},
  ports: {
    ports: [
      { containerPort: 80, hostPort: 48080, protocol: 'tcp', hostIp: '127.0.0.1' },
      { containerPort: 80, hostPort: 48081, protocol: 'tcp', hostIp: '0.0.0.0' },
      { containerPort: 53, hostPort: null, protocol: 'udp', hostIp: '127.0.0.1' },
      { containerPort: 90, hostPort: null, protocol: 'tcp', hostIp: '0.0.0.0' },
      { containerPort: 91, hostPort: 48091, protocol: 'tcp', hostIp: '::1' },
    ],
  },
  variables: {
    env: [
      { name: 'PASSWORD', value: 'a b "c" $d', secret: true },
      { name: 'EMPTY', value: '' },
      { name: 'GREETING', value: 'line\nline=2' },
      { name: 'discovery.type', value: 'ü' },
    ],
    labels: [
      { name: 'team', value: 'shop' },
      { name: 'empty', value: '' },
      { name: 'odd', value: '<b> "x"' },
    ],
  },
  mounts: {
    mounts: [
      { type: 'volume', source: `${prefix}-data`, target: '/data', readOnly: false },
      { type: 'volume', source: `${prefix}-ro`, target: '/ro', readOnly: true },
      { type: 'volume', source: `${prefix}-colon`, target: '/a:b', readOnly: false },
      { type: 'volume', source: '', target: '/anonymous', readOnly: false },
      { type: 'bind', source: folder, target: '/work dir', readOnly: true },
      { type: 'bind', source: folder, target: '/comma,"quote"', readOnly: false },
      { type: 'tmpfs', source: '', target: '/scratch', readOnly: false },
    ],
  },
  limits: { cpus: 1.25, memoryBytes: 64 * 1024 * 1024, restart: 'on-failure' },
  place: { network: `${prefix}-net`, hostname: 'box', user: '1000:1000', workdir: '/www', restart: 'always' },
  hostNetwork: { network: 'host', restart: 'unless-stopped' },
  rights: { privileged: true, capAdd: ['NET_ADMIN', 'SYS_TIME'], capDrop: ['MKNOD'] },
  fewRights: { capAdd: ['NET_BIND_SERVICE'], capDrop: ['ALL'] },
  health: {
    health: {
      command: 'wget -q -O - "http://localhost" || exit 1',
      intervalSeconds: 1.5,
      timeoutSeconds: 3,
      retries: 4,
      startPeriodSeconds: 0,
    },
  },
  command: { command: ['sh', '-c', 'echo "it\'s $HOME"', ''], tty: true, autoRemove: true },
  entrypoint: { entrypoint: ['/bin/sh', '-c'], command: ['sleep 60'] },
  noEntrypoint: { entrypoint: [''], command: ['sleep', '60'] },
  onlyEntrypoint: { entrypoint: ['sleep'] },
});
