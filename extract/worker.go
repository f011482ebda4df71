package extract

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"runtime"
	"sync"
	"time"

	"github.com/openassay/assay/text"
)

// Worker reads each file in a child process, which is ended where it takes too long, too much memory or says too much. The child has
// no network and runs no program; where the system can (Linux), the system sees to that. Children are kept for further files.
type Worker struct {
	Command []string // the program and the hidden verb that calls [Serve]
	OCR     Recognizer
	Limits  WorkerLimits

	mu   sync.Mutex
	idle []*child
	gone bool
}

// WorkerLimits bound what one file may take; a zero field has the default. Of a container each file in it is one, and Whole and Output bound them together.
type WorkerLimits struct {
	Time   time.Duration // 3 minutes
	Memory int64         // bytes, of the whole process; 2 GB
	Output int64         // bytes; 768 MB
	Whole  time.Duration // for all that lies in a container; 15 minutes
}

func (l WorkerLimits) withDefaults() WorkerLimits {
	if l.Time == 0 {
		l.Time = 3 * time.Minute
	}
	if l.Memory == 0 {
		l.Memory = 2 << 30
	}
	if l.Output == 0 {
		l.Output = 768 << 20
	}
	if l.Whole == 0 {
		l.Whole = 15 * time.Minute
	}
	return l
}

// Verb is the name of the hidden verb that calls [Serve].
const Verb = "extract-worker"

// NewWorker is a worker whose children are this program, called with [Verb].
func NewWorker(ocr Recognizer) (*Worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return &Worker{Command: []string{self, Verb}, OCR: ocr}, nil
}

// request is what a child is asked.
type request struct {
	Name  string
	Bytes []byte
	Opt   Options
	Image int  // page to draw; 0 to read
	Width int  // of the image in pixels; 0 for recognition
	Sheet bool // a sheet, whose dots per inch Width is
	Alone bool // without what lies in it: a container is else unpacked, and what lies in it given unread
	Limit WorkerLimits
}

// response is what it answers.
type response struct {
	Parts []*Part
	PNG   []byte
	Scan  *Scan
	Sheet *Sheet
	Err   *text.Error

	size int64 // bytes of the answer
}

// Read implements [Reader]. A child that was ended is a verdict.
func (w *Worker) Read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error) {
	return recognize(ctx, w, w.OCR, name, b, opt)
}

// PageImage implements [Reader].
func (w *Worker) PageImage(ctx context.Context, b []byte, page, widthPx int) ([]byte, error) {
	r, err := w.ask(ctx, request{Bytes: b, Image: page, Width: max(widthPx, 1)})
	if err != nil {
		return nil, err
	}
	return r.PNG, nil
}

// Sheet implements [Reader].
func (w *Worker) Sheet(ctx context.Context, b []byte, page, dpi int) (*Sheet, error) {
	r, err := w.ask(ctx, request{Bytes: b, Image: page, Width: dpi, Sheet: true})
	if err != nil {
		return nil, err
	}
	return r.Sheet, nil
}

// read reads a file. What lies in a container is read file by file, so that one that ends its process costs none of the others.
func (w *Worker) read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error) {
	limit := w.Limits.withDefaults()
	until := time.Now().Add(limit.Whole)
	r, err := w.ask(ctx, request{Name: name, Bytes: b, Opt: opt, Limit: limit})
	var te *text.Error
	if errors.As(err, &te) {
		p := &Part{Path: clean(path.Base(name))}
		p.refuse(te)
		return []*Part{p}, nil
	}
	if err != nil {
		return nil, err
	}
	limit.Output -= r.size
	for i, p := range r.Parts {
		if p.Bytes == nil && p.Path != clean(name) { // an empty file in a container: what is empty arrives as nil
			p.Bytes = []byte{}
		}
		if p.Verdict.Code == verdictUnread {
			if r.Parts[i], err = w.inner(ctx, p, b, opt, &limit, until); err != nil {
				return nil, err
			}
		}
	}
	return r.Parts, nil
}

// inner reads a file that lay in a container, or the words of a message, whose bytes are whole where it lay in none.
func (w *Worker) inner(ctx context.Context, p *Part, whole []byte, opt Options, limit *WorkerLimits, until time.Time) (*Part, error) {
	out := &Part{Path: p.Path, Format: p.Format, Bytes: p.Bytes}
	left := time.Until(until)
	if left <= 0 || limit.Output <= 0 {
		out.refuse(&text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("not read: what lies before it in the same file took more than %v, or more than %d MB", w.Limits.withDefaults().Whole, w.Limits.withDefaults().Output>>20), Hint: "unpack it and give the documents"})
		return out, nil
	}
	q := request{Name: p.Path, Bytes: p.Bytes, Opt: opt, Limit: *limit, Alone: true}
	if q.Bytes == nil {
		q.Bytes = whole
	}
	q.Limit.Time = min(q.Limit.Time, left)
	r, err := w.ask(ctx, q)
	var te *text.Error
	switch {
	case errors.As(err, &te):
		out.refuse(te)
		return out, nil
	case err != nil:
		return nil, err
	}
	limit.Output -= r.size
	if len(r.Parts) != 1 {
		out.refuse(&text.Error{Code: text.CodeUnreadable, Message: "nothing in it can be read", Hint: "unpack it and give the documents"})
		return out, nil
	}
	r.Parts[0].Bytes = p.Bytes
	return r.Parts[0], nil
}

func (w *Worker) scan(ctx context.Context, b []byte, page int) (*Scan, error) {
	r, err := w.ask(ctx, request{Bytes: b, Image: page})
	if err != nil {
		return nil, err
	}
	return r.Scan, nil
}

// ask gives a request to a child. The error is the context's, a [*text.Error], or that no child can be started.
func (w *Worker) ask(ctx context.Context, q request) (*response, error) {
	if q.Limit.Time == 0 {
		q.Limit = w.Limits.withDefaults()
	}
	if len(q.Bytes) > text.MaxBytes {
		return nil, &text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("%d bytes; at most %d are read", len(q.Bytes), text.MaxBytes), Hint: "split it, or take the annexes out"}
	}
	c, err := w.child(q.Limit)
	if err != nil {
		return nil, err
	}
	r, err := c.ask(ctx, q)
	if err != nil {
		c.end()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	w.put(c)
	if r.Err != nil {
		return nil, r.Err
	}
	return r, nil
}

// child takes an idle child or starts one.
func (w *Worker) child(l WorkerLimits) (*child, error) {
	w.mu.Lock()
	if n := len(w.idle); n > 0 {
		c := w.idle[n-1]
		w.idle = w.idle[:n-1]
		w.mu.Unlock()
		return c, nil
	}
	w.mu.Unlock()
	return start(w.Command, l)
}

// maxUses is for how many files a child serves, so that what one leaves behind does not grow.
const maxUses = 200

func (w *Worker) put(c *child) {
	w.mu.Lock()
	keep := !w.gone && c.uses < maxUses && len(w.idle) < runtime.GOMAXPROCS(0)
	if keep {
		w.idle = append(w.idle, c)
	}
	w.mu.Unlock()
	if !keep {
		c.end()
	}
}

// Close ends the children that are idle, and those at work once they are done.
func (w *Worker) Close() {
	w.mu.Lock()
	idle := w.idle
	w.idle, w.gone = nil, true
	w.mu.Unlock()
	for _, c := range idle {
		c.end()
	}
}

// child is a process that reads one file after the other.
type child struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *limitedReader
	enc  *gob.Encoder
	dec  *gob.Decoder
	said *tail
	uses int
}

func start(command []string, l WorkerLimits) (*child, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = os.TempDir()
	cmd.Env = childEnv(l)
	said := &tail{}
	cmd.Stderr = said
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	attributes(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("the process that reads files cannot be started: %w", err)
	}
	lim := &limitedReader{r: out}
	return &child{cmd: cmd, in: in, out: lim, enc: gob.NewEncoder(in), dec: gob.NewDecoder(lim), said: said}, nil
}

// childEnv is all that a child knows of its surroundings: where the compiled module of the PDF reader is kept, and its memory.
func childEnv(l WorkerLimits) []string {
	env := []string{fmt.Sprintf("GOMEMLIMIT=%d", l.Memory*3/4)}
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "ASSAY_CACHE", "LocalAppData", "SystemRoot", "TMPDIR", "TEMP", "GOCOVERDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

func (c *child) ask(ctx context.Context, q request) (*response, error) {
	c.uses++
	c.out.left = q.Limit.Output
	type answer struct {
		r   *response
		err error
	}
	done := make(chan answer, 1)
	go func() {
		if err := c.enc.Encode(&q); err != nil {
			done <- answer{nil, err}
			return
		}
		r := &response{}
		err := c.dec.Decode(r)
		done <- answer{r, err}
	}()
	timer := time.NewTimer(q.Limit.Time)
	defer timer.Stop()
	select {
	case a := <-done:
		if a.err != nil {
			return nil, c.died(q.Limit)
		}
		a.r.size = q.Limit.Output - c.out.left
		return a.r, nil
	case <-ctx.Done():
		c.kill()
		<-done
		return nil, ctx.Err()
	case <-timer.C:
		c.kill()
		<-done
		return nil, &text.Error{Code: text.CodeUnreadable, Message: fmt.Sprintf("reading it took more than %v and was ended", q.Limit.Time), Hint: "print it to a new PDF, or split it"}
	}
}

// died says why a child ended by itself.
func (c *child) died(l WorkerLimits) error {
	over := c.out.left <= 0
	c.kill()
	c.wait()
	code := c.cmd.ProcessState.ExitCode()
	switch {
	case over:
		return &text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("what it unpacks to has more than %d MB", l.Output>>20), Hint: "split it"}
	case code == exitMemory, bytes.Contains(c.said.b, []byte("out of memory")), bytes.Contains(c.said.b, []byte("cannot allocate memory")):
		return &text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("reading it takes more than %d MB of memory and was ended", l.Memory>>20), Hint: "print it to a new PDF, or split it"}
	}
	return &text.Error{Code: text.CodeUnreadable, Message: fmt.Sprintf("reading it ended the process that reads files (%v)", c.cmd.ProcessState), Hint: "this is a defect of assay; please report it with the file"}
}

func (c *child) kill() {
	c.cmd.Process.Kill()
}

// end ends a child: an idle one by closing its input, and in any case soon.
func (c *child) end() {
	c.in.Close()
	done := make(chan struct{})
	go func() { c.wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(500 * time.Millisecond):
		c.kill()
		<-done
	}
}

func (c *child) wait() {
	if c.cmd.ProcessState == nil {
		c.cmd.Wait()
	}
}

// limitedReader ends a stream after so many bytes.
type limitedReader struct {
	r    io.Reader
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// tail keeps the beginning of what a child says before it ends.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	if room := 4096 - len(t.b); room > 0 {
		t.b = append(t.b, p[:min(len(p), room)]...)
	}
	return len(p), nil
}
