package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// page is what a handler makes: a page, and the same as data.
type page struct {
	Template string // name of the template of the main part
	Title    string // of the page, in the browser and in print
	Lede     string // one sentence for search engines and link previews; may be empty
	Data     any    // what the template is filled with
	Trail    []link // the pages above this one
	Wide     bool   // the page needs the width of the screen
	Status   int    // 0 for 200
	Plain    bool   // the page is not about a day: nothing asks as of when

	File *file  // what is sent in the place of a page; nil for pages
	JSON any    // the same as data; nil where there is none
	CSV  *sheet // the same as rows; nil where there is none
}

// file is what is sent as it is: a citation, a document, a picture.
type file struct {
	Kind string // its media type
	Name string // under which a browser keeps it; "" for what it shows
	Body []byte
}

// sheet is a table for CSV.
type sheet struct {
	Columns []string
	Rows    [][]string
}

// respond writes the page in the format asked for.
func (s *site) respond(w http.ResponseWriter, q *request, p *page) {
	w.Header().Set("Vary", "Accept-Language, Accept-Encoding")
	if q.Format != "html" || q.bearer != nil {
		w.Header().Set("Vary", dataVary)
	}
	if q.bearer != nil {
		w.Header().Set("Cache-Control", "private, no-cache")
	} else if q.private {
		w.Header().Set("Cache-Control", "private, no-store")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	if f, err := q.pictureFile(); err != nil {
		s.fail(w, q, err)
		return
	} else if f != nil {
		p.File = f
	}
	status := p.Status
	if status == 0 {
		status = http.StatusOK
	}
	if p.Status == 0 && (!q.private || q.bearer != nil || s.opt.Private && q.user == nil) { // what is kept nowhere needs no name
		tag := s.etag(q)
		w.Header().Set("ETag", tag)
		if fresh(q.http.Header.Get("If-None-Match"), tag, q.bearer == nil) && (q.bearer == nil || s.had.has(q.bearer.ID+tag)) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	var body []byte
	var kind string
	var err error
	switch {
	case p.File != nil && q.Format == "html":
		kind, body = p.File.Kind, p.File.Body
		if p.File.Name != "" {
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.File.Name}))
		}
	case q.Format == "json" && p.JSON != nil:
		kind = "application/json; charset=utf-8"
		body, err = encodeJSON(p.JSON)
	case q.Format == "csv" && p.CSV != nil:
		kind = "text/csv; charset=utf-8; header=present"
		body, err = encodeCSV(p.CSV)
	case q.Format != "html" || p.File != nil:
		s.fail(w, q, registry.Errorf(registry.NotFound, "%s", q.T("error.no_format", "format", q.Format)))
		return
	default:
		kind = "text/html; charset=utf-8"
		body, err = s.render(q, p)
	}
	if err != nil {
		s.opt.Log("%q: %v", q.where(), err)
		s.fail(w, q, registry.Errorf(registry.Internal, "%s", q.T("error.internal")))
		return
	}
	w.Header().Set("Content-Language", q.Lang)
	if s.write(w, q, status, kind, body); q.bearer != nil && w.Header().Get("ETag") != "" {
		s.had.add(q.bearer.ID + w.Header().Get("ETag"))
	}
}

// etag names what the page depends on: what the readers see, templates and words, day, language, address and format.
func (s *site) etag(q *request) string {
	h := sha256.New()
	if s.opt.BaseURL == "" { // the page tells its own address
		h.Write([]byte(q.http.Host + "\n"))
	}
	if q.bearer != nil { // another set of audiences may have a version of the same name
		h.Write([]byte(q.readers.Name() + "\n"))
	}
	for _, x := range []string{q.version, s.build, string(q.AsOf), string(s.today()), q.Lang, q.http.URL.RequestURI(), q.Format} {
		h.Write([]byte(x + "\n"))
	}
	return `W/"` + hex.EncodeToString(h.Sum(nil)[:12]) + `"`
}

// fresh says whether what was asked for is had already; any says that "*" counts, which is whatever there is.
func fresh(asked, tag string, any bool) bool {
	for _, t := range strings.Split(asked, ",") {
		if t = strings.TrimSpace(t); t == tag || t == "*" && any {
			return true
		}
	}
	return false
}

// write sends the body, compressed where the reader takes it.
func (s *site) write(w http.ResponseWriter, q *request, status int, kind string, body []byte) {
	if !s.noted(w, q, body) {
		return
	}
	w.Header().Set("Content-Type", kind)
	if len(body) > 1024 && takesGzip(q.http) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(body); err == nil && z.Close() == nil {
			w.Header().Set("Content-Encoding", "gzip")
			body = b.Bytes()
		}
	}
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
		s.opt.Log("%q: %v", q.where(), err)
	}
}

// noted says whether what an answer tells may leave, having been noted where it must be; where it could not be, the answer is that.
func (s *site) noted(w http.ResponseWriter, q *request, tells []byte) bool {
	err := s.noteRead(q, tells)
	if err == nil {
		return true
	}
	s.opt.Log("audit: %v", err)
	q.reg, q.readers, q.View = s.reg, nil, nil // nothing else is shown
	w.Header().Del("Content-Disposition")
	s.failStatus(w, q, http.StatusServiceUnavailable, registry.Errorf(registry.Conflict, "%s", q.T("audit.cannot")).WithHint("%s", q.T("audit.cannot_hint")))
	return false
}

// takesGzip says whether the reader takes gzip: named, and not with a weight of nothing.
func takesGzip(r *http.Request) bool {
	for _, c := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(c, ";")
		if name = strings.TrimSpace(name); strings.EqualFold(name, "gzip") || name == "*" {
			weight = strings.ReplaceAll(strings.ToLower(weight), " ", "")
			return !strings.HasPrefix(weight, "q=0") || strings.Trim(weight, "q=0.") != ""
		}
	}
	return false
}

// encodeJSON writes indented JSON with its keys in a stable order.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// encodeCSV writes rows. A cell that a spreadsheet would run as a formula gets an apostrophe before it.
func encodeCSV(t *sheet) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(t.Columns); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		safe := make([]string, len(row))
		for i, c := range row {
			if first, _ := utf8.DecodeRuneInString(c); c != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) { // the wide ones count in East Asian settings
				c = "'" + c
			}
			safe[i] = c
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
