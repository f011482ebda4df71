package server

import (
	"net"
	"os"
	"strconv"
	"strings"
)

// firstInherited is the number of the first open file that systemd hands over.
const firstInherited = 3

// inherited is the listening socket that systemd opened for this process, nil where there is none: connections wait in it while the
// process is restarted, and none is refused. sd_listen_fds(3) describes it.
func inherited() (net.Listener, error) {
	n, err := strconv.Atoi(os.Getenv("LISTEN_FDS"))
	if os.Getenv("LISTEN_PID") != strconv.Itoa(os.Getpid()) || err != nil || n < 1 {
		return nil, nil
	}
	f := os.NewFile(firstInherited, "socket of systemd")
	defer f.Close() // FileListener has a copy
	return net.FileListener(f)
}

// notify tells systemd how far the process is, where it asks; sd_notify(3) describes the words.
func notify(state string) {
	path := os.Getenv("NOTIFY_SOCKET")
	if path == "" {
		return
	}
	if strings.HasPrefix(path, "@") { // an abstract name
		path = "\x00" + path[1:]
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return
	}
	defer c.Close()
	_, _ = c.Write([]byte(state))
}
