package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/findings/picture"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
	"github.com/openassay/assay/web/chart/raster"
)

// Kinds of briefs.
const (
	Full      = "full"
	Minister  = "minister"  // one page
	Committee = "committee" // one page
)

// Kinds are all of them.
var Kinds = []string{Full, Minister, Committee}

// Options choose what a brief is.
type Options struct {
	Lang     string   // one of findings.Languages; English where it is none
	Kind     string   // Full where empty
	Findings []string // keys, in any order; all seven where empty
	BaseURL  string   // "https://registry.example": records are linked to their pages there; "" for no links
}

// Brief is a brief and what it says.
type Brief struct {
	Kind       string
	Lang       string
	Document   *paper.Document
	Statements []Statement
	Citations  []Citation
}

// Statement is one thing that a brief says, with what it rests on.
type Statement struct {
	Finding, Indicator string
	Part               string // "" for the number as a whole
	Text               string
	Count              int // as it stands in the text; -1 for a statement without a number of its own
	Records            []registry.RecordID
	Claims             []registry.EntryID
	Spans              []findings.Span
	Cites              []int // numbers of citations
}

// Make makes the brief of a set, which was computed from the view. Errors: an unknown kind or finding.
func Make(v *registry.View, s *findings.Set, o Options) (*Brief, error) {
	voice, err := findings.NewVoice(o.Lang)
	if err != nil {
		return nil, err
	}
	if o.Kind == "" {
		o.Kind = Full
	}
	if !slices.Contains(Kinds, o.Kind) {
		return nil, registry.Errorf(registry.Invalid, "there is no brief of kind %q", o.Kind).WithHint("kinds: %s", strings.Join(Kinds, ", "))
	}
	w := &writer{Pen: picture.New(v, voice, nil), set: s, opt: o, numbers: map[string]int{}, doc: &paper.Document{Lang: voice.Lang, Author: "Assay"}}
	for _, key := range o.Findings {
		if s.Finding(key) == nil {
			var keys []string
			for _, f := range s.Findings {
				keys = append(keys, f.Key)
			}
			return nil, registry.Errorf(registry.Invalid, "there is no finding %q", key).WithHint("findings: %s", strings.Join(keys, ", "))
		}
	}
	for _, f := range s.Findings {
		if len(o.Findings) == 0 || slices.Contains(o.Findings, f.Key) {
			w.findings = append(w.findings, f)
		}
	}
	w.frame()
	if o.Kind == Full {
		err = w.full()
	} else {
		w.note()
	}
	return &Brief{o.Kind, voice.Lang, w.doc, w.statements, w.citations}, err
}

// writer is a brief being written.
type writer struct {
	picture.Pen
	set      *findings.Set
	opt      Options
	findings []*findings.Finding
	doc      *paper.Document

	figures    int
	statements []Statement
	citations  []Citation
	numbers    map[string]int // of citations, by what they cite
}

// frame is what stands around every brief: title, day, scope, how it was made.
func (w *writer) frame() {
	day := w.Day(string(w.set.Horizon))
	title := map[string]string{Full: "brief_title", Minister: "minister_title", Committee: "committee_title"}[w.opt.Kind]
	if w.opt.Kind == Full && len(w.findings) < len(w.set.Findings) {
		title = "brief_some"
	}
	w.doc.Title = w.T(title)
	w.doc.Subtitle = w.T("brief_subtitle", "day", day)
	w.doc.Date = string(w.set.Horizon)
	w.doc.Footer = w.T("footer", "day", day)
	w.doc.Meta = []paper.Meta{{Name: w.T("meta_scope"), Value: w.Scope(w.View, w.set.Scope)}}
	if w.opt.Kind == Full {
		w.doc.Meta = append(w.doc.Meta, paper.Meta{Name: w.T("meta_made"), Value: w.T("meta_made_value", "definitions", w.set.Definitions, "engine", w.set.Engine)},
			paper.Meta{Name: w.T("meta_titles"), Value: w.T("meta_titles_value")})
	}
}

func (w *writer) add(b ...paper.Block) { w.doc.Blocks = append(w.doc.Blocks, b...) }

func (w *writer) heading(level int, words string) {
	w.add(paper.Heading{Level: level, Runs: paper.T(words)})
}

func (w *writer) para(runs ...paper.Run) { w.add(paper.Paragraph{Runs: runs}) }

// figure draws a chart for paper. Its words are the title and the table that the document has beside it.
//
// No two pictures are equally wide: the PDF library orders pictures by their widths, and those of one width in another order each time.
func (w *writer) figure(c chart.Chart, title, desc string, width int, share float64) error {
	w.figures++
	b, err := raster.PNG(c.SVG(), width+w.figures, 2)
	if err != nil {
		return fmt.Errorf("brief: %s: %w", title, err)
	}
	w.add(paper.Figure{PNG: b, Alt: title + ". " + desc, Caption: title, Width: share})
	return nil
}

// state keeps what was said.
func (w *writer) state(s Statement) { w.statements = append(w.statements, s) }

// title is a record's title, marked with its language where that is not the brief's, and linked where pages are known.
func (w *writer) title(id registry.RecordID) []paper.Run {
	r := w.View.Record(id)
	if r == nil {
		return []paper.Run{{Text: id.Tail()}}
	}
	run := paper.Run{Text: r.Title(w.Lang)}
	if w.opt.BaseURL != "" && registry.KindOf(r.Kind).Pages {
		run.Link = strings.TrimSuffix(w.opt.BaseURL, "/") + r.Path()
	}
	out := []paper.Run{run}
	if r.Kind != registry.KindParty && r.Kind != registry.KindMineral {
		if lang := titleLang(r, w.Lang); lang != w.Lang && lang != "" {
			out = append(out, paper.Run{Text: " [" + lang + "]"})
		}
	}
	return out
}

// titleLang is the language of the title that Record.Title chooses.
func titleLang(r *registry.Record, lang string) string {
	for _, f := range []string{"title", "official_title"} {
		if t, l := r.Text(f, "", lang); t != "" {
			return l
		}
	}
	return ""
}
