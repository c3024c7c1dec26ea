/** A value of daemon.json, in the words that a newcomer reads. */
export type EngineKeyKind = 'text' | 'number' | 'yes or no' | 'list' | 'table';

export interface EngineKey {
  kind: EngineKeyKind;
  /** What it does, in a sentence or two. */
  about: string;
  /** A value of it. */
  example: string;
  /** The only values that do. */
  values?: readonly string[];
  /** Why it is Gantry's own business. */
  refused?: string;
  /** What surprises who sets it. */
  caution?: string;
}

const key = (
  kind: EngineKeyKind,
  about: string,
  example: string,
  more: Partial<EngineKey> = {},
): EngineKey => ({
  kind,
  about,
  example,
  ...more,
});

const refused = (kind: EngineKeyKind, reason: string): EngineKey =>
  key(kind, reason, '', { refused: reason });

const images = 'Images and containers that are there now are not seen until it is changed back.';

/**
 * The keys of dockerd's daemon.json (https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file). Refused
 * are those that src/guest/engine.sh gives as options, as the engine does not start when a key is in both, and those
 * without which Gantry's VM does not work.
 */
export const engineKeys: Readonly<Record<string, EngineKey>> = {
  'authorization-plugins': key('list', 'Plugins that are asked whether a call is allowed.', '["name"]'),
  bip: key('text', 'Address and size of the default network of containers.', '"172.26.0.1/16"'),
  bridge: key('text', 'Another bridge for the default network, or "none" for no such network.', '"none"'),
  builder: key(
    'table',
    'How builds work, such as how much of their cache is kept.',
    '{ "gc": { "enabled": true } }',
  ),
  'cgroup-parent': key('text', 'Group of processes in which containers are counted.', '"/containers"'),
  containerd: refused('text', 'Gantry’s VM starts containerd itself, and tells the engine where it listens.'),
  'data-root': refused(
    'text',
    'The engine’s data is on the VM’s own disk, which survives every upgrade, at this path.',
  ),
  debug: key('yes or no', 'Whether the engine logs much more than usual.', 'true'),
  'default-address-pools': key(
    'list',
    'Ranges from which new networks get their addresses. Choose ones that your own network does not use.',
    '[{ "base": "172.20.0.0/14", "size": 24 }]',
  ),
  'default-cgroupns-mode': key(
    'text',
    'Whether a container sees its own group of processes only.',
    '"private"',
    {
      values: ['private', 'host'],
    },
  ),
  'default-network-opts': key('table', 'Options of new networks, by driver.', '{ "bridge": {} }'),
  'default-runtime': key('text', 'The runtime that starts containers, one of "runtimes".', '"runc"'),
  'default-shm-size': key('text', 'Size of the memory that programs in a container share.', '"64M"'),
  'default-ulimits': key(
    'table',
    'Limits of each container, such as how many files it may have open.',
    '{ "nofile": { "Name": "nofile", "Soft": 1024, "Hard": 4096 } }',
  ),
  dns: key('list', 'Name servers that containers ask.', '["9.9.9.9"]'),
  'dns-opts': key('list', 'Options of the name servers.', '["ndots:1"]'),
  'dns-search': key('list', 'Endings that are tried for short names.', '["example.com"]'),
  'exec-opts': key('list', 'Options of the runtime.', '["native.cgroupdriver=cgroupfs"]'),
  'exec-root': refused('text', 'Gantry’s VM tells the engine where to keep what it needs while it runs.'),
  experimental: key('yes or no', 'Whether unfinished features can be used.', 'true'),
  features: key('table', 'Features to turn on or off by name.', '{ "containerd-snapshotter": false }', {
    caution: `With "containerd-snapshotter" the engine keeps images in another store. ${images}`,
  }),
  'fixed-cidr': key(
    'text',
    'Part of the default network from which containers get addresses.',
    '"172.26.1.0/24"',
  ),
  'host-gateway-ip': refused('text', 'Gantry sets it, so that host.docker.internal leads to this computer.'),
  hosts: refused(
    'list',
    'Gantry reaches the engine through a socket inside the VM. On any other address everybody who reaches it would be its master.',
  ),
  icc: key('yes or no', 'Whether containers of the default network reach each other.', 'false'),
  init: key(
    'yes or no',
    'Whether each container gets a small first process that ends left-over ones.',
    'true',
  ),
  'insecure-registries': key(
    'list',
    'Registries the engine may talk to without a valid certificate. Anyone on the way can then read and change what you pull.',
    '["host:port"]',
  ),
  ip: key('text', 'Address on which ports are published that name none.', '"127.0.0.1"'),
  'ip-forward': key(
    'yes or no',
    'Whether the engine turns on that packets go from network to network.',
    'true',
  ),
  'ip-masq': key('yes or no', 'Whether containers reach the outside under the VM’s address.', 'true', {
    caution: 'Without it containers reach nothing outside the VM.',
  }),
  iptables: key('yes or no', 'Whether the engine makes rules of the firewall.', 'true', {
    caution: 'Without it containers reach nothing outside, and networks are not kept apart.',
  }),
  ip6tables: key('yes or no', 'The same for IPv6.', 'true'),
  ipv6: key('yes or no', 'Whether the default network has IPv6.', 'true'),
  labels: key('list', 'Labels of the engine itself, as docker info shows them.', '["purpose=tests"]'),
  'live-restore': refused(
    'yes or no',
    'Gantry ends the VM by ending the engine, which stops containers in good order. With it they would be cut off instead.',
  ),
  'log-driver': key('text', 'Where the output of new containers goes.', '"local"', {
    values: [
      'local',
      'json-file',
      'none',
      'syslog',
      'journald',
      'gelf',
      'fluentd',
      'awslogs',
      'splunk',
      'gcplogs',
    ],
    caution: 'Gantry shows logs of containers with “local” and “json-file” in full; “none” keeps nothing.',
  }),
  'log-format': key('text', 'How the engine writes its own log.', '"text"', { values: ['text', 'json'] }),
  'log-level': key(
    'text',
    'How much the engine logs. Gantry reads from its log that it has started.',
    '"info"',
    {
      values: ['debug', 'info'],
    },
  ),
  'log-opts': key('table', 'Options of the log driver. All are texts, numbers too.', '{ "max-size": "20m" }'),
  'max-concurrent-downloads': key('number', 'Layers of an image that are fetched at the same time.', '3'),
  'max-concurrent-uploads': key('number', 'Layers of an image that are sent at the same time.', '5'),
  'max-download-attempts': key('number', 'How often a layer is tried.', '5'),
  'metrics-addr': key(
    'text',
    'Address inside the VM where the engine offers figures about itself.',
    '"127.0.0.1:9323"',
  ),
  mtu: key(
    'number',
    'Largest packet of the default network, in bytes. A VPN may need less than 1500.',
    '1400',
  ),
  'network-control-plane-mtu': key(
    'number',
    'Largest packet between engines of a cluster, in bytes.',
    '1500',
  ),
  'no-new-privileges': key('yes or no', 'Whether programs in containers can never gain rights.', 'true'),
  'node-generic-resources': key('list', 'Resources that a cluster can count.', '["gpu=1"]'),
  'oom-score-adjust': key('number', 'How early Linux ends the engine when memory is short.', '-500'),
  pidfile: refused('text', 'Gantry’s VM ends the engine by the number that is written there.'),
  proxies: key('table', 'Proxies of the engine.', '{ "http-proxy": "http://proxy.example:3128" }', {
    caution: 'It takes the place of the proxy that is set under Network.',
  }),
  'raw-logs': key('yes or no', 'Whether the engine’s own log has full times and no colours.', 'true'),
  'registry-mirrors': key(
    'list',
    'Addresses that are asked before Docker Hub.',
    '["https://mirror.example"]',
  ),
  runtimes: key('table', 'Other programs that can start containers. The VM has runc alone.', '{}'),
  'seccomp-profile': key(
    'text',
    'File inside the VM with the calls to Linux that containers may make.',
    '"unconfined"',
  ),
  'selinux-enabled': key(
    'yes or no',
    'Whether SELinux guards containers. The VM’s Linux does not have it.',
    'false',
  ),
  'shutdown-timeout': refused(
    'number',
    'Gantry waits as long for containers to stop as it has told the engine: 15 seconds.',
  ),
  'storage-driver': key('text', 'How layers of images are kept.', '"overlay2"', { caution: images }),
  'storage-opts': key('list', 'Options of the storage driver.', '[]'),
  'swarm-default-advertise-addr': key(
    'text',
    'Address by which other engines of a cluster reach this one.',
    '"eth0"',
  ),
  'userland-proxy': key('yes or no', 'Whether a program carries connections to published ports.', 'true', {
    caution: 'Gantry learns of published ports by it: without it they are not opened on this computer.',
  }),
  'userland-proxy-path': refused(
    'text',
    'Gantry’s own program stands there: it opens published ports on this computer.',
  ),
  'userns-remap': key('text', 'Users inside containers become others outside.', '"default"', {
    caution: images,
  }),
};
