package chart_test

import (
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/web/chart"
)

var update = flag.Bool("update", false, "write the golden files")

func head(id string, cols ...string) chart.Head {
	return chart.Head{ID: id, Title: "What it shows", Desc: "How it is defined", Empty: "Nothing is known", Columns: cols}
}

// examples is one ordinary chart of each kind.
func examples() map[string]chart.Chart {
	return map[string]chart.Chart{
		"bars": &chart.Bars{Head: head("b", "State", "t", "Note"), Max: 2, Rest: func(n int) string { return fmt.Sprint(n, " others") }, Items: []chart.Bar{
			{Label: "Norland", Text: "12", Value: 12, Href: "/parties/XNO"}, {Label: "Sudland", Text: "withheld", Unknown: true}, {Label: "Eastland", Text: "40", Value: 40}}},
		"share": &chart.Share{Head: head("s", "Part", "Count", "Share"), Bounds: "between 40% and 70%", Parts: []chart.Part{
			{Label: "Yes", Text: "4", Value: 4}, {Label: "No", Text: "3", Value: 3}, {Label: "Unknown", Text: "3", Value: 3, Unknown: true}}},
		"timeline": &chart.Timeline{Head: head("t", "Date", "Event", "Note"), Today: "2026-11-23", Events: []chart.Event{
			{Label: "Signed", When: "26 October 2025", Start: "2025-10-26", End: "2025-10-26"}, {Label: "Talks", When: "2024", Start: "2024-01-01", End: "2024-12-31"},
			{Label: "In force", When: "2027", Start: "2027-01-01", End: "2027-12-31", Expected: true}, {Label: "Undated", When: "unknown"}}},
		"matrix": &chart.Matrix{Head: head("m", "Party"), Rows: []chart.Name{{Label: "Norland"}, {Label: "Sudland"}}, Cols: []chart.Name{{Label: "Cobalt"}, {Label: "Nickel"}},
			Counts: [][]int{{1, 0}, {12, 3}}},
		"columns": &chart.Columns{Head: head("c", "Year", "Signed"), Steps: []chart.Step{{Label: "2024", Text: "3", Value: 3}, {Label: "2025", Text: "9", Value: 9}, {Label: "2026", Text: "4", Value: 4, Unfinished: true}}},
		"map": &chart.Map{Head: head("w", "Place", "Count", "Note"), Places: []chart.Place{{Code: "ZMB", Label: "Zambia", Text: "9", Count: 9}, {Code: "TUV", Label: "Tuvalu", Text: "1", Count: 1},
			{Code: "XXX", Label: "Nowhere", Text: "2", Count: 2}}, Links: []chart.Link{{From: "ZMB", To: "USA", Tip: "Zambia – United States: 3", Count: 3}, {From: "ZMB", To: "XXX", Count: 1}}},
		"ladder": &chart.Ladder{Head: head("l", "Standard"), Steps: []string{"Mentioned", "Owed"}, Items: []chart.Rung{{Label: "EITI", Counts: []int{4, 1}, Unknown: []int{0, 2}, Total: 5}}},
		"network": &chart.Network{Head: head("n", "State", "Records", "With"), Nodes: []chart.Node{{Code: "XNO", Label: "Norland", Count: 9, Href: "/parties/XNO"}, {Code: "XSU", Label: "Sudland", Count: 2}, {Code: "XEA", Label: "Eastland", Count: 1}},
			Links: []chart.Link{{From: "XNO", To: "XSU", Tip: "Norland – Sudland: 2", Count: 2}, {From: "XNO", To: "XEA", Count: 1}}},
		"lanes": &chart.Lanes{Head: head("a", "Talks", "Stage", "Since"), Today: "2026-11-23", Lanes: []chart.Lane{{Label: "Norland and Sudland", Now: "Negotiating", When: "2025", Open: true, Stages: []chart.LaneStage{
			{Label: "Signalled", From: "2024-02-01", To: "2025-03-01", Depth: 0.1}, {Label: "Negotiating", From: "2025-03-01", To: "2026-01-01", Depth: 0.7}}}, {Label: "Broken off", Now: "Abandoned", Stages: []chart.LaneStage{{From: "2025-01-01", Depth: -1}}}}},
		"multiples": &chart.Multiples{Head: head("u", "Kind"), Steps: []string{"2024", "2025"}, Items: []chart.Multiple{{Label: "MOU", Counted: []int{1, 3}, Total: []int{2, 5}}, {Label: "Treaty", Counted: []int{0, 1}, Total: []int{1, 1}}}},
	}
}

func TestGolden(t *testing.T) {
	for name, c := range examples() {
		path := filepath.Join("testdata", name+".svg")
		got := c.SVG() + "\n"
		if *update {
			os.MkdirAll("testdata", 0o755)
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s changed; look at it and run the test with -update", path)
		}
	}
}

// check says what is wrong with a picture: not XML, a number that is none, style attributes, script.
func check(t *testing.T, name, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s: not well-formed: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			if e.Name.Local == "script" || e.Name.Local == "b" {
				t.Errorf("%s: element %s got in", name, e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("%s: attribute %s on %s", name, a.Name.Local, e.Name.Local)
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("%s: %s=%q", name, a.Name.Local, a.Value)
				}
			}
		}
	}
	role := `role="img"`
	if strings.Contains(svg, "<a ") {
		role = `role="group"` // nothing inside an image can be reached
	}
	if !strings.Contains(svg, role) || !strings.Contains(svg, "<title id=") || !strings.Contains(svg, "<desc id=") {
		t.Errorf("%s: no role, title or description", name)
	}
}

func TestWellFormed(t *testing.T) {
	for name, c := range examples() {
		check(t, name, c.SVG())
		tab := c.Table()
		for i, r := range tab.Rows {
			if len(r.Cells) != len(tab.Columns) {
				t.Errorf("%s: row %d has %d cells, there are %d columns", name, i, len(r.Cells), len(tab.Columns))
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	for name, c := range map[string]chart.Chart{
		"bars": &chart.Bars{Head: head("b")}, "share": &chart.Share{Head: head("s")}, "timeline": &chart.Timeline{Head: head("t")}, "matrix": &chart.Matrix{Head: head("m")},
		"columns": &chart.Columns{Head: head("c")}, "map": &chart.Map{Head: head("w")},
		"ladder": &chart.Ladder{Head: head("l")}, "network": &chart.Network{Head: head("n")}, "lanes": &chart.Lanes{Head: head("a"), Today: "2026-11-23"}, "multiples": &chart.Multiples{Head: head("u")},
		"lanes without a day": &chart.Lanes{Head: head("a"), Today: "never", Lanes: []chart.Lane{{Stages: []chart.LaneStage{{From: "2025-01-01"}}}}},
		"undated":             &chart.Timeline{Head: head("t"), Events: []chart.Event{{Label: "a", When: "?"}, {Label: "b", Start: "0001-01-01", End: "9999-12-31"}}},
		"noughts":             &chart.Columns{Head: head("c"), Steps: []chart.Step{{Label: "2024", Text: "0"}}},
	} {
		svg := c.SVG()
		check(t, name, svg)
		if !strings.Contains(svg, "Nothing is known") {
			t.Errorf("%s does not say that it is empty: %s", name, svg)
		}
	}
}

// hostile is what a source may give as a name.
const hostile = `<script>alert("x")</script>&<b onload='y'>` + "\x00\x1b\u202e]]>"

func hostileCharts(n int) map[string]chart.Chart {
	b := &chart.Bars{Head: head("b"), Max: 100000}
	s := &chart.Share{Head: head("s")}
	tl := &chart.Timeline{Head: head("t"), Max: 100000}
	m := &chart.Matrix{Head: head(`m"><script>`)}
	c := &chart.Columns{Head: head("c")}
	w := &chart.Map{Head: head("w"), Labels: 100000}
	l, nw, la, mu := &chart.Ladder{Head: head("l"), Steps: []string{hostile, hostile}}, &chart.Network{Head: head("n"), Max: 100000}, &chart.Lanes{Head: head("a"), Today: "2026-11-23", Max: 100000}, &chart.Multiples{Head: head("u"), Steps: []string{hostile, hostile}}
	for i := range n {
		l.Items = append(l.Items, chart.Rung{Label: hostile, Counts: []int{i, -i, 3}, Unknown: []int{-1}, Total: i % 3, Href: hostile})
		nw.Nodes = append(nw.Nodes, chart.Node{Code: fmt.Sprint(i), Label: hostile, Count: i - 3, Href: hostile})
		nw.Links = append(nw.Links, chart.Link{From: fmt.Sprint(i), To: fmt.Sprint(i / 2), Tip: hostile, Count: i - 2})
		la.Lanes = append(la.Lanes, chart.Lane{Label: hostile, Now: hostile, Open: i%2 == 0, Stages: []chart.LaneStage{{Label: hostile, From: fmt.Sprintf("%04d-01-01", i%9999+1), To: hostile, Depth: math.NaN()}, {From: "9999-12-31", Depth: 7}}})
		mu.Items = append(mu.Items, chart.Multiple{Label: hostile, Counted: []int{i, -i}, Total: []int{1}})
		v := []float64{1, -3, 0, math.NaN(), math.Inf(1), math.MaxFloat64}[i%6]
		b.Items = append(b.Items, chart.Bar{Label: hostile, Text: hostile, Value: v, Href: `"><script>`})
		s.Parts = append(s.Parts, chart.Part{Label: hostile, Text: hostile, Value: v})
		tl.Events = append(tl.Events, chart.Event{Label: hostile, When: hostile, Start: fmt.Sprintf("%04d-01-01", i%9999+1), End: "9999-12-31"})
		m.Rows, m.Cols, m.Counts = append(m.Rows, chart.Name{Label: hostile}), append(m.Cols, chart.Name{Label: hostile, Href: hostile}), append(m.Counts, []int{i, -i})
		c.Steps = append(c.Steps, chart.Step{Label: hostile, Text: hostile, Value: v})
		w.Places = append(w.Places, chart.Place{Code: []string{"ZMB", hostile, "ATA"}[i%3], Label: hostile, Count: i - 3, Href: hostile})
		w.Links = append(w.Links, chart.Link{From: "ZMB", To: "CHN", Tip: hostile, Count: i})
	}
	return map[string]chart.Chart{"bars": b, "share": s, "timeline": tl, "matrix": m, "columns": c, "map": w, "ladder": l, "network": nw, "lanes": la, "multiples": mu}
}

func TestHostile(t *testing.T) {
	for name, c := range hostileCharts(7) {
		check(t, name, c.SVG())
	}
}

func TestManyItems(t *testing.T) {
	for name, c := range hostileCharts(10000) {
		if name == "matrix" {
			c.(*chart.Matrix).Rows = c.(*chart.Matrix).Rows[:500] // its table is the product of the two
			c.(*chart.Matrix).Cols = c.(*chart.Matrix).Cols[:500]
		}
		svg := c.SVG()
		check(t, name, svg)
		if len(svg) > 180_000 {
			t.Errorf("%s: %d bytes of picture", name, len(svg))
		}
		if n := len(c.Table().Rows); n < 500 {
			t.Errorf("%s: the table has only %d rows", name, n)
		}
	}
}

func TestAnchors(t *testing.T) {
	for code, near := range map[string][2]float64{"ZMB": {28, -13}, "FJI": {178, -18}, "RUS": {98, 62}, "USA": {-98, 39}, "TUV": {179, -8}} {
		wx, wy := chart.Project(near[0], near[1])
		svg := (&chart.Map{Head: head("w"), Places: []chart.Place{{Code: code, Label: code, Count: 1}}}).SVG()
		var x, y float64
		if _, err := fmt.Sscanf(svg[strings.Index(svg, "cx="):], `cx="%g" cy="%g"`, &x, &y); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if math.Hypot(x-wx, y-wy) > 15 {
			t.Errorf("%s is at %g, %g; expected near %g, %g", code, x, y, wx, wy)
		}
	}
	if chart.Located("ATA") || chart.Located("") || !chart.Located("SGP") {
		t.Error("Located is wrong about Antarctica, nothing or Singapore")
	}
}
