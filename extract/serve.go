package extract

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/openassay/assay/extract/pdf"
	"github.com/openassay/assay/text"
)

// Exit codes of a child that ended itself.
const (
	exitTime   = 71
	exitMemory = 72
)

// Serve is the child's side of a [Worker]: it reads one file after the other from in until in ends. It gives up network and the running of
// programs first, and ends the process where a file takes more than it may.
func Serve(in io.Reader, out io.Writer) error {
	runtime.GOMAXPROCS(2) // one to read, one to watch
	if err := confine(); err != nil {
		return fmt.Errorf("the process that reads files cannot be confined: %w", err)
	}
	pdf.Unchecked()
	w := bufio.NewWriterSize(out, 1<<16)
	dec, enc := gob.NewDecoder(bufio.NewReaderSize(in, 1<<16)), gob.NewEncoder(w)
	watch := &watch{set: make(chan WorkerLimits)}
	go watch.run()
	for {
		var q request
		if err := dec.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		watch.begin(q.Limit)
		r := answer(&q)
		watch.end()
		if err := enc.Encode(r); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
}

func answer(q *request) (r *response) {
	r = &response{}
	defer func() {
		if x := recover(); x != nil {
			r = &response{Err: &text.Error{Code: text.CodeUnreadable, Message: fmt.Sprintf("reading failed: %v", x), Hint: "this is a defect of assay; please report it with the file"}}
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), q.Limit.Time)
	defer cancel()
	var err error
	switch {
	case q.Sheet:
		r.Sheet, err = PageSheet(ctx, q.Bytes, q.Image, q.Width)
	case q.Image > 0 && q.Width == 0:
		r.Scan, err = ScanPage(ctx, q.Bytes, q.Image)
	case q.Image > 0:
		r.PNG, err = PageImage(ctx, q.Bytes, q.Image, q.Width)
	default:
		r.Parts, err = (&reader{opt: q.Opt, unpack: !q.Alone, alone: q.Alone}).all(ctx, q.Name, q.Bytes)
	}
	if err != nil && !errors.As(err, &r.Err) {
		r.Err = &text.Error{Code: text.CodeUnreadable, Message: err.Error()}
		if errors.Is(err, context.DeadlineExceeded) {
			r.Err.Message, r.Err.Hint = fmt.Sprintf("reading it took more than %v and was ended", q.Limit.Time), "print it to a new PDF, or split it"
		}
	}
	return r
}

// watch ends the process where a file takes too long or too much memory: also where whoever asked is gone, and cannot.
type watch struct {
	set chan WorkerLimits
}

func (w *watch) begin(l WorkerLimits) { w.set <- l }
func (w *watch) end()                 { w.set <- WorkerLimits{} }

func (w *watch) run() {
	var l WorkerLimits
	var until time.Time
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case l = <-w.set:
			until = time.Now().Add(l.Time + 5*time.Second)
		case <-tick.C:
			if l.Time == 0 {
				continue
			}
			if time.Now().After(until) {
				os.Exit(exitTime)
			}
			if used := resident(); used > l.Memory {
				debug.FreeOSMemory()
				if resident() > l.Memory {
					os.Exit(exitMemory)
				}
			}
		}
	}
}

// heap is how much memory Go has taken, where the system does not say.
func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys - m.HeapReleased)
}
