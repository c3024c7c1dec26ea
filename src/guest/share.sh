#!/bin/sh
# gantry-share <tag> <rw|ro> <path>: mounts a folder of the host at its own path, as soon as its device is there.
# Init does so at a start, the host after a resume (src/vm/shares/plug.ts), when the device has only just been added.
export PATH=/usr/sbin:/usr/bin
tag=$1
mode=$2
path=$3

# A mount over one of these would take the guest's own programs away.
case $path in
  / | /bin | /boot | /data | /dev | /etc | /lib | /lib64 | /proc | /run | /sbin | /sys | /usr | /var | /var/lib | \
    /dev/* | /etc/* | /proc/* | /run/* | /sys/* | /usr/* | /var/lib/docker | /var/lib/containerd)
    echo "$path belongs to the guest itself" >&2
    exit 1
    ;;
esac

modprobe virtiofs
mkdir -p "$path" || exit 1
# The kernel tells of a device that appears, but not when its file system can be mounted: 50 attempts in 10 s.
attempts=50
until said=$(mount -t virtiofs -o "$mode" "$tag" "$path" 2>&1); do
  attempts=$((attempts - 1))
  if [ $attempts -eq 0 ]; then
    echo "$said" >&2
    exit 1
  fi
  sleep 0.2
done
