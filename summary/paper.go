package summary

import (
	"strconv"
	"strings"

	"github.com/openassay/assay/paper"
)

// blank is what a form filled by hand is written on.
const blank = "______________________________________________"

// Paper is the sheet as a document: of one page where what is known is little, and never without a part.
func (s *Sheet) Paper() (*paper.Document, error) {
	t, err := in(s.Lang)
	if err != nil {
		return nil, err
	}
	d := &paper.Document{Title: s.Title, Subtitle: t.T("title"), Lang: s.Lang, Date: string(s.AsOf), Footer: t.T("made") + " " + s.Form}
	if s.Record == "" {
		d.Title, d.Subtitle = t.T("title"), t.T("ask")
	}
	if s.Sample {
		d.Meta = append(d.Meta, paper.Meta{Name: t.T("sample"), Value: t.T("invented")})
	}
	if s.AsOf != "" {
		d.Meta = append(d.Meta, paper.Meta{Name: t.T("as_of"), Value: string(s.AsOf)})
	}
	if s.Record != "" {
		d.Meta = append(d.Meta, paper.Meta{Name: t.T("record"), Value: string(s.Record)})
	}
	for _, p := range s.Parts {
		d.Blocks = append(d.Blocks, paper.Heading{Level: 2, ID: p.Code, Runs: paper.T(p.Label)})
		if s.Record == "" {
			d.Blocks = append(d.Blocks, paper.Paragraph{Runs: []paper.Run{{Text: p.Asks, Italic: true}}}, paper.Paragraph{Runs: paper.T(blank)}, paper.Paragraph{Runs: paper.T(blank)})
			continue
		}
		if len(p.Lines) == 0 {
			d.Blocks = append(d.Blocks, paper.Paragraph{Runs: []paper.Run{{Text: t.T(p.State), Italic: true}}})
			continue
		}
		var l paper.List
		for _, x := range p.Lines {
			runs := []paper.Run{{Text: x.Label + ": ", Bold: true}, {Text: x.Text}}
			for _, n := range x.Sources {
				runs = append(runs, paper.Run{Text: " [" + strconv.Itoa(n) + "]", Link: "#source-" + strconv.Itoa(n)})
			}
			l.Items = append(l.Items, paper.Item{Runs: runs})
		}
		d.Blocks = append(d.Blocks, l)
	}
	if len(s.Sources) > 0 {
		d.Blocks = append(d.Blocks, paper.Heading{Level: 2, ID: "sources", Runs: paper.T(t.T("sources"))})
		var l paper.List
		for _, x := range s.Sources {
			n := strconv.Itoa(x.Number)
			l.Items = append(l.Items, paper.Item{ID: "source-" + n, Marker: n + ".", Runs: []paper.Run{{Text: x.Title, Link: x.URL}, {Text: strings.TrimSuffix(". "+x.Publisher, ". ") + strings.TrimSuffix(", "+x.Date, ", ")}}})
		}
		d.Blocks = append(d.Blocks, l)
	}
	return d, nil
}

// Schema is the JSON Schema of a sheet, for others who fill the form.
func Schema() map[string]any {
	str := func(says string) map[string]any { return map[string]any{"type": "string", "description": says} }
	list := func(of map[string]any) map[string]any { return map[string]any{"type": "array", "items": of} }
	object := func(required []string, p map[string]any) map[string]any {
		return map[string]any{"type": "object", "required": required, "properties": p, "additionalProperties": false}
	}
	var parts []string
	for _, p := range form {
		parts = append(parts, p.code)
	}
	line := object([]string{"label", "text", "state"}, map[string]any{"label": str("what is said"), "text": str("in words, a code's label, an EDTF date, or an amount with currency"),
		"state": map[string]any{"enum": []string{Stated, "unknown", Kept, "not_applicable"}}, "sources": list(map[string]any{"type": "integer", "minimum": 1})})
	part := object([]string{"code", "label", "state", "lines"}, map[string]any{"code": map[string]any{"enum": parts}, "label": str("of the part"), "asks": str("what belongs here"),
		"state": map[string]any{"enum": []string{Stated, NotRecorded, Kept}, "description": "not_recorded: nothing is said of it; that is no no"}, "lines": list(line)})
	source := object([]string{"number", "id", "title"}, map[string]any{"number": map[string]any{"type": "integer", "minimum": 1}, "id": str("of the source"), "title": str("of the source"), "publisher": str("who published it"), "date": str("EDTF"), "url": str("where it is")})
	s := object([]string{"form", "title", "parts", "sources"}, map[string]any{"lang": map[string]any{"enum": Languages, "description": "of labels and codes; English where it is missing"}, "form": map[string]any{"const": Form}, "record": str("id in the registry that made it"), "title": str("of the instrument"),
		"sample": map[string]any{"type": "boolean"}, "as_of": str("the day that it is of"), "parts": list(part), "sources": list(source)})
	s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", "Standard summary disclosure"
	return s
}
