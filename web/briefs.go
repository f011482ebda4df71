package web

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/openassay/assay/brief"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// briefsPage is /briefs: a form that makes a brief, what it would say, and the editions that were kept.
type briefsPage struct {
	Scope    scopeView
	Kinds    []formOption
	Langs    []formOption
	Formats  []formOption
	Findings []formOption
	AsOf     string
	Numbers  []numberLine
	Links    []link // the brief in every format
	Editions []editionLine
	Compare  compareForm
	Keep     *form // for those who may
}

// compareForm asks for a day to compare with.
type compareForm struct {
	Action string
	Hidden []pair
	Day    string
}

// editionLine is an edition that was kept.
type editionLine struct {
	ID, Text string
	Compare  link
}

var briefFields = append([]string{"kind", "brief_lang", "finding", "as"}, scopeFields...)

// briefKinds are the media types of the formats of briefs.
var briefKinds = map[string]string{"html": "text/html; charset=utf-8", "pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

func briefs(q *request) (*page, error) {
	scope, err := q.scope()
	if err != nil {
		return nil, err
	}
	set, err := q.set(scope)
	if err != nil {
		return nil, err
	}
	kind, lang, keys := q.Query.Get("kind"), q.Query.Get("brief_lang"), q.Query["finding"]
	if !slices.Contains(findings.Languages, lang) {
		lang = q.Lang
	}
	if as := q.Query.Get("as"); as != "" && q.Query.Get("figure") == "" {
		return q.briefFile(set, brief.Options{Lang: lang, Kind: kind, Findings: keys, BaseURL: q.site.opt.BaseURL}, as)
	}
	d := briefsPage{Scope: q.scopeView(scope), AsOf: q.T("briefs.as_of", "day", set.Horizon)}
	for _, k := range brief.Kinds {
		d.Kinds = append(d.Kinds, formOption{Value: k, Label: q.T("briefs.kinds." + k), Chosen: k == kind || kind == "" && k == brief.Full})
	}
	for _, l := range findings.Languages {
		d.Langs = append(d.Langs, formOption{Value: l, Label: q.T("briefs.langs." + l), Chosen: l == lang})
	}
	for i, f := range brief.Formats {
		d.Formats = append(d.Formats, formOption{Value: f, Label: q.T("briefs.formats." + f), Chosen: i == 0})
		d.Links = append(d.Links, link{Text: strings.ToUpper(f), Href: q.here("as", f)})
	}
	for _, f := range set.Findings {
		d.Findings = append(d.Findings, formOption{Value: f.Key, Label: f.Label.In(q.Lang), Chosen: len(keys) == 0 || slices.Contains(keys, f.Key)})
		d.Numbers = append(d.Numbers, q.numberLine(f, f.Indicators[0]))
	}
	d.Compare = compareForm{Action: "/briefs/compare", Hidden: q.hidden("as", "kind", "brief_lang", "finding", "day")}
	d.Scope.Hidden = nil // they are fields of this form
	js := map[string]any{"scope": set.Scope, "horizon": set.Horizon, "formats": brief.Formats, "kinds": brief.Kinds, "languages": findings.Languages}
	if err := q.editions(&d, set, js); err != nil {
		return nil, err
	}
	return &page{Template: "briefs", Title: q.T("briefs.title"), Lede: q.T("briefs.lede"), Data: d, JSON: js, Trail: []link{{Text: q.T("findings.title"), Href: q.scoped("/findings")}}}, nil
}

// made keeps the last briefs that were made: making one takes a second of work, so one is made at a time.
type made struct {
	mu   sync.Mutex
	kept []madeBrief
}

type madeBrief struct {
	set  *findings.Set
	name string // kind, language, findings, format
	body []byte
}

// mostMade is how many are kept: one may be a megabyte.
const mostMade = 6

// brief makes the file of a brief, or takes the one that was made before.
func (q *request) brief(set *findings.Set, o brief.Options, as string) ([]byte, error) {
	m := &q.site.made
	m.mu.Lock()
	defer m.mu.Unlock()
	name := strings.Join(append([]string{o.Kind, o.Lang, as}, o.Findings...), " ")
	for _, k := range m.kept {
		if k.set == set && k.name == name {
			return k.body, nil
		}
	}
	b, err := brief.Make(q.View, set, o)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := b.Write(&out, as); err != nil {
		return nil, err
	}
	m.kept = append(m.kept, madeBrief{set, name, out.Bytes()})
	if len(m.kept) > mostMade {
		m.kept = slices.Delete(m.kept, 0, 1)
	}
	return out.Bytes(), nil
}

// briefFile is the brief as a file.
func (q *request) briefFile(set *findings.Set, o brief.Options, as string) (*page, error) {
	if _, ok := briefKinds[as]; !ok {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("error.no_format", "format", cut(as, 20))).WithHint("%s", strings.Join(brief.Formats, ", "))
	}
	if o.Kind == "" {
		o.Kind = brief.Full
	}
	body, err := q.brief(set, o, as)
	if err != nil {
		return nil, err
	}
	if as == "html" { // it is shown, not kept; its style and pictures are in it, and it runs nothing
		q.header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		return &page{File: &file{Kind: briefKinds[as], Body: body}}, nil
	}
	return &page{File: &file{Kind: briefKinds[as], Name: "assay-brief-" + o.Kind + "-" + string(set.Horizon) + "-" + o.Lang + "." + as, Body: body}}, nil
}
