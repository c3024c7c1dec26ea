package main

import (
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net"
	"syscall"
	"time"
)

// How long a container may take to accept a connection. It is on a bridge of this very machine.
const dialLimit = 10 * time.Second

// A connection whose directions end on their own: unix and TCP.
type twoWay interface {
	net.Conn
	CloseWrite() error
}

// dial connects a stream with an address. A refused connection resets the stream.
func dial(st *stream, network, address string) {
	connection, err := net.DialTimeout(network, address, dialLimit)
	if err != nil {
		log.Printf("dial: %v", err)
		st.reset()
		return
	}
	defer connection.Close()
	join(st, connection.(twoWay))
}

func dialContainer(st *stream, network, address string) {
	switch network {
	case "tcp":
		dial(st, "tcp", address)
	case "udp":
		dialDatagrams(st, address)
	default:
		st.reset()
	}
}

// join copies both ways until both directions have ended; the end of one direction is passed on alone.
func join(st *stream, connection twoWay) {
	st.whenFailed(func() { breakOff(connection) })
	back := make(chan struct{})
	go func() {
		defer close(back)
		if _, err := st.ReadFrom(connection); err != nil {
			st.reset()
			return
		}
		_ = st.CloseWrite()
	}()
	if _, err := st.WriteTo(connection); err != nil {
		// An engine that refuses a long upload has answered, and reads no more: its answer goes on to the host,
		// and what the host still sends is thrown away so that its window does not close.
		go func() { _, _ = st.WriteTo(io.Discard) }()
	} else {
		_ = connection.CloseWrite()
	}
	<-back
}

// breakOff ends a connection so that its other end sees a reset, where the network has such a thing.
func breakOff(connection net.Conn) {
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	connection.Close()
}

// dialDatagrams carries datagrams, each with its length before it (16 bit, big-endian).
func dialDatagrams(st *stream, address string) {
	connection, err := net.Dial("udp", address)
	if err != nil {
		log.Printf("dial: %v", err)
		st.reset()
		return
	}
	go func() {
		// The host's end of the stream is the end of the connection.
		defer connection.Close()
		sendDatagrams(st, connection)
	}()
	frame := make([]byte, 2+65535)
	for {
		n, err := connection.Read(frame[2:])
		if isRefused(err) {
			continue
		}
		if err != nil {
			break
		}
		binary.BigEndian.PutUint16(frame, uint16(n))
		if _, err := st.Write(frame[:2+n]); err != nil {
			connection.Close()
			break
		}
	}
	_ = st.CloseWrite()
}

// isRefused says that an earlier datagram met a closed port.
func isRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED)
}

func sendDatagrams(st *stream, connection net.Conn) {
	var length [2]byte
	datagram := make([]byte, 65535)
	for {
		if _, err := io.ReadFull(st, length[:]); err != nil {
			return
		}
		n := binary.BigEndian.Uint16(length[:])
		if _, err := io.ReadFull(st, datagram[:n]); err != nil {
			return
		}
		if _, err := connection.Write(datagram[:n]); err != nil && !isRefused(err) {
			log.Printf("datagram: %v", err)
		}
	}
}
