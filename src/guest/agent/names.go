package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

// Under the name gantry-names: the name server of the containers and of this system. Names in this system's
// /etc/hosts it answers itself (host.docker.internal is there while the host may be reached), all others it passes on.
// usage: gantry-names ADDRESS:PORT SERVER…

const (
	hostsFile = "/etc/hosts"
	// How long a name server may take before the next one is asked. Programs themselves give up after 5 s.
	answerLimit = 2 * time.Second
	// A connection that says nothing for so long is ended.
	silenceLimit = 10 * time.Second
	// Questions that are passed on at once. More have to be asked again, as lost ones are.
	openQuestions = 512
	headerBytes   = 12
	typeA         = 1
	typeAAAA      = 28
)

func namesMain(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: gantry-names ADDRESS:PORT SERVER…")
	}
	servers := args[1:]
	packets, err := net.ListenPacket("udp4", args[0])
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp4", args[0])
	if err != nil {
		return err
	}
	go acceptAll(listener, func(connection net.Conn) { answerConnection(connection, servers) })
	return answerPackets(packets, servers)
}

func answerPackets(packets net.PacketConn, servers []string) error {
	places := make(chan struct{}, openQuestions)
	for {
		buffer := make([]byte, 4096)
		n, from, err := packets.ReadFrom(buffer)
		if err != nil {
			return err
		}
		question := buffer[:n]
		if answer := ownAnswer(question); answer != nil {
			_, _ = packets.WriteTo(answer, from)
			continue
		}
		select {
		case places <- struct{}{}:
			go func() {
				defer func() { <-places }()
				if answer := ask(question, servers); answer != nil {
					_, _ = packets.WriteTo(answer, from)
				}
			}()
		default:
		}
	}
}

// ask passes a question on to one name server after the other until one answers; nil when none does.
func ask(question []byte, servers []string) []byte {
	for _, server := range servers {
		if answer, err := askOne(question, server); err == nil {
			return answer
		}
	}
	return nil
}

func askOne(question []byte, server string) ([]byte, error) {
	connection, err := net.Dial("udp4", net.JoinHostPort(server, "53"))
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(answerLimit))
	if _, err := connection.Write(question); err != nil {
		return nil, err
	}
	answer := make([]byte, 65535)
	n, err := connection.Read(answer)
	return answer[:n], err
}

// answerConnection answers one question over TCP, or connects with a name server for this one and all that follow.
func answerConnection(client net.Conn, servers []string) {
	defer client.Close()
	_ = client.SetDeadline(time.Now().Add(silenceLimit))
	var length [2]byte
	if _, err := io.ReadFull(client, length[:]); err != nil {
		return
	}
	question := make([]byte, binary.BigEndian.Uint16(length[:]))
	if _, err := io.ReadFull(client, question); err != nil {
		return
	}
	if answer := ownAnswer(question); answer != nil {
		_, _ = client.Write(withLength(answer))
		return
	}
	for _, server := range servers {
		connection, err := net.DialTimeout("tcp4", net.JoinHostPort(server, "53"), answerLimit)
		if err != nil {
			continue
		}
		defer connection.Close()
		_ = connection.SetDeadline(time.Now().Add(silenceLimit))
		if _, err := connection.Write(withLength(question)); err != nil {
			return
		}
		go func() { _, _ = io.Copy(connection, client) }()
		_, _ = io.Copy(client, connection)
		return
	}
}

func withLength(message []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(message))), message...)
}

// ownAnswer answers a question for a name of the hosts file, in the form of RFC 1035; nil for all others.
func ownAnswer(question []byte) []byte {
	name, kind, end := readQuestion(question)
	if kind != typeA && kind != typeAAAA {
		return nil
	}
	address := hostAddress(name)
	if address == nil {
		return nil
	}
	answer := append([]byte(nil), question[:end]...)
	// An answer, with the asker's wish for recursion (the lowest bit), recursion available, no failure.
	answer[2] = 0x80 | question[2]&1
	answer[3] = 0x80
	// One question; no other records so far.
	copy(answer[4:], []byte{0, 1, 0, 0, 0, 0, 0, 0})
	if kind == typeA {
		answer[7] = 1
		// The name is the one at the question's place; type A, class IN, valid for 5 s, 4 bytes.
		answer = append(answer, 0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 5, 0, 4)
		answer = append(answer, address...)
	}
	return answer
}

// readQuestion gives the name, the type and the end of a message's one question; type 0 for anything else.
func readQuestion(message []byte) (name string, kind uint16, end int) {
	const kindAndClass = 4
	// A standard query with one question.
	if len(message) < headerBytes || message[2]&0xf8 != 0 || binary.BigEndian.Uint16(message[4:]) != 1 {
		return "", 0, 0
	}
	var labels []string
	at := headerBytes
	for at < len(message) && message[at] != 0 {
		next := at + 1 + int(message[at])
		// Lengths above 63 are no lengths.
		if message[at] > 63 || next >= len(message) {
			return "", 0, 0
		}
		labels = append(labels, string(message[at+1:next]))
		at = next
	}
	end = at + 1 + kindAndClass
	if end > len(message) {
		return "", 0, 0
	}
	return strings.ToLower(strings.Join(labels, ".")), binary.BigEndian.Uint16(message[at+1:]), end
}

// hostAddress looks a name up in the hosts file, which changes while the system runs. Names of this system itself
// (127.0.0.1) are of no use to containers.
func hostAddress(name string) net.IP {
	text, err := os.ReadFile(hostsFile)
	if err != nil {
		return nil
	}
	for _, line := range strings.Split(string(text), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		address := net.ParseIP(fields[0]).To4()
		if address == nil || address.IsLoopback() {
			continue
		}
		for _, known := range fields[1:] {
			if known == name {
				return address
			}
		}
	}
	return nil
}
