package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

type facts struct {
	MemoryTotalBytes     uint64 `json:"memoryTotalBytes"`
	MemoryAvailableBytes uint64 `json:"memoryAvailableBytes"`
	DiskTotalBytes       uint64 `json:"diskTotalBytes"`
	DiskUsedBytes        uint64 `json:"diskUsedBytes"`
	UnixMs               int64  `json:"unixMs"`
}

func readFacts(dataFolder string) (facts, error) {
	f := facts{UnixMs: time.Now().UnixMilli()}
	memory, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return f, err
	}
	f.MemoryTotalBytes = memoryField(memory, "MemTotal:")
	f.MemoryAvailableBytes = memoryField(memory, "MemAvailable:")
	f.DiskTotalBytes, f.DiskUsedBytes, err = diskRoom(dataFolder)
	return f, err
}

// memoryField reads a line of /proc/meminfo, which counts in KiB.
func memoryField(memory []byte, name string) uint64 {
	for line := range strings.Lines(string(memory)) {
		words := strings.Fields(line)
		if len(words) >= 2 && words[0] == name {
			n, _ := strconv.ParseUint(words[1], 10, 64)
			return n << 10
		}
	}
	return 0
}

func diskRoom(folder string) (total, used uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, 0, fmt.Errorf("statfs %s: %w", folder, err)
	}
	block := uint64(s.Bsize)
	return s.Blocks * block, (s.Blocks - s.Bfree) * block, nil
}

type clockBefore struct {
	BeforeMs int64 `json:"beforeMs"`
}

func setClock(unixMs int64) (clockBefore, error) {
	before := clockBefore{time.Now().UnixMilli()}
	if unixMs <= 0 {
		return before, errors.New("no time is given")
	}
	now := unix.NsecToTimeval(unixMs * int64(time.Millisecond))
	return before, unix.Settimeofday(&now)
}

type trimmed struct {
	TrimmedBytes uint64 `json:"trimmedBytes"`
}

// FITRIM of linux/fs.h, _IOWR('X', 121, struct fstrim_range): what fstrim does.
const ioctlTrim = 0xc0185879

func trimDisk(folder string) (trimmed, error) {
	mount, err := os.Open(folder)
	if err != nil {
		return trimmed{}, err
	}
	defer mount.Close()
	area := struct{ start, length, least uint64 }{0, ^uint64(0), 0}
	_, _, number := syscall.Syscall(syscall.SYS_IOCTL, mount.Fd(), ioctlTrim, uintptr(unsafe.Pointer(&area)))
	if number != 0 {
		return trimmed{}, fmt.Errorf("trim %s: %w", folder, number)
	}
	return trimmed{area.length}, nil
}

type grown struct {
	DiskTotalBytes uint64 `json:"diskTotalBytes"`
}

// growDisk makes the file system as large as its disk has become.
func growDisk(folder string) (grown, error) {
	device, err := deviceOf(folder)
	if err != nil {
		return grown{}, err
	}
	if text, err := exec.Command("resize2fs", device).CombinedOutput(); err != nil {
		return grown{}, fmt.Errorf("resize2fs %s: %w: %s", device, err, bytes.TrimSpace(text))
	}
	total, _, err := diskRoom(folder)
	return grown{total}, err
}

// deviceOf finds the device below a folder by its number, in /proc/self/mountinfo (proc(5)):
// "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue".
func deviceOf(folder string) (string, error) {
	var s unix.Stat_t
	if err := unix.Stat(folder, &s); err != nil {
		return "", fmt.Errorf("stat %s: %w", folder, err)
	}
	number := fmt.Sprintf("%d:%d", unix.Major(uint64(s.Dev)), unix.Minor(uint64(s.Dev)))
	file, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return "", err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		mount, source, ok := strings.Cut(lines.Text(), " - ")
		left, right := strings.Fields(mount), strings.Fields(source)
		if ok && len(left) > 2 && len(right) > 1 && left[2] == number {
			return right[1], nil
		}
	}
	return "", errors.New(folder + " is on no disk")
}

// powerOff asks init, which stops the containers and unmounts the disk.
func powerOff(initProcess int) (done, error) {
	return done{true}, syscall.Kill(initProcess, syscall.SIGTERM)
}
