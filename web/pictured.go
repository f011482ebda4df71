package web

import (
	"github.com/openassay/assay/web/chart"
)

// picturedPage is a page of one picture: map, network, timeline, matrix.
type picturedPage struct {
	Key    string
	Scope  scopeView
	Figure figure
	Others []link
}

// pictures are the pages of one picture each, in their order.
var pictures = []string{"map", "network", "timeline", "matrix"}

// pictured makes the page of a picture.
func pictured(key string) handler {
	return func(q *request) (*page, error) {
		scope, err := q.scope()
		if err != nil {
			return nil, err
		}
		set, err := q.set(scope)
		if err != nil {
			return nil, err
		}
		d := picturedPage{Key: key, Scope: q.scopeView(scope)}
		pen := q.pen()
		var c chart.Chart
		switch key {
		case "map":
			c = pen.Map(set)
		case "network":
			c = pen.Network(set)
		case "timeline":
			c = pen.Lanes(set, q.horizon())
		case "matrix":
			c = pen.Matrix(set)
		}
		d.Figure = q.drawn(c)
		d.Figure.Beside = key == "map"
		for _, k := range pictures {
			if k != key {
				d.Others = append(d.Others, link{Text: q.T("picture." + k + ".title"), Href: q.scoped("/" + k)})
			}
		}
		t := c.Table()
		sheet := &sheet{Columns: t.Columns}
		rows := []map[string]any{}
		for _, r := range t.Rows {
			sheet.Rows = append(sheet.Rows, r.Cells)
			rows = append(rows, map[string]any{"cells": r.Cells, "path": r.Href})
		}
		return &page{Template: "pictured", Title: q.T("picture." + key + ".title"), Lede: d.Figure.Title, Data: d, Wide: true,
			JSON: map[string]any{"picture": key, "title": d.Figure.Title, "columns": t.Columns, "rows": rows}, CSV: sheet}, nil
	}
}
