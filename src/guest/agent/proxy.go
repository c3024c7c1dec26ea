package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

// docker-proxy's protocol (cmd/docker-proxy/main_linux.go of moby): dockerd gives the addresses as arguments and a
// pipe as file 3, waits for "0\n" or for "1\n" and the reason, and ends the program with SIGTERM or SIGINT.
const (
	reportFile = 3
	// A socket that Docker Engine 28 and later binds itself and hands over with -use-listen-fd.
	listenFile = 4
)

// While the agent is away (it is started again at once), the port stays as it is.
const agentRetry = time.Second

func proxyMain(args []string) int {
	report := os.NewFile(reportFile, "report")
	wanted, socket, err := proxyArguments(args)
	if err != nil {
		return refuse(report, err)
	}
	connection, err := lend(socket, wanted)
	if err != nil {
		return refuse(report, err)
	}
	_, _ = report.WriteString("0\n")
	report.Close()
	go keep(connection, socket, wanted)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
	return 0
}

func refuse(report *os.File, err error) int {
	_, _ = fmt.Fprintf(report, "1\n%v", err)
	report.Close()
	return 1
}

func proxyArguments(args []string) (lease, string, error) {
	flags := flag.NewFlagSet("docker-proxy", flag.ContinueOnError)
	protocol := flags.String("proto", "tcp", "")
	hostAddress := flags.String("host-ip", "", "")
	hostPort := flags.Uint("host-port", 0, "")
	address := flags.String("container-ip", "", "")
	port := flags.Uint("container-port", 0, "")
	bound := flags.Bool("use-listen-fd", false, "")
	socket := flags.String("publish", defaultPublishSocket, "")
	if err := flags.Parse(args); err != nil {
		return lease{}, "", err
	}
	if *bound {
		// This program does not listen: the host does.
		_ = syscall.Close(listenFile)
	}
	if *protocol != "tcp" && *protocol != "udp" {
		return lease{}, "", errors.New("Gantry publishes TCP and UDP ports, not " + *protocol)
	}
	return lease{
		Protocol:    *protocol,
		HostAddress: *hostAddress,
		HostPort:    uint16(*hostPort),
		Target:      net.JoinHostPort(*address, strconv.FormatUint(uint64(*port), 10)),
	}, *socket, nil
}

// lend asks the agent for a lease; it lasts as long as the connection.
func lend(socket string, wanted lease) (net.Conn, error) {
	connection, err := net.Dial("unix", socket)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(connection).Encode(wanted); err != nil {
		connection.Close()
		return nil, err
	}
	line, err := bufio.NewReader(connection).ReadBytes('\n')
	var v verdict
	if err == nil {
		err = json.Unmarshal(line, &v)
	}
	if err == nil && !v.OK {
		err = errors.New(v.Error)
	}
	if err != nil {
		connection.Close()
		return nil, err
	}
	return connection, nil
}

// keep asks again whenever the agent has gone.
func keep(connection net.Conn, socket string, wanted lease) {
	for {
		_, _ = connection.Read(make([]byte, 1))
		connection.Close()
		for {
			var err error
			if connection, err = lend(socket, wanted); err == nil {
				break
			}
			time.Sleep(agentRetry)
		}
	}
}
