package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/registry"
)

// clipsPage is /clips?c=documents/ADDRESS/EID&c=…: provisions gathered from several texts. The list is its address; nothing is kept.
type clipsPage struct {
	Name   string // what the visitor calls the list
	Clips  []clipView
	Here   string // the address of the list, to be kept or sent on
	Form   clipForm
	Asked  string
	Offers []offer
	None   string
	Lost   []string
	Full   string
	Files  []link
	Board  link // the same beside each other
	Legend []legendItem
}

type clipForm struct {
	Action string
	Hidden []pair
	Name   string
}

// clipView is a provision on the list.
type clipView struct {
	Place, Document link
	Form, Strength  string
	Bearers         string
	Lang, Dir       string
	Sample          bool
	Paragraphs      [][]markedRun
	More            string
	Up, Drop        string
	Earlier         *earlier // what its address named in an earlier reading, where that was something else

	words string // all of them, for files
	eid   string
	path  string
}

const (
	mostClips    = 40
	clipBudget   = 70_000 // bytes of words on the page
	longClip     = 6000
	clipInFile   = 60_000
	longListName = 120
)

func clips(q *request) (*page, error) {
	tokens := q.tokens("c")
	d := &clipsPage{Name: cut(strings.TrimSpace(q.Query.Get("t")), longListName), Asked: cut(strings.TrimSpace(q.Query.Get("q")), mostSought), Legend: q.strengthLegend()}
	if len(tokens) > mostClips {
		d.Full, tokens = q.T("clips.full", "n", mostClips), tokens[:mostClips]
	}
	at := func(ts []string, more ...string) string {
		return q.listAddress("/clips", "c", ts, append([]string{"t", d.Name}, more...)...)
	}
	whole := q.Query.Get("as") != "" || q.Format != "html"
	left := clipBudget
	var kept []string
	for _, t := range tokens {
		p := q.pick(t)
		if p == nil || p.v == nil || p.bare {
			d.Lost = append(d.Lost, t)
			continue
		}
		kept = append(kept, t)
		c := p.clip(min(longClip, left), whole)
		if p.named() { // who put it on the list may have meant other words
			var err error
			if c.Earlier, err = p.v.earlier(c.eid); err != nil {
				return nil, err
			}
		}
		left -= min(longClip, left, len(c.words))
		d.Clips = append(d.Clips, c)
	}
	for i := range d.Clips {
		d.Clips[i].Drop = at(without(kept, i), "q", d.Asked)
		if i > 0 {
			d.Clips[i].Up = at(moveUp(kept, i), "q", d.Asked)
		}
	}
	d.Here = q.address(at(kept))
	switch as := q.Query.Get("as"); as {
	case "":
	case "docx", "zip":
		return d.file(q, as)
	default:
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("clips.no_form", "value", cut(as, 20))).WithHint("%s", q.T("clips.no_form_hint"))
	}
	for _, x := range []struct{ name, path, as string }{{"DOCX", "/clips", "docx"}, {"CSV", "/clips.csv", ""}, {"JSON", "/clips.json", ""}, {"ZIP", "/clips", "zip"}} {
		d.Files = append(d.Files, link{Text: x.name, Href: q.listAddress(x.path, "c", kept, "t", d.Name, "as", x.as)})
	}
	if n := len(kept); n >= 2 {
		d.Board = link{Text: q.T("clips.board"), Href: q.listAddress("/compare", "of", kept[:min(n, mostCompared)])}
	}
	d.Form = clipForm{Action: "/clips", Name: d.Name}
	for _, t := range kept {
		d.Form.Hidden = append(d.Form.Hidden, pair{"c", t})
	}
	for _, name := range []string{"as_of", "lang"} {
		if x := q.Query.Get(name); x != "" {
			d.Form.Hidden = append(d.Form.Hidden, pair{name, x})
		}
	}
	if d.Asked != "" && q.Format == "html" {
		var err error
		if d.Offers, err = q.offers(d.Asked, "provisions", nil, func(t string) string { return at(append(kept[:len(kept):len(kept)], t), "q", d.Asked) }); err != nil {
			return nil, err
		}
		if len(d.Offers) == 0 {
			d.None = q.T("clips.nothing", "words", d.Asked)
		}
	}
	title := d.Name
	if title == "" {
		title = q.T("clips.title")
	}
	json, csv := d.data()
	return &page{Template: "clips", Title: title, Lede: q.T("clips.lede"), Data: d, JSON: json, CSV: csv}, nil
}

// clip shows a provision, or the beginning of a text, with at most so many bytes of its words.
func (p *pick) clip(most int, whole bool) clipView {
	v := p.v
	v.plain = false
	rd := v.doc.Reading
	c := clipView{Document: shortLink(v.linkTo(p.Record)), Lang: rd.Language, Dir: dirOf(rd.Language), Sample: p.Record.Sample(), path: p.path(), Form: "none"}
	start, end := 0, len(rd.Text)
	if p.prov >= 0 {
		x := rd.Provisions[p.prov]
		start, end, c.eid = x.Start, x.End, x.EID
		c.Place = link{Text: v.placeOf(v.doc, x.EID), Href: v.permalink(x.EID)}
		m, either := v.own(p.prov)
		var pv provisionView
		v.describe(&pv, v.doc.Analysis.Provisions[p.prov], m, either)
		c.Strength, c.Bearers, c.Form = pv.Strength, pv.Bearers, strengthForm(m)
		if either != nil {
			c.Form = "undecided"
		}
	} else {
		c.Place = link{Text: v.T("clips.whole"), Href: c.Document.Href}
	}
	c.words = strings.TrimSpace(rd.Text[start:runeStart(rd.Text, min(end, start+clipInFile))])
	if whole {
		return c
	}
	shown := runeStart(rd.Text, min(end, start+most))
	for _, pc := range pieces(rd) {
		if from, to := max(pc.start, start), min(pc.end, shown); from < to {
			c.Paragraphs = append(c.Paragraphs, v.marked(from, to, v.doc.Analysis.Provisions[pc.prov])...)
		}
	}
	if shown < end {
		c.More = v.T("clips.more")
	}
	return c
}

// data is the list as data.
func (d *clipsPage) data() (any, *sheet) {
	type clip struct {
		Document string `json:"document"`
		Path     string `json:"path"`
		EID      string `json:"eid,omitempty"`
		Place    string `json:"place"`
		Strength string `json:"strength,omitempty"`
		Bearers  string `json:"bearers,omitempty"`
		Language string `json:"language"`
		Sample   bool   `json:"sample,omitempty"`
		Text     string `json:"text"`
		Remark   string `json:"remark,omitempty"`
	}
	out := struct {
		Name     string   `json:"name,omitempty"`
		Link     string   `json:"link"`
		Clips    []clip   `json:"clips"`
		NotFound []string `json:"not_found,omitempty"`
	}{d.Name, d.Here, []clip{}, d.Lost}
	s := &sheet{Columns: []string{"document", "place", "strength", "bearers", "language", "text", "path", "remark"}}
	for _, c := range d.Clips {
		out.Clips = append(out.Clips, clip{c.Document.Text, c.path, c.eid, c.Place.Text, c.Strength, c.Bearers, c.Lang, c.Sample, c.words, c.Earlier.words()})
		s.Rows = append(s.Rows, []string{c.Document.Text, c.Place.Text, c.Strength, c.Bearers, c.Lang, c.words, c.path, c.Earlier.words()})
	}
	return out, s
}

// paper is the list as a document.
func (d *clipsPage) paper(q *request) *paper.Document {
	doc := &paper.Document{Title: d.Name, Subtitle: q.T("clips.subtitle", "n", len(d.Clips), "date", q.edtfText(string(q.horizon()))), Lang: q.Lang, Date: string(q.horizon()), Footer: q.T("site.name"),
		Meta: []paper.Meta{{Name: q.T("clips.link"), Value: d.Here, Link: d.Here}}}
	if doc.Title == "" {
		doc.Title = q.T("clips.title")
	}
	for _, c := range d.Clips {
		at := q.address(c.path)
		name := c.Document.Text
		if c.Sample {
			name += " (" + q.T("record.sample") + ")"
		}
		doc.Blocks = append(doc.Blocks, paper.Heading{Level: 1, Runs: paper.T(c.Place.Text)}, paper.Paragraph{Runs: paper.T(name)})
		if c.Strength != "" {
			doc.Blocks = append(doc.Blocks, paper.Paragraph{Runs: []paper.Run{{Text: c.Strength, Bold: true}, {Text: " " + c.Bearers + " (" + q.T("state.read") + ")"}}})
		}
		if w := c.Earlier.words(); w != "" {
			doc.Blocks = append(doc.Blocks, paper.Paragraph{Runs: []paper.Run{{Text: w, Italic: true}}})
		}
		var runs []paper.Run
		for i, l := range strings.Split(c.words, "\n") {
			if i > 0 {
				runs = append(runs, paper.Run{Text: "\n"})
			}
			if l != "" {
				runs = append(runs, paper.Run{Text: l})
			}
		}
		doc.Blocks = append(doc.Blocks, paper.Quote{Label: at, Link: at, Runs: runs})
	}
	return doc
}

// file is the list to be taken along.
func (d *clipsPage) file(q *request, as string) (*page, error) {
	var word bytes.Buffer
	if err := docx.Write(&word, d.paper(q)); err != nil {
		return nil, err
	}
	name := citeKey(d.Name, "")
	if name == "" {
		name = "clips"
	}
	if as == "docx" {
		return &page{File: &file{Kind: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Name: name + ".docx", Body: word.Bytes()}}, nil
	}
	json, csv := d.data()
	asJSON, err := encodeJSON(json)
	if err != nil {
		return nil, err
	}
	asCSV, err := encodeCSV(csv)
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	z := zip.NewWriter(&all)
	day, _ := time.Parse(time.DateOnly, string(q.horizon()))
	put := func(name string, b []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: day})
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}
	err = put(name+".docx", word.Bytes())
	for _, x := range []struct {
		ending string
		b      []byte
	}{{".csv", asCSV}, {".json", asJSON}} {
		if err == nil {
			err = put(name+x.ending, x.b)
		}
	}
	for i, c := range d.Clips {
		if err == nil {
			err = put(fmt.Sprintf("texts/%02d-%s.txt", i+1, citeKey(strings.TrimPrefix(c.path, "/documents/"), "")), []byte(c.words+"\n\n"+q.address(c.path)+"\n"))
		}
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, err
	}
	return &page{File: &file{Kind: "application/zip", Name: name + ".zip", Body: all.Bytes()}}, nil
}

// clipLink puts a provision on a list of its own.
func (q *request) clipLink(r *registry.Record, eid string) link {
	return link{Text: q.T("clips.put"), Href: q.listAddress("/clips", "c", []string{strings.TrimPrefix(r.Path(), "/") + "/" + eid})}
}
