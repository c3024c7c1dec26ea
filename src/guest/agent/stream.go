package main

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

var errReset = errors.New("the host has reset the stream")
var errLineTooLong = errors.New("the request line is too long")

// A stream has two directions that end on their own. One goroutine reads, one writes.
type stream struct {
	session *session
	id      uint32

	mutex    sync.Mutex
	changed  sync.Cond // More bytes, more window, or an end.
	pending  []byte    // Received, not yet taken.
	spare    []byte    // Memory of what the reader has done with.
	window   uint32    // May still be received before the host must wait.
	allowed  uint32    // May still be sent.
	finished bool      // The host sends no more.
	closed   bool      // This end sends no more.
	failure  error     // Reset by either end, or the session is over.
	onFail   func()

	taken    []byte // The reader's own: taken from pending, not yet read.
	consumed uint32 // The reader's own: taken, not yet granted again.
}

func newStream(s *session, id uint32) *stream {
	st := &stream{session: s, id: id, window: ownWindow, allowed: protocolWindow}
	st.changed.L = &st.mutex
	return st
}

// receive keeps bytes of the host for the reader.
func (s *stream) receive(b []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.failure != nil {
		return nil
	}
	if uint32(len(b)) > s.window || s.finished {
		return errProtocol
	}
	s.window -= uint32(len(b))
	s.pending = append(s.pending, b...)
	s.changed.Broadcast()
	return nil
}

// grant is the host's leave to send so many bytes more.
func (s *stream) grant(n uint32) {
	s.mutex.Lock()
	s.allowed += n
	s.changed.Broadcast()
	s.mutex.Unlock()
}

// note acts on the flags of a frame.
func (s *stream) note(flags uint16) {
	if flags&flagRST != 0 {
		s.session.forget(s.id)
		s.fail(errReset)
		return
	}
	if flags&flagFIN == 0 {
		return
	}
	s.mutex.Lock()
	s.finished = true
	done := s.closed
	s.changed.Broadcast()
	s.mutex.Unlock()
	if done {
		s.session.forget(s.id)
	}
}

func (s *stream) fail(err error) {
	s.mutex.Lock()
	var onFail func()
	if s.failure == nil {
		s.failure = err
		onFail = s.onFail
	}
	s.pending = nil
	s.changed.Broadcast()
	s.mutex.Unlock()
	if onFail != nil {
		onFail()
	}
}

// whenFailed calls f once if the stream is ever reset, or has been.
func (s *stream) whenFailed(f func()) {
	s.mutex.Lock()
	s.onFail = f
	failed := s.failure != nil
	s.mutex.Unlock()
	if failed {
		f()
	}
}

// reset ends both directions at once. A stream that has ended in both ways stays as it is.
func (s *stream) reset() {
	s.mutex.Lock()
	done := s.failure != nil || (s.closed && s.finished)
	s.mutex.Unlock()
	if done {
		return
	}
	s.session.forget(s.id)
	s.fail(errReset)
	_ = s.session.control(typeWindow, flagRST, s.id, 0)
}

// CloseWrite tells the host that no more bytes come.
func (s *stream) CloseWrite() error {
	s.mutex.Lock()
	if s.failure != nil || s.closed {
		s.mutex.Unlock()
		return s.failure
	}
	s.closed = true
	done := s.finished
	s.mutex.Unlock()
	if done {
		s.session.forget(s.id)
	}
	return s.session.control(typeWindow, flagFIN, s.id, 0)
}

// take waits for received bytes and gives all of them; they are valid until the next take.
func (s *stream) take() ([]byte, error) {
	s.giveBack()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for len(s.pending) == 0 {
		if s.failure != nil {
			return nil, s.failure
		}
		if s.finished {
			return nil, io.EOF
		}
		s.changed.Wait()
	}
	b := s.pending
	s.pending, s.spare = s.spare[:0], b
	s.consumed += uint32(len(b))
	return b, nil
}

// giveBack grants the host what the reader has done with, once it is worth a frame.
func (s *stream) giveBack() {
	if s.consumed < ownWindow/2 {
		return
	}
	n := s.consumed
	s.consumed = 0
	s.mutex.Lock()
	useful := s.failure == nil && !s.finished
	s.window += n
	s.mutex.Unlock()
	if useful {
		_ = s.session.control(typeWindow, 0, s.id, n)
	}
}

func (s *stream) Read(p []byte) (int, error) {
	if len(s.taken) == 0 {
		b, err := s.take()
		if err != nil {
			return 0, err
		}
		s.taken = b
	}
	n := copy(p, s.taken)
	s.taken = s.taken[n:]
	return n, nil
}

// readLine gives the bytes up to the next newline, without it.
func (s *stream) readLine(limit int) ([]byte, error) {
	var line []byte
	for len(line) <= limit {
		if len(s.taken) == 0 {
			b, err := s.take()
			if err != nil {
				return nil, err
			}
			s.taken = b
		}
		if i := bytes.IndexByte(s.taken, '\n'); i >= 0 {
			line = append(line, s.taken[:i]...)
			s.taken = s.taken[i+1:]
			return line, nil
		}
		line = append(line, s.taken...)
		s.taken = nil
	}
	return nil, errLineTooLong
}

// WriteTo copies everything that the host sends.
func (s *stream) WriteTo(w io.Writer) (int64, error) {
	var total int64
	for {
		b := s.taken
		s.taken = nil
		if len(b) == 0 {
			var err error
			if b, err = s.take(); err == io.EOF {
				return total, nil
			} else if err != nil {
				return total, err
			}
		}
		n, err := w.Write(b)
		total += int64(n)
		if err != nil {
			return total, err
		}
	}
}

// room waits until the host accepts bytes and reserves up to `wanted` of them.
func (s *stream) room(wanted int) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for s.allowed == 0 && s.failure == nil && !s.closed {
		s.changed.Wait()
	}
	if s.failure != nil {
		return 0, s.failure
	}
	if s.closed {
		return 0, io.ErrClosedPipe
	}
	n := min(wanted, int(s.allowed))
	s.allowed -= uint32(n)
	return n, nil
}

// send writes one data frame, whose first bytes are free for the header.
func (s *stream) send(frame []byte) error {
	header{typeData, 0, s.id, uint32(len(frame) - headerSize)}.encode(frame)
	return s.session.port.write(s.session, frame)
}

func (s *stream) Write(p []byte) (int, error) {
	frame := make([]byte, min(len(p)+headerSize, largestFrame))
	written := 0
	for written < len(p) {
		n, err := s.room(min(len(p)-written, largestFrame-headerSize))
		if err != nil {
			return written, err
		}
		copy(frame[headerSize:], p[written:written+n])
		if err := s.send(frame[:headerSize+n]); err != nil {
			return written, err
		}
		written += n
	}
	return written, nil
}

// ReadFrom copies everything to the host without a copy of its own.
func (s *stream) ReadFrom(r io.Reader) (int64, error) {
	frame := make([]byte, largestFrame)
	var total int64
	for {
		reserved, err := s.room(largestFrame - headerSize)
		if err != nil {
			return total, err
		}
		n, err := r.Read(frame[headerSize : headerSize+reserved])
		s.grant(uint32(reserved - n))
		if n > 0 {
			total += int64(n)
			if err := s.send(frame[:headerSize+n]); err != nil {
				return total, err
			}
		}
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return total, err
		}
	}
}
