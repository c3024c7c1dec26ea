#!/bin/busybox sh
# The initrd: loads what the root needs, puts a writable layer in memory over it, and hands over to the guest's init.
export PATH=/bin
alias b=/bin/busybox
b mount -t proc proc /proc
b mount -t devtmpfs dev /dev
b mount -t sysfs sys /sys
read -r uptime _ </proc/uptime
echo "GANTRY $uptime kernel" >/dev/console
for module in /modules/*; do b insmod "$module"; done

# The first disk, unless one names itself. Disks appear while the driver loads, so they are here by now.
root=/dev/vda
for disk in /sys/block/vd*; do
  read -r serial <"$disk/serial" && [ "$serial" = gantry-root ] && root=/dev/${disk##*/}
done
b mount -t erofs -o ro "$root" /lower || {
  read -r uptime _ </proc/uptime
  echo "GANTRY $uptime failed kernel damaged-image the root image cannot be mounted" >/dev/console
  b poweroff -f
}
b mount -t tmpfs -o mode=755 layer /layer
b mkdir /layer/upper /layer/work
b mount -t overlay -o lowerdir=/lower,upperdir=/layer/upper,workdir=/layer/work root /root
b mount --move /proc /root/proc
b mount --move /dev /root/dev
b mount --move /sys /root/sys
b mkdir -p /root/dev/pts /root/dev/shm
b mount -t devpts -o mode=620,gid=5,ptmxmode=666 pts /root/dev/pts
b mount -t tmpfs -o mode=1777 shm /root/dev/shm
b mount -t tmpfs -o mode=755 run /root/run
b mount -t tmpfs -o mode=1777 tmp /root/tmp
exec /bin/busybox switch_root /root /usr/sbin/gantry-init
