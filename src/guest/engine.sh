#!/bin/sh
# gantry-engine [option…]: Docker Engine with what Gantry needs of it; with --validate it only says whether its
# configuration would do. An option that the configuration names, too, would end it: src/contract/engine-config-keys.ts
# refuses these.
export PATH=/usr/sbin:/usr/bin
# The host says by this that the processor is emulated. Emulation translates a program anew at each address where it
# finds it, and the engine runs iptables a hundred times: it, and what it runs itself, stay at fixed addresses there.
# Containers are started by containerd and keep their random ones.
fixed=
! grep -q mitigations=off /proc/cmdline || fixed='setarch --addr-no-randomize'
GOGC=400 exec $fixed dockerd \
  --host unix:///run/docker.sock \
  --containerd /run/containerd/containerd.sock \
  --data-root /var/lib/docker --exec-root /run/docker --pidfile /run/docker.pid \
  --userland-proxy-path /usr/sbin/docker-proxy \
  --host-gateway-ip "$(cat /run/gantry/gateway)" \
  --shutdown-timeout 15 "$@"
