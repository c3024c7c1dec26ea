// Gantry's agent in the VM: carries streams between the host and this system over one virtio-serial port.
// Under the name docker-proxy it is the program that dockerd starts for each published port, under the name
// gantry-names the guest's name server.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
)

type settings struct {
	port, socket  string
	secretFile    string
	engineSocket  string
	publishSocket string
	sharesSocket  string
	dataFolder    string
	initProcess   int
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("gantry-agent: ")
	switch filepath.Base(os.Args[0]) {
	case "docker-proxy":
		os.Exit(proxyMain(os.Args[1:]))
	case "gantry-names":
		log.Fatal(namesMain(os.Args[1:]))
	}
	if err := agentMain(readSettings()); err != nil {
		log.Fatal(err)
	}
}

func readSettings() settings {
	var s settings
	flag.StringVar(&s.port, "port", "/dev/virtio-ports/org.gantry.link", "virtio-serial port to serve")
	flag.StringVar(&s.socket, "socket", "", "unix socket to serve instead of a port")
	flag.StringVar(&s.secretFile, "secret-file", "/run/gantry/secret", "file with this boot's secret")
	flag.StringVar(&s.engineSocket, "engine", "/run/docker.sock", "unix socket of the Docker Engine")
	flag.StringVar(&s.publishSocket, "publish", defaultPublishSocket, "unix socket for docker-proxy")
	flag.StringVar(&s.sharesSocket, "shares", defaultSharesSocket, "unix socket to mount shared folders from")
	flag.StringVar(&s.dataFolder, "data", "/var/lib/docker", "a folder on the data disk")
	flag.IntVar(&s.initProcess, "init", 1, "process to send SIGTERM to for a power-off")
	flag.Parse()
	return s
}

func agentMain(s settings) error {
	secret, err := readSecret(s.secretFile)
	if err != nil {
		return err
	}
	sessions := newSessions()
	if err := serveLeases(s.publishSocket, sessions); err != nil {
		return err
	}
	if err := serveShares(s.sharesSocket, sessions); err != nil {
		return err
	}
	channel, err := openChannel(s)
	if err != nil {
		return err
	}
	services := &services{settings: s}
	l := &link{
		port:    &port{channel: channel},
		scanner: newScanner(secret),
		accept:  services.serve,
		began:   sessions.began,
	}
	return l.serve()
}

func openChannel(s settings) (channel, error) {
	if s.socket != "" {
		return openSocket(s.socket)
	}
	return openDevice(s.port)
}
