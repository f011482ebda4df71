package draftcheck

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/practice"
)

// Position is what a side wants of a clause. It is for its own eyes.
type Position struct {
	Clause   string `yaml:"clause"` // eId or number of a provision: art_4__para_2, Article 4(2); "" where it is about a topic
	Topic    string `yaml:"topic"`  // code of a topic; "" where it is about a clause
	Aim      string `yaml:"aim"`
	Fallback string `yaml:"fallback"`
	RedLine  string `yaml:"red_line"`
	Note     string `yaml:"note"`
}

// Placed is a position beside the clause it is about.
type Placed struct {
	Clause   string `json:"clause"`
	Topic    string `json:"topic"`
	EID      string `json:"eid"`   // "" where the draft has no such clause
	Found    string `json:"found"` // how the clause was found: clause, topic; "" where it was not
	Aim      string `json:"aim"`
	Fallback string `json:"fallback"`
	RedLine  string `json:"red_line"`
	Note     string `json:"note"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Quote    string `json:"quote"`
}

// ReadPositions reads a file of positions:
//
//	positions:
//	  - clause: Article 4(2)     # or its eId; or topic: value_addition
//	    aim: 40 per cent by 2030
//	    fallback: 30 per cent by 2032
//	    red_line: no figure at all
//	    note: the ministry of mines insists
//
// The error names the entry and what is wrong with it.
func ReadPositions(b []byte, lib *practice.Library) ([]Position, error) {
	var f struct {
		Positions []Position `yaml:"positions"`
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(f.Positions) == 0 {
		return nil, errors.New("no positions: begin with “positions:” and a list of entries with clause or topic, aim, fallback, red_line")
	}
	for i, p := range f.Positions {
		switch {
		case (p.Clause == "") == (p.Topic == ""):
			return nil, fmt.Errorf("position %d: name a clause or a topic, one of the two", i+1)
		case p.Aim == "" && p.Fallback == "" && p.RedLine == "" && p.Note == "":
			return nil, fmt.Errorf("position %d: has no aim, fallback, red_line or note", i+1)
		case p.Topic != "" && lib.Topic(p.Topic) == nil:
			return nil, fmt.Errorf("position %d: there is no topic %q; /clauses lists them", i+1, p.Topic)
		}
	}
	return f.Positions, nil
}

// positions puts each position beside its clause.
func (c *check) positions() {
	for _, p := range c.in.Positions {
		x := Placed{Clause: p.Clause, Topic: p.Topic, Aim: p.Aim, Fallback: p.Fallback, RedLine: p.RedLine, Note: p.Note}
		if p.Clause != "" {
			if i := c.clause(p.Clause); i >= 0 {
				q := c.rd.Provisions[i]
				x.EID, x.Found, x.Start, x.End = q.EID, "clause", q.Start, q.End
			}
		} else if b := best(c.sub.treats[c.in.Library.Topic(p.Topic)], c.an); b != nil {
			at := c.at(b)
			x.EID, x.Found, x.Start, x.End = at.EID, "topic", at.Start, at.End
		}
		if x.Found == "" {
			c.out.Summary.Warnings = append(c.out.Summary.Warnings, fmt.Sprintf("Your position on %s stands beside no clause: the draft has none.", p.Clause+plain(p.Topic)))
		} else {
			x.Quote = clip(c.rd.Text[x.Start:x.End], 200)
		}
		c.out.Positions = append(c.out.Positions, x)
	}
}

// clause is the provision of an eId, or of a number as people write it; -1 where there is none.
func (c *check) clause(name string) int {
	if i := slices.IndexFunc(c.rd.Provisions, func(p provision) bool { return p.EID == name }); i >= 0 {
		return i
	}
	fields := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" ().,-", r) })
	if len(fields) < 2 {
		return -1
	}
	kind := map[string]string{"article": "art_", "artículo": "art_", "artigo": "art_", "section": "sec_", "annex": "annex_", "annexe": "annex_", "anexo": "annex_", "chapter": "chp_", "paragraph": "para_"}[fields[0]]
	eid := kind + fields[1]
	at := slices.IndexFunc(c.rd.Provisions, func(p provision) bool { return p.EID == eid })
	for _, f := range fields[2:] {
		next := slices.IndexFunc(c.rd.Provisions, func(p provision) bool { return p.EID == eid+"__para_"+f || p.EID == eid+"__point_"+f })
		if at < 0 || next < 0 {
			break
		}
		at, eid = next, c.rd.Provisions[next].EID
	}
	return at
}

// Leaks names the positions whose words stand in a text that is to go out: five words of one in a row. None is a condition of sending it.
func Leaks(words string, positions []Position) []string {
	inText := " " + strings.Join(lowered(words), " ") + " "
	var out []string
	for i, p := range positions {
		for _, s := range []string{p.Aim, p.Fallback, p.RedLine, p.Note} {
			w := lowered(s)
			for k := 0; k+5 <= len(w); k++ {
				if run := strings.Join(w[k:k+5], " "); strings.Contains(inText, " "+run+" ") {
					out = append(out, fmt.Sprintf("position %d (%s): “%s”", i+1, p.Clause+p.Topic, run))
					break
				}
			}
		}
	}
	return out
}

func lowered(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127) })
}
