package web

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
)

// Ledger is the registry's ledger as everybody may see it.
type Ledger interface {
	State(ctx context.Context) (ledger.State, error)
	File(name string) ([]byte, error)                       // of the public tree, by C2SP tlog-tiles; registry.NotFound
	Receipt(ctx context.Context, of string) ([]byte, error) // of an entry or a file, by its hash in hex; registry.NotFound
}

// ledgerPage is /ledger: what the ledger proves and what it does not, for somebody who is no engineer.
type ledgerPage struct {
	State *ledger.State // nil where this registry keeps no ledger
	Facts []pair
	Asked string // for a receipt
	Wrong string
}

// hashForm is a SHA-256 in hex.
var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func ledgerHome(q *request) (*page, error) {
	d := ledgerPage{Asked: strings.ToLower(strings.TrimSpace(q.Query.Get("of")))}
	p := &page{Template: "ledger", Title: q.T("ledger.title"), Lede: q.T("ledger.lede"), Plain: true}
	l := q.site.opt.Ledger
	if l == nil {
		p.Data = d
		return p, nil
	}
	s, err := l.State(q.http.Context())
	if err != nil {
		return nil, err
	}
	q.depend(s)
	d.State = &s
	d.Facts = []pair{{q.T("ledger.name"), s.Name}, {q.T("ledger.events"), q.number(s.Events)}, {q.T("ledger.size"), q.number(int64(s.Size))}, {q.T("ledger.witnesses"), strings.Join(s.Witnesses, ", ")}}
	if len(s.Witnesses) == 0 {
		d.Facts[3].Value = q.T("ledger.no_witness")
	}
	if d.Asked != "" && q.Format == "html" {
		if !hashForm.MatchString(d.Asked) {
			d.Wrong = q.T("ledger.no_hash")
		} else if _, err := l.Receipt(q.http.Context(), d.Asked); registry.CodeOf(err) == registry.NotFound {
			d.Wrong = q.T("ledger.not_in")
		} else if err != nil {
			return nil, err
		}
	}
	p.Data, p.JSON = d, s
	p.CSV = &sheet{Columns: []string{"name", "key", "events", "leaves", "size", "witnesses"},
		Rows: [][]string{{s.Name, s.Key, q.number(s.Events), q.number(s.Leaves), q.number(int64(s.Size)), strings.Join(s.Witnesses, " ")}}}
	return p, nil
}

// ledgerPrefix begins the addresses of the ledger's files; under it lie checkpoint and tile/…, as C2SP tlog-tiles has them, and receipts.
const ledgerPrefix = "/ledger/"

// serveLedger answers with a file of the ledger; false where the address is of none.
func (s *site) serveLedger(w http.ResponseWriter, r *http.Request) bool {
	name, ok := strings.CutPrefix(r.URL.Path, ledgerPrefix)
	if !ok || s.opt.Ledger == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	h := w.Header()
	if name == "receipt" {
		of := strings.ToLower(r.URL.Query().Get("of"))
		if !hashForm.MatchString(of) {
			return false
		}
		b, err := s.opt.Ledger.Receipt(r.Context(), of)
		if err != nil {
			return false
		}
		h.Set("Content-Disposition", `attachment; filename="`+of[:12]+`.tlog-proof"`)
		h.Set("Cache-Control", "no-cache")
		s.plain(w, b)
		return true
	}
	b, err := s.opt.Ledger.File(name)
	if err != nil {
		return false
	}
	switch {
	case name == "checkpoint":
		h.Set("Cache-Control", "no-cache")
		s.plain(w, b)
	default: // a tile never changes under its name
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Content-Type", "application/octet-stream")
		w.Write(b)
	}
	return true
}

func (s *site) plain(w http.ResponseWriter, b []byte) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write(b)
}
