package main

import (
	"errors"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

var errNoHost = errors.New("the host has disconnected")

// A channel carries bytes to and from the host, over any number of its connections.
type channel interface {
	// read waits for bytes. errNoHost says that the host has gone; the next read waits for its return.
	read(b []byte) (int, error)
	write(b []byte) error
}

// The port is the channel with its one writer at a time.
type port struct {
	channel channel
	mutex   sync.Mutex
}

// write sends bytes for a session that has not ended. Nothing of an old session follows a new one's answer,
// because the check happens under the same lock as the write.
func (p *port) write(s *session, b []byte) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	select {
	case <-s.ended:
		return errSessionEnded
	default:
		return p.channel.write(b)
	}
}

// A virtio-serial port: one device file that stays open.
type deviceChannel struct {
	file     *os.File
	raw      syscall.RawConn
	toldGone bool
}

// openDevice waits for the device, which the kernel may announce a moment after this program has started.
func openDevice(path string) (*deviceChannel, error) {
	deadline := time.Now().Add(10 * time.Second)
	for {
		file, err := os.OpenFile(findDevice(path), os.O_RDWR, 0)
		if err == nil {
			raw, err := file.SyscallConn()
			return &deviceChannel{file: file, raw: raw, toldGone: true}, err
		}
		if !os.IsNotExist(err) || time.Now().After(deadline) {
			return nil, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// findDevice does udev's work where there is none: /dev/virtio-ports/NAME is a link that udev makes.
func findDevice(path string) string {
	if _, err := os.Stat(path); err == nil {
		return path
	}
	names, _ := filepath.Glob("/sys/class/virtio-ports/*/name")
	for _, file := range names {
		if name, err := os.ReadFile(file); err == nil && string(trimNewline(name)) == filepath.Base(path) {
			return filepath.Join("/dev", filepath.Base(filepath.Dir(file)))
		}
	}
	return path
}

func trimNewline(b []byte) []byte {
	if len(b) > 0 && b[len(b)-1] == '\n' {
		return b[:len(b)-1]
	}
	return b
}

// read: the driver gives 0 bytes while no host is connected, and wakes its waiters when one comes. os.File.Read
// would make io.EOF of that and never wait.
func (d *deviceChannel) read(b []byte) (int, error) {
	var n int
	var failure error
	err := d.raw.Read(func(fd uintptr) bool {
		n, failure = syscall.Read(int(fd), b)
		return failure != syscall.EAGAIN && failure != syscall.EINTR && (n != 0 || !d.toldGone)
	})
	if err == nil {
		err = failure
	}
	if err != nil {
		return 0, err
	}
	d.toldGone = n == 0
	if n == 0 {
		return 0, errNoHost
	}
	return n, nil
}

func (d *deviceChannel) write(b []byte) error {
	_, err := d.file.Write(b)
	return err
}

// A unix socket that this program serves: what the device is in a VM, for a program beside it.
// One host at a time; the next one waits until the present one has gone.
type socketChannel struct {
	listener net.Listener
	mutex    sync.Mutex
	host     net.Conn
}

func openSocket(path string) (*socketChannel, error) {
	listener, err := listenPrivately(path)
	return &socketChannel{listener: listener}, err
}

func (s *socketChannel) current() net.Conn {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.host
}

func (s *socketChannel) setCurrent(host net.Conn) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.host = host
}

func (s *socketChannel) read(b []byte) (int, error) {
	host := s.current()
	if host == nil {
		var err error
		if host, err = s.listener.Accept(); err != nil {
			return 0, err
		}
		s.setCurrent(host)
	}
	n, err := host.Read(b)
	if err == nil {
		return n, nil
	}
	host.Close()
	s.setCurrent(nil)
	return 0, errNoHost
}

func (s *socketChannel) write(b []byte) error {
	host := s.current()
	if host == nil {
		return errNoHost
	}
	_, err := host.Write(b)
	if err == io.EOF {
		return errNoHost
	}
	return err
}

// listenPrivately listens on a unix socket that only its owner may connect to, from its first moment on.
func listenPrivately(path string) (net.Listener, error) {
	_ = os.Remove(path)
	old := syscall.Umask(0o177)
	defer syscall.Umask(old)
	return net.Listen("unix", path)
}

// acceptFrom serves each connection to a private unix socket. It fails only if it cannot listen.
func acceptFrom(path string, serve func(net.Conn)) error {
	listener, err := listenPrivately(path)
	if err != nil {
		return err
	}
	go acceptAll(listener, serve)
	return nil
}

// acceptAll serves each connection on its own. A listener that fails ends the program, which is started again.
func acceptAll(listener net.Listener, serve func(net.Conn)) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatalf("%s: %v", listener.Addr(), err)
		}
		go serve(connection)
	}
}
