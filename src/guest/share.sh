#!/bin/sh
# gantry-share <tag> <rw|ro> <path>: mounts a folder of the host at its own path, as soon as its device is there.
# gantry-share <tag> off <path>: unmounts it, unless something uses it; then its device can be taken out.
# gantry-share <tag> missing <path>: lets it be read-only and empty, as it is after a failure, too: what a container
# writes to a folder that could not be shared must not seem to be saved.
# Init mounts at a start, the host before and after a suspend (src/vm/shares/plug.ts).
export PATH=/usr/sbin:/usr/bin
tag=$1
mode=$2
path=$3
way=$(sed -n 's/^share_way=//p' /run/gantry/config)

fail() {
  echo "$*" >&2
  exit 1
}

# A mount over one of these would take the guest's own programs away.
case $path in
  / | /bin | /boot | /data | /lib | /lib64 | /sbin | /var | /var/lib | /var/lib/docker | /var/lib/containerd | \
    /dev | /dev/* | /etc | /etc/* | /proc | /proc/* | /run | /run/gantry | /sys | /sys/* | /usr | /usr/*)
    fail "$path belongs to the guest itself"
    ;;
esac

# What is mounted is named by its tag. `link`: the host's own server is at the other end of the agent's socket, and
# learns by the attach name which folder is meant; a connection that has broken does not come back by itself.
# access=any: one user for all, as the files are those of one user of the host. cache=mmap: programs may map files to
# write to them. directio: apart from that nothing is kept here, neither what the host may change nor what was written,
# which the kernel would pass on a while after the file was closed.
nine=version=9p2000.L,access=any,cache=mmap,directio,msize=512000
mount_once() {
  case $way in
    virtiofs) mount -t virtiofs -o "$mode" "$tag" "$path" ;;
    link) mount -t 9p -o "$mode,trans=unix,aname=$tag,$nine" "/run/gantry/$tag" "$path" ;;
  esac
}

mount_it() {
  case $way in
    virtiofs) modprobe virtiofs ;;
    link)
      modprobe -a 9p 9pnet_fd
      ln -sfn shares.sock "/run/gantry/$tag"
      ! grep -qs "^/run/gantry/$tag " /proc/mounts || umount -l "$path"
      ;;
  esac
  mkdir -p "$path" || exit 1
  # The kernel tells of a device that appears, but not when its file system can be mounted: 50 attempts in 10 s.
  attempts=50
  until said=$(mount_once 2>&1); do
    attempts=$((attempts - 1))
    if [ $attempts -eq 0 ]; then
      mount_nothing
      fail "$said"
    fi
    sleep 0.2
  done
}

mount_nothing() {
  mkdir -p "$path" && mount -t tmpfs -o ro,mode=555 not-shared "$path"
}

# From the last mount on: file systems that the host has mounted below the folder are mounts of their own here, too.
unmount_it() {
  tac /proc/mounts | while read -r _ place _; do
    # Spaces and the like are written as octal numbers.
    place=$(printf '%b' "$place")
    case $place in "$path" | "$path"/*) umount "$place" || exit 1 ;; esac
  done
}

case $mode in
  rw | ro) mount_it ;;
  missing) mount_nothing ;;
  off)
    mode=$(sed -n "s/^share=$tag:\(r[ow]\):.*/\1/p" /run/gantry/config)
    unmount_it || fail "something has $path open"
    # A container has mounts of its own, and so has a volume that leads here: they keep the file system alive.
    if grep -qsE " - (virtiofs|9p) (/run/gantry/)?$tag " /proc/[0-9]*/mountinfo; then
      mount_it
      fail "something has $path mounted"
    fi
    ;;
  *) fail "usage: gantry-share <tag> rw|ro|off|missing <path>" ;;
esac
