#!/bin/sh
# Called by udhcpc: notes what slirp's DHCP server offers. init.sh sets it.
[ "$1" = bound ] || exit 0
echo "address=$ip/$mask gateway=${router%% *}" >/run/gantry/lease
