package main

import (
	"errors"
	"io/fs"
	"log"
	"os"
)

const longestPath = 64 << 10

// touchFiles makes watchers in this system see what has changed on the host: inotify knows nothing of another
// system's writes, but reports a change of mode, even to the same mode.
func touchFiles(st *stream) {
	for {
		line, err := st.readLine(longestPath)
		if err != nil {
			_ = st.CloseWrite()
			return
		}
		if err := touch(string(line)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			log.Printf("touch: %v", err)
		}
	}
}

func touch(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Chmod(path, info.Mode())
}
