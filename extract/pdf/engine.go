// Package pdf reads the words of a PDF with their places, and draws its pages, by PDFium compiled to WebAssembly.
//
// Start with [Open]. Nothing of the host is reachable from within: no files, no network, no environment; the memory is
// bounded. The module is compiled on first use and kept, for the process in memory and beyond it in a folder of the
// user's cache where there is one, since compiling takes seconds. What the words mean on the page (columns, paragraphs, footnotes)
// is package layout's.
package pdf

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// memoryPages bounds what one document may take, in pages of 64 KB: 512 MB.
const memoryPages = 8192

var (
	starting  sync.Mutex
	started   pdfium.Pool
	unchecked bool
)

// Unchecked says, before the first document, that somebody else ends what takes too long, and not the context: the process is one that can be
// killed. Without the checks reading is twice as fast.
func Unchecked() {
	starting.Lock()
	defer starting.Unlock()
	unchecked = true
}

// pool compiles the module once.
func pool() (pdfium.Pool, error) {
	starting.Lock()
	defer starting.Unlock()
	if started != nil {
		return started, nil
	}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(!unchecked)
	if dir := CacheDir(); dir != "" {
		if c, err := wazero.NewCompilationCacheWithDir(dir); err == nil {
			config = config.WithCompilationCache(c)
		}
	}
	p, err := webassembly.Init(webassembly.Config{
		MaxTotal: max(4, runtime.GOMAXPROCS(0)), FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	started = p
	return p, nil
}

// CacheDir is the folder of the compiled module, readable and writable by this user alone: what lies there is run. "" where there is
// none; then each process compiles for itself.
func CacheDir() string {
	base := os.Getenv("ASSAY_CACHE")
	if base == "" {
		var err error
		if base, err = os.UserCacheDir(); err != nil {
			return ""
		}
	}
	dir := filepath.Join(base, "assay", "pdfium")
	if os.MkdirAll(dir, 0o700) != nil || os.Chmod(dir, 0o700) != nil {
		return ""
	}
	return dir
}

// engine is one instance of the module, for one document.
type engine struct {
	ctx      context.Context
	instance pdfium.Pdfium
	mod      api.Module
	calls    map[string]api.Function
	lookup   func(string) api.Function
	stack    [16]uint64
	failed   error // the first trap; the instance is of no use afterwards
}

func newEngine(ctx context.Context) (*engine, error) {
	p, err := pool()
	if err != nil {
		return nil, err
	}
	wait, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	instance, err := p.GetInstanceWithContext(wait)
	if err != nil {
		return nil, err
	}
	// The library's own calls look up handles and allocate for each number; a page has thousands of characters. The module is a
	// public field of what GetImplementation gives, though its type has no public name.
	impl := reflect.ValueOf(instance.GetImplementation())
	mod, ok := impl.Elem().FieldByName("Module").Interface().(api.Module)
	if !ok {
		instance.Close()
		return nil, fmt.Errorf("pdfium: no module")
	}
	return &engine{ctx: ctx, instance: instance, mod: mod, calls: map[string]api.Function{}}, nil
}

func (e *engine) close() {
	if e.failed != nil {
		e.instance.Kill()
		return
	}
	e.instance.Close()
}

// call calls an exported function; 0 after a failure.
func (e *engine) call(name string, params ...uint64) uint64 {
	f := e.calls[name]
	if f == nil {
		if f = e.mod.ExportedFunction(name); f == nil {
			e.failed = fmt.Errorf("pdfium has no %s", name)
			return 0
		}
		e.calls[name] = f
	}
	return e.do(f, params...)
}

func (e *engine) do(f api.Function, params ...uint64) uint64 {
	if e.failed != nil {
		return 0
	}
	copy(e.stack[:], params)
	if err := f.CallWithStack(e.ctx, e.stack[:]); err != nil {
		e.failed = err
		return 0
	}
	return e.stack[0]
}

func (e *engine) int(name string, params ...uint64) int {
	return int(int32(uint32(e.call(name, params...))))
}

// put copies bytes into the module's memory and gives their address; 0 where there is no room.
func (e *engine) put(b []byte) uint64 {
	p := e.call("malloc", uint64(len(b)))
	if p == 0 || !e.mod.Memory().Write(uint32(p), b) {
		return 0
	}
	return p
}
