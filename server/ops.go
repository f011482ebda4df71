package server

import (
	"context"
	"net"
	"net/http"
	"runtime"
	"time"
)

// opsTimeout is how long a question at ops may take.
const opsTimeout = 5 * time.Second

// ops answers at the second address.
func (s *Server) ops() http.Handler {
	m := http.NewServeMux()
	say := func(w http.ResponseWriter, status int, text string) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text + "\n"))
	}
	m.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { say(w, http.StatusOK, "alive") })
	m.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ready, _ := s.ready.Load().(*Checks)
		if ready == nil {
			say(w, http.StatusServiceUnavailable, "not ready: starting or stopping")
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), opsTimeout)
		defer cancel()
		if err := ready.Ready(ctx); err != nil {
			say(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
			return
		}
		say(w, http.StatusOK, "ready")
	})
	m.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		more := []Measure{
			{Name: "assay_memory_bytes", Help: "Memory that the process has from the system.", Type: "gauge", Value: float64(mem.Sys - mem.HeapReleased)},
			{Name: "assay_goroutines", Help: "Activities in the process.", Type: "gauge", Value: float64(runtime.NumGoroutine())},
		}
		ready := 0.0
		if c, _ := s.ready.Load().(*Checks); c != nil {
			ready = 1
			ctx, cancel := context.WithTimeout(r.Context(), opsTimeout)
			defer cancel()
			of, err := c.Measures(ctx)
			if err != nil {
				s.log.Error("measures: " + err.Error())
				ready = 0
			}
			more = append(more, of...)
		}
		more = append(more, Measure{Name: "assay_ready", Help: "1 where the pages are served and up to date.", Type: "gauge", Value: ready})
		_ = s.metrics.write(w, more)
	})
	if tcp, ok := s.opsAt.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		return m
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !hereByName(r.Host) { // as for the pages: a name elsewhere that was pointed here would let a page elsewhere read measures, which tell of what is hidden
			say(w, http.StatusMisdirectedRequest, "these are measures of this machine, to be asked for as 127.0.0.1 or localhost")
			return
		}
		m.ServeHTTP(w, r)
	})
}

// Checks is what the server asks of what it serves.
type Checks struct {
	Ready    func(context.Context) error              // nil where the pages may be asked for
	Measures func(context.Context) ([]Measure, error) // those of one name behind each other
}
