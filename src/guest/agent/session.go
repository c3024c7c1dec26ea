package main

import (
	"errors"
	"sync"
)

var errSessionEnded = errors.New("the session with the host has ended")
var errProtocol = errors.New("not a valid yamux frame")

// A session is one conversation with the host: yamux, this end is the server.
// (hashicorp/yamux itself gives io.EOF to a reader as soon as its own end has closed for writing,
// and docker's attached connections live on after that.)
type session struct {
	port   *port
	accept func(*stream)
	ended  chan struct{}

	mutex    sync.Mutex
	over     bool
	streams  map[uint32]*stream
	nextOwn  uint32
	incoming struct {
		header  [headerSize]byte
		filled  int
		current header
		left    uint32 // Bytes of the current data frame that have not come yet.
	}
}

func newSession(p *port, accept func(*stream)) *session {
	return &session{
		port: p, accept: accept, ended: make(chan struct{}),
		streams: map[uint32]*stream{}, nextOwn: 2,
	}
}

// end resets every stream. The host is told nothing: it has gone, or has begun a new session.
func (s *session) end() {
	s.mutex.Lock()
	if s.over {
		s.mutex.Unlock()
		return
	}
	s.over = true
	streams := s.streams
	s.streams = nil
	s.mutex.Unlock()
	close(s.ended)
	for _, stream := range streams {
		stream.fail(errSessionEnded)
	}
}

// open begins a stream of this end's own.
func (s *session) open() (*stream, error) {
	s.mutex.Lock()
	if s.over {
		s.mutex.Unlock()
		return nil, errSessionEnded
	}
	stream := newStream(s, s.nextOwn)
	s.nextOwn += 2
	s.streams[stream.id] = stream
	s.mutex.Unlock()
	return stream, s.control(typeWindow, flagSYN, stream.id, ownWindow-protocolWindow)
}

func (s *session) find(id uint32) *stream {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.streams[id]
}

func (s *session) forget(id uint32) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.streams, id)
}

func (s *session) control(kind byte, flags uint16, id uint32, length uint32) error {
	var b [headerSize]byte
	header{kind, flags, id, length}.encode(b[:])
	return s.port.write(s, b[:])
}

// feed takes bytes as they come from the port; b is only valid during the call.
func (s *session) feed(b []byte) error {
	in := &s.incoming
	for len(b) > 0 {
		if in.left > 0 {
			n := min(int(in.left), len(b))
			if stream := s.find(in.current.stream); stream != nil {
				if err := stream.receive(b[:n]); err != nil {
					return err
				}
			}
			in.left -= uint32(n)
			b = b[n:]
			if in.left == 0 {
				s.finishData()
			}
			continue
		}
		n := copy(in.header[in.filled:], b)
		in.filled += n
		b = b[n:]
		if in.filled < headerSize {
			return nil
		}
		in.filled = 0
		if err := s.begin(); err != nil {
			return err
		}
	}
	return nil
}

// begin acts on a complete header.
func (s *session) begin() error {
	h, ok := decodeHeader(s.incoming.header[:])
	if !ok {
		return errProtocol
	}
	switch h.kind {
	case typePing:
		if h.flags&flagSYN != 0 {
			return s.control(typePing, flagACK, 0, h.length)
		}
		return nil
	case typeGoAway:
		return nil
	}
	if h.flags&flagSYN != 0 {
		if err := s.beginStream(h.stream); err != nil {
			return err
		}
	}
	s.incoming.current = h
	if h.kind == typeData {
		s.incoming.left = h.length
		if h.length == 0 {
			s.finishData()
		}
		return nil
	}
	if stream := s.find(h.stream); stream != nil {
		stream.grant(h.length)
		stream.note(h.flags)
	}
	return nil
}

// finishData acts on the flags of a data frame, which count after its bytes.
func (s *session) finishData() {
	if stream := s.find(s.incoming.current.stream); stream != nil {
		stream.note(s.incoming.current.flags)
	}
}

func (s *session) beginStream(id uint32) error {
	s.mutex.Lock()
	if s.over {
		s.mutex.Unlock()
		return errSessionEnded
	}
	if id%2 == 0 || s.streams[id] != nil {
		s.mutex.Unlock()
		return errProtocol
	}
	stream := newStream(s, id)
	s.streams[id] = stream
	s.mutex.Unlock()
	if err := s.control(typeWindow, flagACK, id, ownWindow-protocolWindow); err != nil {
		return err
	}
	go s.accept(stream)
	return nil
}
