/**
 * Flags of `docker run` (docs.docker.com/reference/cli/docker/container/run) for which a run has no field.
 * They have to be known all the same: what follows one that takes a value is not the image.
 */
export const valueFlags = new Set(
  `add-host annotation attach blkio-weight blkio-weight-device cgroup-parent cgroupns cidfile cpu-count cpu-percent
  cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpuset-cpus cpuset-mems detach-keys device
  device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns dns-opt dns-option
  dns-search domainname env-file expose gpus group-add health-start-interval io-maxbandwidth io-maxiops ip ip6 ipc
  isolation kernel-memory label-file link link-local-ip log-driver log-opt mac-address memory-reservation memory-swap
  memory-swappiness net-alias network-alias oom-score-adj pid pids-limit pull runtime security-opt shm-size
  stop-signal stop-timeout storage-opt sysctl ulimit userns uts volume-driver volumes-from`.split(/\s+/),
);

export const switchFlags = new Set(
  'disable-content-trust help init no-healthcheck oom-kill-disable publish-all quiet read-only sig-proxy use-api-socket'.split(
    ' ',
  ),
);

export const shortFlags: Record<string, string> = {
  a: 'attach',
  c: 'cpu-shares',
  d: 'detach',
  e: 'env',
  h: 'hostname',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  p: 'publish',
  P: 'publish-all',
  q: 'quiet',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};

/** Options of `docker` itself that take a value and stand before `run`. */
export const globalValueFlags = new Set(['-c', '--context', '--config', '-H', '--host', '-l', '--log-level']);
