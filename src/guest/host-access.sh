#!/bin/sh
# gantry-host-access on|off: whether containers and the guest may reach this computer's host.
# Slirp takes every address of its network to be the host itself, its name server's address included, so all of it is
# closed but port 53 of the name server. Routes are used for it because the engine rewrites the firewall's chains; a
# refused route answers at once, where a dropped packet would let programs wait.
set -e
export PATH=/usr/sbin:/usr/bin
gateway=$(cat /run/gantry/gateway)
network=${gateway%.*}.0/24
dns=${gateway%.*}.3

# Told from a first call, which has nothing to open and should not wait for the firewall.
closed=/run/gantry/host-closed

close_dns() {
  : >$closed
  iptables -t raw -N GANTRY-HOST
  iptables -t raw -A GANTRY-HOST -p udp --dport 53 -j RETURN
  iptables -t raw -A GANTRY-HOST -p tcp --dport 53 -j RETURN
  iptables -t raw -A GANTRY-HOST -j DROP
  iptables -t raw -A PREROUTING -d "$dns" -j GANTRY-HOST
  iptables -t raw -A OUTPUT -d "$dns" -j GANTRY-HOST
}

open_dns() {
  [ -e $closed ] || return 0
  iptables -t raw -D PREROUTING -d "$dns" -j GANTRY-HOST
  iptables -t raw -D OUTPUT -d "$dns" -j GANTRY-HOST
  iptables -t raw -F GANTRY-HOST
  iptables -t raw -X GANTRY-HOST
  rm $closed
}

names='127.0.0.1 localhost gantry'
case $1 in
  on)
    ip route del prohibit "$network" metric 0 2>/dev/null || true
    ip route del "$dns/32" dev eth0 2>/dev/null || true
    ip route replace "$network" dev eth0
    open_dns
    printf '%s\n%s host.docker.internal gateway.docker.internal\n' "$names" "$gateway" >/etc/hosts
    ;;
  off)
    ip route replace "$dns/32" dev eth0
    ip route del "$network" dev eth0 2>/dev/null || true
    ip route replace prohibit "$network"
    open_dns
    close_dns
    printf '%s\n' "$names" >/etc/hosts
    ;;
  *)
    echo "usage: gantry-host-access on|off" >&2
    exit 2
    ;;
esac
