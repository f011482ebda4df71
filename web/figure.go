package web

import (
	"html/template"
	"math"
	"strconv"
	"strings"

	"github.com/openassay/assay/web/chart"
)

// figure is a chart with what a reader needs to judge it: what it shows, how it is defined, where the numbers come from, and the table.
type figure struct {
	ID      string
	Title   string // the finding
	Sub     string // the definition
	Picture template.HTML
	Table   chart.Table
	Numbers []bool // which columns hold numbers
	Summary string // what the table is called: "Table, 12 rows"
	Note    string
	Source  []link
	Scroll  bool   // the picture is wider than a narrow screen
	Beside  bool   // the table stands open beside the picture where there is room
	Files   []link // the picture as SVG and PNG, and its table as CSV
}

// figure draws a chart. Columns in numbers, by place, are set right.
func (q *request) figure(head chart.Head, c chart.Chart, numbers ...int) figure {
	f := figure{ID: head.ID, Title: head.Title, Sub: head.Desc, Picture: template.HTML(c.SVG()), Table: c.Table()}
	f.Numbers = make([]bool, len(f.Table.Columns))
	for _, n := range numbers {
		if n < len(f.Numbers) {
			f.Numbers[n] = true
		}
	}
	f.Summary = q.T("figure.table", "n", len(f.Table.Rows))
	switch c.(type) {
	case *chart.Matrix, *chart.Network:
		f.Scroll = true
	}
	q.keep(head, c)
	for _, as := range pictureFormats {
		f.Files = append(f.Files, link{Text: strings.ToUpper(as), Href: q.here("as", as, "figure", head.ID)})
	}
	return f
}

// IsNumber says whether a column holds numbers.
func (f figure) IsNumber(i int) bool { return i < len(f.Numbers) && f.Numbers[i] }

// share writes a share of a whole in percent, with one decimal below ten.
func (l *locale) share(part float64) string {
	x := part * 100
	switch {
	case part < 0:
		return ""
	case x > 0 && x < 0.1:
		return l.T("number.less_percent")
	case x < 10 && x != float64(int(x)):
		return l.T("number.percent", "n", l.group(strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)))
	}
	return l.T("number.percent", "n", l.number(int64(x+0.5)))
}
