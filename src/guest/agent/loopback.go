package main

import (
	"context"
	"log"
	"net"
	"strconv"
)

// Inside the guest a published TCP port answers on the loopback address, too, as it does where there is no VM: the
// engine itself pulls from `localhost:5000/…` when a registry runs as a container that publishes that port.
func listenInside(ctx context.Context, wanted lease) {
	if wanted.Protocol != "tcp" {
		return
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(wanted.HostPort))))
	if err != nil {
		// Something with the host's network has the port. The way from the host does not depend on this.
		log.Printf("loopback: %v", err)
		return
	}
	context.AfterFunc(ctx, func() { listener.Close() })
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go relayInside(connection.(*net.TCPConn), wanted.Target)
	}
}

func relayInside(from *net.TCPConn, target string) {
	defer from.Close()
	dialed, err := net.DialTimeout("tcp", target, dialLimit)
	if err != nil {
		_ = from.SetLinger(0)
		return
	}
	to := dialed.(*net.TCPConn)
	defer to.Close()
	back := make(chan struct{})
	go func() {
		defer close(back)
		_, _ = from.ReadFrom(to)
		_ = from.CloseWrite()
	}()
	_, _ = to.ReadFrom(from)
	_ = to.CloseWrite()
	<-back
}
