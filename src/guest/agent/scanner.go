package main

import "bytes"

const nonceLength = 16

// A scanner finds the host's greeting in everything that comes in. A host may have gone in the middle of a
// frame, and neither its going nor its coming is reliably told: the greeting with this boot's secret is the
// only sign of a new session.
type scanner struct {
	greeting []byte // Up to the nonce.
	carry    []byte // The last bytes, which may be the beginning of a greeting.
}

func newScanner(secret string) *scanner {
	return &scanner{greeting: []byte("GANTRY-LINK " + secret + " ")}
}

// scan gives the nonce of the last greeting that ends in b and the bytes after it, or nil if there is none.
func (s *scanner) scan(b []byte) (nonce string, rest []byte) {
	length := len(s.greeting) + nonceLength + 1
	// The boundary: what was carried, and as much of b as a greeting that began before could need.
	kept := len(s.carry)
	boundary := append(s.carry, b[:min(len(b), length-1)]...)
	if found, end := s.find(boundary); found != "" && end > kept {
		nonce, rest = found, b[end-kept:]
	}
	if found, end := s.find(b); found != "" {
		nonce, rest = found, b[end:]
	}
	s.remember(b, length-1)
	if nonce != "" && rest == nil {
		rest = []byte{}
	}
	return nonce, rest
}

func (s *scanner) remember(b []byte, size int) {
	if len(b) >= size {
		s.carry = append(s.carry[:0], b[len(b)-size:]...)
		return
	}
	s.carry = append(s.carry, b...)
	if extra := len(s.carry) - size; extra > 0 {
		s.carry = append(s.carry[:0], s.carry[extra:]...)
	}
}

// find gives the last complete greeting in b and where it ends.
func (s *scanner) find(b []byte) (nonce string, end int) {
	for at := 0; ; {
		i := bytes.Index(b[at:], s.greeting)
		if i < 0 {
			return nonce, end
		}
		at += i + len(s.greeting)
		if len(b) < at+nonceLength+1 {
			return nonce, end
		}
		if b[at+nonceLength] == '\n' && isHex(b[at:at+nonceLength]) {
			nonce, end = string(b[at:at+nonceLength]), at+nonceLength+1
		}
	}
}

func isHex(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
