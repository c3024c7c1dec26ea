package main

import (
	"encoding/json"
	"errors"
	"log"
)

// The host's request: the first line of each stream that it opens.
type request struct {
	Service string        `json:"service"`
	Network string        `json:"network"`
	Address string        `json:"address"`
	Argv    []string      `json:"argv"`
	TTY     *terminalSize `json:"tty"`
	UnixMs  int64         `json:"unixMs"`
}

const longestRequest = 256 << 10

type services struct {
	settings settings
}

// serve handles one stream of the host from its first line to its end.
func (s *services) serve(st *stream) {
	line, err := st.readLine(longestRequest)
	if err != nil {
		st.reset()
		return
	}
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		log.Printf("request: %v", err)
		st.reset()
		return
	}
	switch r.Service {
	case "engine":
		dial(st, "unix", s.settings.engineSocket)
	case "dial":
		dialContainer(st, r.Network, r.Address)
	case "run":
		runProgram(st, r.Argv, r.TTY)
	case "touch":
		touchFiles(st)
	default:
		answer(st, s.order(r))
	}
}

// order carries out what is answered by one line.
func (s *services) order(r request) any {
	var result any
	var err error
	switch r.Service {
	case "facts":
		result, err = readFacts(s.settings.dataFolder)
	case "clock":
		result, err = setClock(r.UnixMs)
	case "trim":
		result, err = trimDisk(s.settings.dataFolder)
	case "grow":
		result, err = growDisk(s.settings.dataFolder)
	case "stop":
		result, err = powerOff(s.settings.initProcess)
	default:
		err = errors.New("unknown service " + r.Service)
	}
	if err != nil {
		return failed{err.Error()}
	}
	return result
}

type failed struct {
	Error string `json:"error"`
}

type done struct {
	OK bool `json:"ok"`
}

// answer sends one line and ends the stream.
func answer(st *stream, value any) {
	line, err := json.Marshal(value)
	if err == nil {
		_, err = st.Write(append(line, '\n'))
	}
	if err != nil {
		st.reset()
		return
	}
	_ = st.CloseWrite()
}
