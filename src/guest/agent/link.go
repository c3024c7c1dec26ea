package main

import (
	"errors"
	"log"
	"os"
)

// A link carries one session after the other over a channel.
type link struct {
	port    *port
	scanner *scanner
	accept  func(*stream)
	began   func(*session)
}

// serve runs until the channel fails for good.
func (l *link) serve() error {
	buffer := make([]byte, 64<<10)
	var now *session
	for {
		n, err := l.port.channel.read(buffer)
		if errors.Is(err, errNoHost) {
			now = l.end(now)
			continue
		}
		if err != nil {
			l.end(now)
			return err
		}
		rest := buffer[:n]
		if nonce, after := l.scanner.scan(rest); nonce != "" {
			l.end(now)
			if now, err = l.begin(nonce); err != nil {
				continue
			}
			rest = after
		}
		if now == nil {
			continue
		}
		if err := now.feed(rest); err != nil {
			log.Printf("session: %v", err)
			now = l.end(now)
		}
	}
}

func (l *link) end(s *session) *session {
	if s != nil {
		s.end()
	}
	return nil
}

// begin answers the greeting; everything after the answer belongs to the new session.
func (l *link) begin(nonce string) (*session, error) {
	s := newSession(l.port, l.accept)
	if err := l.port.write(s, []byte("GANTRY-LINK-OK "+nonce+"\n")); err != nil {
		s.end()
		return nil, err
	}
	l.began(s)
	return s, nil
}

// readSecret gives the secret of this boot: 32 hexadecimal digits.
func readSecret(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	secret := string(trimNewline(b))
	if len(secret) != 32 || !isHex([]byte(secret)) {
		return "", errors.New(path + " does not hold 32 hexadecimal digits")
	}
	return secret, nil
}
