package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

// Frames of a running program, both ways: one byte kind, four bytes length (big-endian), the content.
const (
	frameStdin    = 0
	frameStdout   = 1
	frameStderr   = 2
	frameExit     = 3 // Decimal text; the last frame.
	frameResize   = 4
	frameStdinEnd = 5
)

const largestRunFrame = 1 << 20

// What shells use for a program that cannot be started.
const codeNotStarted = 127

// What follows a program's end is still read for so long, if it left children behind that hold its output.
const outputGrace = time.Second

type terminalSize struct {
	Columns uint16 `json:"columns"`
	Rows    uint16 `json:"rows"`
}

func (t terminalSize) forPty() *pty.Winsize {
	return &pty.Winsize{Cols: t.Columns, Rows: t.Rows}
}

// A running program as its frames see it.
type running struct {
	stream *stream
	mutex  sync.Mutex // One frame at a time.
	stdin  io.WriteCloser
	tty    *os.File
}

func runProgram(st *stream, argv []string, size *terminalSize) {
	r := &running{stream: st}
	code, err := r.run(argv, size)
	if err != nil {
		r.frame(frameStderr, []byte(err.Error()+"\n"))
		code = codeNotStarted
	}
	r.frame(frameExit, []byte(strconv.Itoa(code)))
	_ = st.CloseWrite()
}

func (r *running) frame(kind byte, content []byte) {
	frame := make([]byte, 5+len(content))
	frame[0] = kind
	binary.BigEndian.PutUint32(frame[1:], uint32(len(content)))
	copy(frame[5:], content)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	_, _ = r.stream.Write(frame)
}

func (r *running) run(argv []string, size *terminalSize) (int, error) {
	if len(argv) == 0 {
		return 0, errors.New("no program is named")
	}
	command := exec.Command(argv[0], argv[1:]...)
	command.Env = append(os.Environ(), "HOME=/root", "TERM=xterm-256color")
	command.Dir = "/"
	if size != nil {
		return r.runOnTerminal(command, *size)
	}
	return r.runPlain(command)
}

func (r *running) runPlain(command *exec.Cmd) (int, error) {
	stdin, err := command.StdinPipe()
	if err != nil {
		return 0, err
	}
	r.stdin = stdin
	command.Stdout = frameWriter{r, frameStdout}
	command.Stderr = frameWriter{r, frameStderr}
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.WaitDelay = outputGrace
	if err := command.Start(); err != nil {
		return 0, err
	}
	// Nobody waits for the result any more.
	r.stream.whenFailed(func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) })
	go r.input()
	_ = command.Wait()
	return exitCode(command.ProcessState), nil
}

func (r *running) runOnTerminal(command *exec.Cmd, size terminalSize) (int, error) {
	terminal, err := pty.StartWithSize(command, size.forPty())
	if err != nil {
		return 0, err
	}
	r.stdin, r.tty = terminal, terminal
	// The programs on it get SIGHUP, as when a window is closed.
	r.stream.whenFailed(func() { terminal.Close() })
	go r.input()
	output := make(chan struct{})
	go func() {
		// Ends with EIO once no program has the terminal open.
		_, _ = io.Copy(frameWriter{r, frameStdout}, terminal)
		close(output)
	}()
	_ = command.Wait()
	select {
	case <-output:
	case <-time.After(outputGrace):
	}
	terminal.Close()
	<-output
	return exitCode(command.ProcessState), nil
}

// exitCode follows the shells: a program that a signal ended has 128 and the signal's number.
func exitCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}

type frameWriter struct {
	running *running
	kind    byte
}

func (w frameWriter) Write(p []byte) (int, error) {
	w.running.frame(w.kind, p)
	return len(p), nil
}

// input acts on the host's frames until the stream ends.
func (r *running) input() {
	var head [5]byte
	for {
		if _, err := io.ReadFull(r.stream, head[:]); err != nil {
			return
		}
		size := binary.BigEndian.Uint32(head[1:])
		if size > largestRunFrame {
			r.stream.reset()
			return
		}
		content := make([]byte, size)
		if _, err := io.ReadFull(r.stream, content); err != nil {
			return
		}
		r.act(head[0], content)
	}
}

func (r *running) act(kind byte, content []byte) {
	switch kind {
	case frameStdin:
		_, _ = r.stdin.Write(content)
	case frameStdinEnd:
		r.endInput()
	case frameResize:
		var size terminalSize
		if r.tty != nil && json.Unmarshal(content, &size) == nil {
			_ = pty.Setsize(r.tty, size.forPty())
		}
	}
}

func (r *running) endInput() {
	if r.tty != nil {
		// A terminal has no end of input but the character for it (^D).
		_, _ = r.tty.Write([]byte{4})
		return
	}
	_ = r.stdin.Close()
}
