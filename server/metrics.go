package server

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Measure is a number that is read when it is asked for.
type Measure struct {
	Name   string // assay_log_position
	Help   string
	Type   string // gauge or counter
	Labels string // name="value",…; "" for none
	Value  float64
}

// bounds of the histogram of durations, in seconds.
var bounds = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

type metrics struct {
	began    time.Time
	inFlight atomic.Int64
	mu       sync.Mutex
	requests map[request]int64
	routes   map[string]*timing
}

type request struct {
	route, method string
	status        int
}

type timing struct {
	buckets []int64
	n       int64
	sum     float64 // seconds
	bytes   int64
}

func newMetrics() *metrics {
	return &metrics{began: time.Now(), requests: map[request]int64{}, routes: map[string]*timing{}}
}

func (m *metrics) count(method, route string, status int, took time.Duration, bytes int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests[request{route, method, status}]++
	t := m.routes[route]
	if t == nil {
		t = &timing{buckets: make([]int64, len(bounds))}
		m.routes[route] = t
	}
	for i, b := range bounds {
		if took.Seconds() <= b {
			t.buckets[i]++
		}
	}
	t.n++
	t.sum += took.Seconds()
	t.bytes += bytes
}

// write gives the text form that Prometheus reads (version 0.0.4 of it).
func (m *metrics) write(w io.Writer, more []Measure) error {
	var b strings.Builder
	head := func(name, kind, help string) { fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind) }
	m.mu.Lock()
	head("assay_requests_total", "counter", "Requests answered, by pattern of the address, method and status.")
	for _, k := range slices.SortedFunc(maps.Keys(m.requests), func(x, y request) int {
		return cmp.Or(cmp.Compare(x.route, y.route), cmp.Compare(x.method, y.method), cmp.Compare(x.status, y.status))
	}) {
		fmt.Fprintf(&b, "assay_requests_total{route=%s,method=%q,status=\"%d\"} %d\n", quoted(k.route), k.method, k.status, m.requests[k])
	}
	names := slices.Sorted(maps.Keys(m.routes))
	head("assay_request_seconds", "histogram", "Time to answer, by pattern of the address.")
	for _, r := range names {
		t := m.routes[r]
		for i, n := range t.buckets {
			fmt.Fprintf(&b, "assay_request_seconds_bucket{route=%s,le=\"%v\"} %d\n", quoted(r), bounds[i], n)
		}
		fmt.Fprintf(&b, "assay_request_seconds_bucket{route=%s,le=\"+Inf\"} %d\nassay_request_seconds_sum{route=%[1]s} %[3]v\nassay_request_seconds_count{route=%[1]s} %[2]d\n", quoted(r), t.n, t.sum)
	}
	head("assay_answer_bytes_total", "counter", "Bytes of answers, without headers.")
	for _, r := range names {
		fmt.Fprintf(&b, "assay_answer_bytes_total{route=%s} %d\n", quoted(r), m.routes[r].bytes)
	}
	m.mu.Unlock()
	more = append(more, Measure{Name: "assay_requests_in_flight", Help: "Requests being answered.", Type: "gauge", Value: float64(m.inFlight.Load())},
		Measure{Name: "assay_up_seconds", Help: "Time since the process started to serve.", Type: "gauge", Value: time.Since(m.began).Seconds()})
	last := ""
	for _, x := range more {
		if x.Name != last {
			head(x.Name, x.Type, x.Help)
			last = x.Name
		}
		labels := ""
		if x.Labels != "" {
			labels = "{" + x.Labels + "}"
		}
		fmt.Fprintf(&b, "%s%s %s\n", x.Name, labels, strconv.FormatFloat(x.Value, 'g', -1, 64))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// quoted is the value of a label.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// Label writes one label of a Measure.
func Label(name, value string) string { return name + "=" + quoted(value) }
