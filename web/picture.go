package web

import (
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
	"github.com/openassay/assay/web/chart/raster"
)

// pictureFormats are the forms in which every figure of a page can be had alone: its address with ?as=FORM&figure=ID.
var pictureFormats = []string{"svg", "png", "csv"}

// kept is a chart of the page that is being made.
type kept struct {
	chart.Head
	chart.Chart
}

// keep remembers a chart of this page, so that it can be sent alone.
func (q *request) keep(h chart.Head, c chart.Chart) { q.charts = append(q.charts, kept{h, c}) }

// alone is how wide a picture is, in pixels of a page, when it is not on one.
const alone = 720

// pictureFile is the figure that is asked for alone; nil where the page itself is.
func (q *request) pictureFile() (*file, error) {
	id, as := q.Query.Get("figure"), q.Query.Get("as")
	if id == "" || q.Format != "html" {
		return nil, nil
	}
	i := slices.IndexFunc(q.charts, func(k kept) bool { return k.ID == id })
	if i < 0 || !slices.Contains(pictureFormats, as) {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("figure.none")).WithHint("%s", q.T("figure.none_hint"))
	}
	k := q.charts[i]
	name := "assay-" + k.ID
	switch as {
	case "csv":
		t := k.Table()
		rows := make([][]string, len(t.Rows))
		for n, r := range t.Rows {
			rows[n] = r.Cells
		}
		b, err := encodeCSV(&sheet{t.Columns, rows})
		return &file{"text/csv; charset=utf-8; header=present", name + ".csv", b}, err
	case "svg":
		return &file{"image/svg+xml", name + ".svg", []byte(standalone(k.SVG()))}, nil
	}
	b, err := raster.Captioned(k.SVG(), k.Title, q.T("figure.credit", "address", q.whereFrom(), "day", q.View.Horizon), alone, 2)
	return &file{"image/png", name + ".png", b}, err
}

// whereFrom is where the page is, without the parameters of the picture.
func (q *request) whereFrom() string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(q.site.opt.BaseURL, "/"), "https://"), "http://") + q.here("as", "", "figure", "")
}

// standalone gives a picture that grows with its page a width of its own, and takes away links that lead nowhere outside the page.
func standalone(svg string) string {
	return strings.Replace(svg, `width="100%"`, `width="720"`, 1)
}
