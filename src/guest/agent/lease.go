package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"net"
	"sync"
	"time"
)

const defaultPublishSocket = "/run/gantry/publish.sock"

// dockerd gives docker-proxy 16 seconds (libnetwork/portmapper/proxy.go). With no host by then, the port is
// granted and announced once a host is there.
const hostWait = 10 * time.Second

// A lease is a published port: what the host is to listen on, and where it leads.
type lease struct {
	Service     string `json:"service"`
	Protocol    string `json:"protocol"`
	HostAddress string `json:"hostAddress"`
	HostPort    uint16 `json:"hostPort"`
	Target      string `json:"target"`
}

type verdict struct {
	OK    bool   `json:"ok,omitempty"`
	Error string `json:"error,omitempty"`
}

// Leases hold as long as the docker-proxy that asked for each; every new session gets all of them.
type leases struct {
	sessions *sessions
}

// serveLeases takes orders from docker-proxy.
func serveLeases(socket string, sessions *sessions) error {
	l := &leases{sessions}
	return acceptFrom(socket, l.serve)
}

// serve holds one lease from its request to the end of docker-proxy's connection.
func (l *leases) serve(connection net.Conn) {
	defer connection.Close()
	lines := bufio.NewReader(connection)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return
	}
	wanted := lease{}
	if err := json.Unmarshal(line, &wanted); err != nil {
		return
	}
	wanted.Service = "publish"
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		_, _ = lines.ReadByte()
		cancel()
	}()
	var once sync.Once
	answer := func(v verdict) {
		once.Do(func() { _ = json.NewEncoder(connection).Encode(v) })
	}
	granted := time.AfterFunc(hostWait, func() { answer(verdict{OK: true}) })
	defer granted.Stop()
	l.hold(ctx, wanted, answer)
}

// hold announces a lease to one session after the other, until it is given up or the first host refuses it.
func (l *leases) hold(ctx context.Context, wanted lease, answer func(verdict)) {
	var s *session
	for first := true; ; first = false {
		if s = l.sessions.next(ctx, s); s == nil {
			return
		}
		v, err := announce(ctx, s, wanted)
		if err != nil {
			continue
		}
		answer(v)
		if v.OK && first {
			go listenInside(ctx, wanted)
		}
		if !v.OK {
			log.Printf("port %d/%s: %s", wanted.HostPort, wanted.Protocol, v.Error)
			if first {
				return
			}
		}
		select {
		case <-s.ended:
		case <-ctx.Done():
		}
	}
}

// announce opens a lease's stream and waits for the host's verdict. The stream stays open, and is the lease, until
// the context or the session ends. An error means that one of them has.
func announce(ctx context.Context, s *session, wanted lease) (verdict, error) {
	var v verdict
	st, err := s.open()
	if err != nil {
		return v, err
	}
	context.AfterFunc(ctx, st.reset)
	line, err := json.Marshal(wanted)
	if err != nil {
		return v, err
	}
	if _, err := st.Write(append(line, '\n')); err != nil {
		return v, err
	}
	reply, err := st.readLine(longestRequest)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(reply, &v); err != nil {
		st.reset()
		return v, err
	}
	return v, nil
}
