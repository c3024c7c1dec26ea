package main

import "encoding/binary"

// The frames of yamux: https://github.com/hashicorp/yamux/blob/master/spec.md
// Twelve bytes, big-endian: version, type, flags (16 bit), stream (32 bit), length (32 bit).
const headerSize = 12

const (
	typeData   = 0
	typeWindow = 1
	typePing   = 2
	typeGoAway = 3
)

const (
	flagSYN = 1
	flagACK = 2
	flagFIN = 4
	flagRST = 8
)

// What the protocol gives every new stream to send before the first window update.
const protocolWindow = 256 << 10

// What this end grants. The difference travels with the frame that opens or accepts a stream.
const ownWindow = 1 << 20

// A virtio-serial port takes at most 32 KiB per write (drivers/char/virtio_console.c), header included.
const largestFrame = 32 << 10

type header struct {
	kind   byte
	flags  uint16
	stream uint32
	length uint32
}

func (h header) encode(into []byte) {
	into[0] = 0
	into[1] = h.kind
	binary.BigEndian.PutUint16(into[2:], h.flags)
	binary.BigEndian.PutUint32(into[4:], h.stream)
	binary.BigEndian.PutUint32(into[8:], h.length)
}

// decodeHeader reports false for anything that is no frame of version 0.
func decodeHeader(b []byte) (header, bool) {
	h := header{
		kind:   b[1],
		flags:  binary.BigEndian.Uint16(b[2:]),
		stream: binary.BigEndian.Uint32(b[4:]),
		length: binary.BigEndian.Uint32(b[8:]),
	}
	return h, b[0] == 0 && h.kind <= typeGoAway
}
