package server

import "time"

// LookEvery sets how often a certificate's files are looked at, and gives what sets it back.
func LookEvery(d time.Duration) (back func()) {
	old := lookEvery
	lookEvery = d
	return func() { lookEvery = old }
}
