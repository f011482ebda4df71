package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/openassay/assay/web/chart"
)

//go:embed *.css icon.svg passkey.js redact.js
var assetFiles embed.FS

// assetPrefix begins the addresses of styles and pictures. Their names hold a hash of their bytes, so they may be kept for ever.
const assetPrefix = "/-/"

// assets are the embedded files by address.
type assets struct {
	hash       string
	stylesheet string // address
	icon       string
	script     string // for passkeys
	redact     string // for marking what is selected of a text; everything can be marked without it
	files      map[string]asset
}

type asset struct {
	kind   string
	plain  []byte
	packed []byte // gzip
}

// loadAssets joins the style sheets into one: base.css first, then the others by name.
func loadAssets() assets {
	names, err := fs.Glob(assetFiles, "*.css")
	if err != nil {
		panic(err)
	}
	slices.SortFunc(names, func(a, b string) int {
		if (a == "base.css") != (b == "base.css") {
			if a == "base.css" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	var css strings.Builder
	for _, n := range names {
		b, err := assetFiles.ReadFile(n)
		if err != nil {
			panic(err)
		}
		css.Write(b)
	}
	css.WriteString(chart.CSS)
	icon, err := assetFiles.ReadFile("icon.svg")
	if err != nil {
		panic(err)
	}
	a := assets{files: map[string]asset{}}
	a.stylesheet = a.add("assay", "css", "text/css; charset=utf-8", []byte(squeeze(css.String())))
	a.icon = a.add("icon", "svg", "image/svg+xml", icon)
	script, err := assetFiles.ReadFile("passkey.js")
	if err != nil {
		panic(err)
	}
	a.script = a.add("passkey", "js", "text/javascript; charset=utf-8", script)
	marks, err := assetFiles.ReadFile("redact.js")
	if err != nil {
		panic(err)
	}
	a.redact = a.add("redact", "js", "text/javascript; charset=utf-8", marks)
	a.hash = a.stylesheet + a.icon + a.script + a.redact
	return a
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssBlank   = regexp.MustCompile(`\s+`)
)

// squeeze takes comments and needless blanks out of a style sheet.
func squeeze(css string) string {
	css = cssBlank.ReplaceAllString(cssComment.ReplaceAllString(css, ""), " ")
	return strings.NewReplacer(" {", "{", "{ ", "{", "; ", ";", ";}", "}", " }", "}", "} ", "}").Replace(css)
}

func (a *assets) add(name, ext, kind string, b []byte) string {
	sum := sha256.Sum256(b)
	at := assetPrefix + name + "." + hex.EncodeToString(sum[:6]) + "." + ext
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write(b) // a buffer takes everything
	_ = w.Close()
	a.files[at] = asset{kind, b, z.Bytes()}
	return at
}

func (s *site) serveAsset(w http.ResponseWriter, r *http.Request) {
	f, ok := s.assets.files[r.URL.Path]
	if !ok || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	if takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	_, _ = w.Write(body) // a reader who went away needs no answer
}
