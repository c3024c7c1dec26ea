package main

import (
	"context"
	"sync"
)

// The host's sessions, for those who open streams to it: there is one at a time, and sometimes none.
type sessions struct {
	mutex   sync.Mutex
	newest  *session
	arrived chan struct{} // Closed when a session comes.
}

func newSessions() *sessions {
	return &sessions{arrived: make(chan struct{})}
}

// began makes a new session known to all who wait for one.
func (all *sessions) began(s *session) {
	all.mutex.Lock()
	defer all.mutex.Unlock()
	all.newest = s
	close(all.arrived)
	all.arrived = make(chan struct{})
}

// next waits for a session that comes after `last`; nil when the context ends before.
func (all *sessions) next(ctx context.Context, last *session) *session {
	for ctx.Err() == nil {
		all.mutex.Lock()
		s, arrived := all.newest, all.arrived
		all.mutex.Unlock()
		if s != last {
			return s
		}
		select {
		case <-arrived:
		case <-ctx.Done():
		}
	}
	return nil
}
