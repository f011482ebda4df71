package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
)

//go:embed *.html
var templateFiles embed.FS

// parseTemplates reads all templates with the words of a language.
func parseTemplates(l *locale) *template.Template {
	funcs := template.FuncMap{
		"t":      l.T,
		"th":     l.H,
		"place":  l.place,
		"number": func(n int) string { return l.number(int64(n)) },
	}
	return template.Must(template.New("web").Funcs(funcs).ParseFS(templateFiles, "*.html"))
}

// buildHash names the templates, words and styles of this build.
func buildHash(more ...string) string {
	h := sha256.New()
	for _, fsys := range []embed.FS{templateFiles, localeFiles} {
		_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				b, _ := fsys.ReadFile(name)
				h.Write(b)
			}
			return err
		})
	}
	for _, m := range more {
		h.Write([]byte(m))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// render fills the page's template and puts it into the layout.
func (s *site) render(q *request, p *page) ([]byte, error) {
	t := s.templates[q.Lang]
	var main, all bytes.Buffer
	if err := t.ExecuteTemplate(&main, p.Template, p.Data); err != nil {
		return nil, err
	}
	l := q.layout(p)
	l.Main = template.HTML(main.String()) // made by html/template, which escaped it
	if err := t.ExecuteTemplate(&all, "layout", l); err != nil {
		return nil, err
	}
	return all.Bytes(), nil
}
