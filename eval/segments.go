package eval

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Printed is a treaty written out as print would have it, and where its numbered articles begin: as the count of letters before each,
// which neither line breaks nor page numbers change.
type Printed struct {
	Text   string
	Starts []int
}

const (
	printWidth = 80 // columns
	pageLines  = 50
)

// Print writes a treaty of the Texts of Trade Agreements without its tags: numbers and names of chapters and articles on lines of
// their own, the words wrapped at 80 columns, a page number after every 50 lines.
func Print(b []byte) (*Printed, error) {
	p := &printer{out: &Printed{}}
	d := xml.NewDecoder(strings.NewReader(string(b)))
	var body, inside bool
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("print: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "body":
				body = true
			case "chapter", "article":
				inside = t.Name.Local == "article"
				p.heading(t)
			}
		case xml.EndElement:
			inside = inside && t.Name.Local != "article"
		case xml.CharData:
			if body && inside {
				for _, l := range strings.Split(string(t), "\n") {
					p.wrap(strings.TrimSpace(l))
				}
			}
		}
	}
	p.out.Text = p.b.String()
	return p.out, nil
}

type printer struct {
	out     *Printed
	b       strings.Builder
	letters int
	lines   int
	page    int
}

func (p *printer) line(s string) {
	p.b.WriteString(s)
	p.b.WriteByte('\n')
	p.letters += letters(s)
	if p.lines++; p.lines%pageLines == 0 {
		p.page++
		fmt.Fprintf(&p.b, "\n%*d\n\n", printWidth/2, p.page)
	}
}

func (p *printer) heading(t xml.StartElement) {
	number, name := "", ""
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "number":
			number = strings.TrimSpace(a.Value)
		case "name":
			name = strings.Join(strings.Fields(a.Value), " ")
		}
	}
	p.line("")
	if _, err := strconv.Atoi(number); err == nil {
		number = strings.ToUpper(t.Name.Local) + " " + number
	}
	if number != "" {
		if t.Name.Local == "article" {
			p.out.Starts = append(p.out.Starts, p.letters)
		}
		p.line(number)
	}
	if name != "" && !(number == "" && t.Name.Local == "chapter") {
		p.line(name)
	}
	p.line("")
}

// wrap breaks a line at spaces so that it fits the width.
func (p *printer) wrap(s string) {
	if s == "" {
		return
	}
	col := 0
	var l strings.Builder
	for _, w := range strings.Fields(s) {
		n := utf8.RuneCountInString(w)
		if col > 0 && col+1+n > printWidth {
			p.line(l.String())
			l.Reset()
			col = 0
		}
		if col > 0 {
			l.WriteByte(' ')
			col++
		}
		l.WriteString(w)
		col += n
	}
	p.line(l.String())
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// SegmentsReport is what assay eval segments prints.
type SegmentsReport struct {
	Treaties  int             `json:"treaties"`
	Articles  int             `json:"articles"`
	Found     int             `json:"found"` // at their exact start
	False     int             `json:"false"` // articles where none begins
	Precision float64         `json:"precision"`
	Recall    float64         `json:"recall"`
	F1        float64         `json:"f1"`
	Whole     int             `json:"whole"` // treaties in which every article is found and none is false
	Worst     []SegmentsScore `json:"worst"`
	Failed    []string        `json:"failed"` // files that could not be read
}

// SegmentsScore is one treaty's.
type SegmentsScore struct {
	File  string   `json:"file"`
	TP    int      `json:"found"`
	FP    int      `json:"false"`
	FN    int      `json:"missed"`
	Lines []string `json:"lines"` // the first lines of what was missed (-) or false (+)
}

// Segments prints every pta_*.xml of a folder and looks for its articles again.
func Segments(dir string) (*SegmentsReport, error) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.xml"))
	if len(files) == 0 {
		return nil, registry.Errorf(registry.NotFound, "%s holds no .xml", dir).WithHint("name the folder with files pta_ID.xml")
	}
	sort.Strings(files)
	rep := &SegmentsReport{Worst: []SegmentsScore{}, Failed: []string{}}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		p, err := Print(b)
		if err != nil {
			rep.Failed = append(rep.Failed, filepath.Base(f)+": "+err.Error())
			continue
		}
		s, err := p.Score(filepath.Base(f))
		if err != nil {
			rep.Failed = append(rep.Failed, filepath.Base(f)+": "+err.Error())
			rep.Articles += len(p.Starts)
			continue
		}
		rep.Treaties++
		rep.Articles += len(p.Starts)
		rep.Found += s.TP
		rep.False += s.FP
		if s.FP+s.FN == 0 {
			rep.Whole++
		} else {
			rep.Worst = append(rep.Worst, s)
		}
	}
	sort.SliceStable(rep.Worst, func(i, j int) bool { return rep.Worst[i].FP+rep.Worst[i].FN > rep.Worst[j].FP+rep.Worst[j].FN })
	rep.Precision, rep.Recall = ratio(rep.Found, rep.Found+rep.False), ratio(rep.Found, rep.Articles)
	rep.F1 = ratio(2*rep.Found, rep.Found+rep.False+rep.Articles)
	return rep, nil
}

// Score reads the print and compares where articles begin.
func (p *Printed) Score(name string) (SegmentsScore, error) {
	s := SegmentsScore{File: name, Lines: []string{}}
	r, err := text.Read(strings.TrimSuffix(name, ".xml")+".txt", []byte(p.Text))
	if err != nil {
		return s, err
	}
	gold := map[int]bool{}
	for _, x := range p.Starts {
		gold[x] = true
	}
	at, count := 0, 0
	got := map[int]bool{}
	for _, v := range r.Provisions {
		if v.Kind != text.KindArticle {
			continue
		}
		count += letters(r.Text[at:v.Start])
		at = v.Start
		switch {
		case gold[count] && !got[count]:
			s.TP++
		default:
			s.FP++
			s.Lines = append(s.Lines, "+ "+firstLine(r.Text[v.Start:]))
		}
		got[count] = true
	}
	for _, x := range p.Starts {
		if !got[x] {
			s.FN++
			if len(s.Lines) < 20 {
				s.Lines = append(s.Lines, "- "+p.lineAt(x))
			}
		}
	}
	return s, nil
}

func firstLine(s string) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return s[:min(len(s), 90)]
}

// lineAt is the line of the print that begins after so many letters.
func (p *Printed) lineAt(n int) string {
	count := 0
	for _, l := range strings.Split(p.Text, "\n") {
		k := letters(l)
		if count == n && k > 0 {
			return l
		}
		count += k
	}
	return ""
}
