#!/bin/sh
# PID 1 of the guest, by busybox. It makes the system, starts containerd and the engine side by side, tells each step
# on the serial line ("GANTRY <seconds since the kernel began> <step>"), and ends everything in order.
# The host's settings come through QEMU's fw_cfg as lines "key=value" (src/vm/guest-config.ts).
export PATH=/usr/sbin:/usr/bin HOME=/root
STATE=/run/gantry
CONFIG=$STATE/config
LOG=/run/log
ENGINE_CONFIG=/etc/docker/daemon.json
SWAP=/data/gantry-swap

say() {
  read -r uptime _ </proc/uptime
  echo "GANTRY $uptime $*" >/dev/console
}

# fail <step> <reason> <text…>: a start that cannot go on ends here; the host shows the reason.
fail() {
  say failed "$@"
  sync
  poweroff -f
}

# setting <key>: its value; of several lines with the key all values, one a line.
setting() {
  sed -n "s/^$1=//p" "$CONFIG"
}

read_config() {
  mkdir -p -m 755 $STATE $LOG
  modprobe qemu_fw_cfg
  from=/sys/firmware/qemu_fw_cfg/by_name/opt/gantry
  umask 077
  if [ -e $from/config/raw ]; then cat $from/config/raw >$CONFIG; else : >$CONFIG; fi
  setting secret >$STATE/secret
  umask 022
  clock=$(setting clock)
  [ -z "$clock" ] || date -s "@$clock" >/dev/null
  [ ! -e $from/ca.pem/raw ] || cat $from/ca.pem/raw >>/etc/ssl/certs/ca-certificates.crt
  mkdir -p /etc/docker
  setting engine_config | base64 -d >$ENGINE_CONFIG
  [ -s $ENGINE_CONFIG ] || rm $ENGINE_CONFIG
}

# bytes_of <disk> <position> <count>
bytes_of() {
  dd if="$1" bs=1 skip="$2" count="$3" 2>/dev/null
}

# Whether ext4's magic number is in the superblock at this position.
has_superblock() {
  [ "$(bytes_of "$1" $(($2 + 56)) 2 | od -An -tx1 | tr -d ' ')" = 53ef ]
}

# What the disk holds: "ext4" of Gantry's, "damaged", "foreign" or "nothing". Reading only; the host alone decides about
# formatting. ext4 keeps its name 120 bytes into the superblock, and a copy of that at the beginning of block 32768.
content_of() {
  if has_superblock "$1" 1024; then
    if [ "$(bytes_of "$1" 1144 16 | tr -d '\0')" = gantry-data ]; then echo ext4; else echo foreign; fi
  elif has_superblock "$1" $((32768 * 4096)); then
    echo damaged
  elif dd if="$1" bs=64k count=16 2>/dev/null | tr -d '\0' | head -c 1 | grep -q .; then
    echo foreign
  else
    echo nothing
  fi
}

prepare_disk() {
  say disk
  # The first one is the root: src/vm/qemu/arguments.ts.
  disk=/dev/vdb
  for tool in mkfs.ext4 e2fsck; do
    command -v $tool >/dev/null || fail disk no-tool "$tool is missing in the guest image"
  done
  content=$(content_of "$disk")
  if [ "$(setting format)" = 1 ]; then
    # A disk that the host has just created holds nothing. What holds something stays, whatever the host says.
    if [ "$content" = nothing ]; then
      # Tables and journal are zeroed while in use. The host's file is all zero anyway.
      mkfs.ext4 -q -F -L gantry-data -E lazy_itable_init=1,lazy_journal_init=1,nodiscard "$disk" 2>$LOG/mkfs ||
        fail disk disk-full "$(tail -n 1 $LOG/mkfs)"
      content=ext4
      say formatted
    fi
  elif [ "$content" = nothing ]; then
    fail disk not-formatted "the data disk holds nothing, and the host did not ask to format it"
  fi
  case $content in
    foreign) fail disk foreign-file-system "the data disk holds something that is not Gantry's" ;;
    damaged) fail disk damaged-file-system "the superblock is gone; there is a copy of it at block 32768" ;;
  esac
  # 1: errors were corrected; 2: and a restart would be due if the disk were in use, which it is not.
  e2fsck -p "$disk" >$LOG/fsck 2>&1
  [ $? -lt 4 ] || fail disk damaged-file-system "$(tail -n 3 $LOG/fsck | tr '\n' ' ')"
  # nodelalloc: dockerd calls an image's layer complete without a fsync of the layer's files. With their blocks allocated at
  # once, the journal writes them before it writes that; otherwise a crash leaves empty files in a layer for good.
  mount -t ext4 -o noatime,discard,nodelalloc "$disk" /data ||
    fail disk damaged-file-system "the data disk cannot be mounted"
  mkdir -p /data/docker /data/containerd || fail disk disk-full "no folder can be made on the data disk"
  mount -o bind /data/docker /var/lib/docker
  mount -o bind /data/containerd /var/lib/containerd
}

# Swap in a file of its own, made anew in each start, so that it is of the wished size and nothing of it is left. Its
# blocks are only reserved: Linux swaps to ext4 blocks that were never written. Without it, the start goes on.
prepare_swap() {
  rm -f $SWAP
  size=$(setting swap)
  [ "${size:-0}" -gt 0 ] || return 0
  umask 077
  fallocate -l "${size}m" $SWAP && mkswap $SWAP >/dev/null && swapon $SWAP || {
    say swap-failed
    rm -f $SWAP
  }
  umask 022
}

prepare_network() {
  say network
  ip link set lo up
  # Slirp's IPv6 would be a second way to the host, and its announcements cost time at the start.
  echo 1 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6 2>/dev/null
  ip link set eth0 up
  address=$(setting address)
  gateway=$(setting gateway)
  ip addr add "$address" dev eth0
  ip route add default via "$gateway" dev eth0
  # The engine and containers ask gantry-names, which knows host.docker.internal and asks these for all other names.
  dns=$(setting dns)
  # Of several lines, all on one.
  echo ${dns:-$(setting resolver)} >$STATE/name-servers
  echo "nameserver ${address%/*}" >/run/resolv.conf
  echo "${gateway}" >$STATE/gateway
  if [ "$(setting host_access)" = 1 ]; then gantry-host-access on; else gantry-host-access off; fi
}

serve_names() {
  while :; do
    gantry-names "${address%/*}:53" $(cat $STATE/name-servers) >>$LOG/names 2>&1
    [ ! -e $STATE/stopping ] || return
    sleep 1
  done
}

mount_shares() {
  setting share | while IFS=: read -r tag mode path; do
    gantry-share "$tag" "$mode" "$path" || say share-failed "$path"
  done
}

prepare_kernel() {
  mount -t cgroup2 -o nsdelegate,memory_recursiveprot none /sys/fs/cgroup
  for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
    echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control
  done
  echo 1 >/proc/sys/net/ipv4/ip_forward
  # What databases, watchers and search engines ask for and Linux's defaults deny.
  echo 262144 >/proc/sys/vm/max_map_count
  echo 1048576 >/proc/sys/fs/inotify/max_user_watches
  echo 8192 >/proc/sys/fs/inotify/max_user_instances
  ulimit -n 1048576
  hostname gantry
}

# What the engine asks for one by one while it makes its networks; beside its start, loading them costs no time.
load_engine_modules() {
  modprobe -a bridge br_netfilter veth iptable_filter iptable_nat xt_addrtype xt_conntrack xt_MASQUERADE \
    nf_conntrack_netlink
}

# Reads the two large programs while the start is busy with one processor, and they are in memory when it comes to them.
read_ahead() {
  cat /usr/bin/containerd /usr/sbin/dockerd >/dev/null
}

proxy_environment() {
  for name in http_proxy https_proxy no_proxy; do
    value=$(setting $name)
    [ -z "$value" ] || export "$name=$value" "$(echo $name | tr a-z A-Z)=$value"
  done
}

# Keeps the last lines of a program's log, and passes each on to a function.
# keep_log <name> <function>
keep_log() {
  lines=0
  while IFS= read -r line; do
    echo "$line" >>"$LOG/$1"
    lines=$((lines + 1))
    if [ $lines -ge 4000 ]; then
      mv "$LOG/$1" "$LOG/$1.old"
      lines=0
    fi
    $2 "$line"
  done
}

nothing() { :; }

# tell_configuring <line>: to gantry-engine-config, if it waits. Opened for both, so that this never waits for it.
tell_configuring() {
  [ ! -p $STATE/engine-told ] || echo "$*" 1<>$STATE/engine-told
}

# Whether gantry-engine-config is at work. To kill, no number is that of its own group, which is there always.
configuring() {
  [ -s $STATE/engine-configuring ] && kill -0 "$(cat $STATE/engine-configuring)" 2>/dev/null
}

watch_engine() {
  case $1 in
    *"API listen on"*)
      : >$STATE/ready
      say ready
      tell_configuring ready
      ;;
    *level=fatal* | "failed to start daemon"*) say engine-said "$1" ;;
  esac
}

# Both are garbage-collected programs that allocate much while they start; memory is there.
start_containerd() {
  say containerd
  while :; do
    GOGC=400 containerd -c /etc/containerd.toml 2>&1 | keep_log containerd nothing
    [ ! -e $STATE/stopping ] || return
    say restarting containerd
    sleep 1
  done
}

# An engine that does not come up with its configuration starts without it, so that a bad one locks nobody out.
drop_engine_config() {
  [ -e $ENGINE_CONFIG ] || return 0
  rm $ENGINE_CONFIG
  say engine-config-dropped "$(tail -n 1 $LOG/dockerd)"
}

start_engine() {
  say engine
  proxy_environment
  pause=1
  failures=0
  while :; do
    rm -f $STATE/ready /run/docker.pid
    gantry-engine 2>&1 | keep_log dockerd watch_engine
    [ ! -e $STATE/stopping ] || return
    tell_configuring ended "$(tail -n 1 $LOG/dockerd)"
    if [ -e $STATE/ready ]; then failures=0 pause=1; else failures=$((failures + 1)); fi
    [ $failures -eq 0 ] || configuring || drop_engine_config
    if [ $failures -ge 3 ]; then
      fail engine engine-ended "$(tail -n 1 $LOG/dockerd)"
    fi
    say restarting engine "in $pause s: $(tail -n 1 $LOG/dockerd)"
    sleep $pause
    [ $pause -ge 30 ] || pause=$((pause * 2))
  done
}

# Containers get their stop signal from the engine, which waits for them as long as its own time-out says.
stop() {
  trap '' TERM USR2
  : >$STATE/stopping
  say stopping
  if kill -TERM "$(cat /run/docker.pid 2>/dev/null)" 2>/dev/null; then wait "$ENGINE"; fi
  if killall -q -TERM containerd; then wait "$CONTAINERD"; fi
  # What is left would keep the disk in use. To process 1, -1 means all others.
  kill -KILL -1
  # So would the swap file.
  [ ! -e $SWAP ] || swapoff $SWAP
  sync
  umount /var/lib/docker /var/lib/containerd /data 2>/dev/null || mount -o remount,ro /data
  say power-off
  poweroff -f
}

# The host's way in. Without the agent nobody reaches the engine, so it is started again whenever it ends.
start_agent() {
  while :; do
    gantry-agent >>$LOG/agent 2>&1
    [ ! -e $STATE/stopping ] || return
    say restarting agent
    sleep 0.5
  done
}

# The ACPI power button and the one of arm64's virt machine come as key events.
watch_power_button() {
  modprobe -a button evdev gpio_keys 2>/dev/null
  for device in /dev/input/event*; do
    [ -c "$device" ] || continue
    (head -c 1 "$device" >/dev/null && kill -TERM 1) &
  done
}

read_ahead &
read_config
trap stop TERM USR2
prepare_kernel
modprobe virtio_net
start_agent &
prepare_disk
prepare_swap 2>$LOG/swap
start_containerd &
CONTAINERD=$!
load_engine_modules &
prepare_network
serve_names &
mount_shares
start_engine &
ENGINE=$!
modprobe -a virtio_balloon virtio-rng
watch_power_button
while :; do wait; sleep 1; done
