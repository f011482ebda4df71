// Package protocol holds a model protocol on mutual transparency, of our own drafting, in four languages: what each side of a negotiation publishes, when,
// within how many days one objects, that silence is consent, and what happens where they do not agree.
//
// Start with [Load] and [Protocol.Paper], which gives it as a document of package paper. Its words are data (protocol.yaml). It is a text for anybody's use,
// in no party's name; the package refuses a version in which a language lacks something, or has other days or gaps to fill in than another.
package protocol

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/paper"
)

//go:embed protocol.yaml
var data []byte

// Languages are those that it is written in.
var Languages = []string{"en", "fr", "es", "pt"}

// Words is the same text in each language.
type Words map[string]string

// Protocol is the model text.
type Protocol struct {
	Version  string           `yaml:"version" json:"version"`
	Days     map[string]int   `yaml:"days" json:"days"` // figures by name; months is in months
	Title    Words            `yaml:"title" json:"title"`
	Label    Words            `yaml:"label" json:"label"` // that it is a model text
	Heads    map[string]Words `yaml:"heads" json:"-"`
	Who      map[string]Words `yaml:"who" json:"-"`
	Publish  published        `yaml:"publish" json:"publish"`
	Articles []Article        `yaml:"articles" json:"articles"`
}

// Duty is something that is published.
type Duty struct {
	Code string `yaml:"-" json:"code"`
	Who  string `yaml:"who" json:"who"` // each, both, borrower
	What Words  `yaml:"what" json:"what"`
	When Words  `yaml:"when" json:"when"`
}

// Article is one article.
type Article struct {
	Code  string  `yaml:"code" json:"code"`
	Title Words   `yaml:"title" json:"title"`
	Table bool    `yaml:"table" json:"table,omitempty"` // it holds the table of what is published
	Paras []Words `yaml:"paras" json:"paras"`
}

// published keeps the order in which duties are written.
type published []Duty

func (p *published) UnmarshalYAML(n *yaml.Node) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		d := Duty{Code: n.Content[i].Value}
		if err := n.Content[i+1].Decode(&d); err != nil {
			return err
		}
		*p = append(*p, d)
	}
	return nil
}

// Load reads the protocol that the program carries.
var Load = sync.OnceValues(func() (*Protocol, error) { return Read(data) })

var (
	figure = regexp.MustCompile(`\{([a-z_]+)\}`)
	gap    = regexp.MustCompile(`\[[^\]]+\]`)
)

// Read reads a protocol and puts its figures in. It says where a language is missing, or says other figures, or has other gaps than the first.
func Read(b []byte) (*Protocol, error) {
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	p := &Protocol{}
	if err := dec.Decode(p); err != nil {
		return nil, fmt.Errorf("protocol.yaml: %w", err)
	}
	var bad error
	check := func(where string, w Words) {
		if bad == nil {
			if err := p.fill(w); err != nil {
				bad = fmt.Errorf("protocol.yaml: %s: %w", where, err)
			}
		}
	}
	check("title", p.Title)
	check("label", p.Label)
	for _, k := range []string{"what", "when", "who"} {
		check("heads: "+k, p.Heads[k])
	}
	for _, k := range slices.Sorted(maps.Keys(p.Who)) {
		check("who: "+k, p.Who[k])
	}
	for _, d := range p.Publish {
		if p.Who[d.Who] == nil && bad == nil {
			bad = fmt.Errorf("protocol.yaml: publish: %s: there is no %q under who", d.Code, d.Who)
		}
		check("publish: "+d.Code, d.What)
		check("publish: "+d.Code+": when", d.When)
	}
	for _, a := range p.Articles {
		check("article "+a.Code, a.Title)
		for i, x := range a.Paras {
			check(fmt.Sprintf("article %s, paragraph %d", a.Code, i+1), x)
		}
	}
	if bad == nil && (len(p.Publish) == 0 || len(p.Articles) == 0) {
		bad = fmt.Errorf("protocol.yaml: nothing is published, or there is no article")
	}
	return p, bad
}

// fill puts figures into words in place.
func (p *Protocol) fill(w Words) error {
	var want string
	for i, lang := range Languages {
		s := w[lang]
		if strings.TrimSpace(s) == "" {
			return fmt.Errorf("%s is missing", lang)
		}
		names := figure.FindAllString(s, -1)
		slices.Sort(names)
		has := fmt.Sprint(names, len(gap.FindAllString(s, -1)))
		if i == 0 {
			want = has
		} else if has != want {
			return fmt.Errorf("%s has other figures or gaps than %s: %s, %s", lang, Languages[0], has, want)
		}
		for _, n := range names {
			v, ok := p.Days[strings.Trim(n, "{}")]
			if !ok || v < 1 {
				return fmt.Errorf("%s: there is no figure %s", lang, n)
			}
			s = strings.ReplaceAll(s, n, strconv.Itoa(v))
		}
		w[lang] = s
	}
	if len(w) != len(Languages) {
		return fmt.Errorf("it has a language that is none of %v", Languages)
	}
	return nil
}

// Paper is the protocol as a document in a language; in English where there is none of it.
func (p *Protocol) Paper(lang string) *paper.Document {
	if !slices.Contains(Languages, lang) {
		lang = Languages[0]
	}
	d := &paper.Document{Title: p.Title[lang], Subtitle: p.Label[lang], Lang: lang, Footer: p.Title[lang] + ", " + p.Version}
	for i, a := range p.Articles {
		n := strconv.Itoa(i + 1)
		d.Blocks = append(d.Blocks, paper.Heading{Level: 2, ID: a.Code, Runs: paper.T(n + ". " + a.Title[lang])})
		for k, x := range a.Paras {
			d.Blocks = append(d.Blocks, paper.Paragraph{Runs: paper.T(n + "." + strconv.Itoa(k+1) + " " + x[lang])})
		}
		if !a.Table {
			continue
		}
		t := paper.Table{Caption: a.Title[lang], Widths: []float64{4, 3, 2}}
		for _, h := range []string{"what", "when", "who"} {
			t.Head = append(t.Head, paper.Cell{Runs: paper.B(p.Heads[h][lang])})
		}
		for _, x := range p.Publish {
			t.Rows = append(t.Rows, []paper.Cell{paper.C(x.What[lang]), paper.C(x.When[lang]), paper.C(p.Who[x.Who][lang])})
		}
		d.Blocks = append(d.Blocks, t)
	}
	return d
}
