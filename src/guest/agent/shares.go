package main

import (
	"context"
	"log"
	"net"
	"time"
)

// The kernel mounts shared folders from this socket where the host serves them itself (gantry-share).
const defaultSharesSocket = "/run/gantry/shares.sock"

// How long a mount waits for the host, which opens its session while the guest starts.
const shareWait = 20 * time.Second

var shareRequest = []byte(`{"service":"share"}` + "\n")

// serveShares connects whoever mounts with the host's file server; which folder it is, the mount says itself.
func serveShares(socket string, sessions *sessions) error {
	return acceptFrom(socket, func(connection net.Conn) {
		defer connection.Close()
		ctx, cancel := context.WithTimeout(context.Background(), shareWait)
		defer cancel()
		for s := sessions.next(ctx, nil); s != nil; s = sessions.next(ctx, s) {
			st, err := s.open()
			if err != nil {
				continue
			}
			if _, err := st.Write(shareRequest); err != nil {
				continue
			}
			join(st, connection.(twoWay))
			return
		}
		log.Print("shares: the host did not come")
	})
}
