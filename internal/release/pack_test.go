package main

import (
	"bytes"
	"testing"
	"time"
)

// TestPack: what goes in comes out, and the same files give the same bytes.
func TestPack(t *testing.T) {
	files := []file{{"a-1/assay", []byte("program"), true}, {"a-1/LICENSE", []byte("words"), false}}
	at := time.Date(2026, 11, 23, 1, 2, 4, 0, time.UTC)
	for name, pack := range map[string]func([]file, time.Time) ([]byte, error){"x.tar.gz": tarred, "x.zip": zipped} {
		one, err := pack(files, at)
		if err != nil {
			t.Fatal(err)
		}
		two, _ := pack(files, at)
		later, _ := pack(files, at.Add(time.Hour))
		if !bytes.Equal(one, two) || bytes.Equal(one, later) {
			t.Errorf("%s: the bytes depend on more, or on less, than files and time", name)
		}
		got, err := unpack(name, one)
		if err != nil || len(got) != 2 || got[0].name != "a-1/assay" || !got[0].program || got[1].program || string(got[1].data) != "words" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if _, err := unpack(name, one[:len(one)/2]); err == nil {
			t.Errorf("%s: half of it is taken for whole", name)
		}
	}
}
