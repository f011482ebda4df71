package web

import (
	"strings"

	"github.com/openassay/assay/registry"
)

// dataPage is /data: what can be taken away, in which forms, on which terms.
type dataPage struct {
	Version   string
	Lists     []download
	Pages     []download
	Formats   []term
	Permanent string
}

// download is something that can be had as data.
type download struct {
	link
	Count     string
	JSON, CSV string
}

func data(q *request) (*page, error) {
	d := dataPage{Version: q.version, Permanent: strings.TrimSuffix(q.site.opt.BaseURL, "/")}
	js := map[string]any{"version": q.version, "as_of": q.AsOf}
	var lists []map[string]any
	for _, k := range registry.Kinds() {
		def := registry.KindOf(k)
		if !def.Pages || !q.site.has("/"+def.Noun) {
			continue
		}
		n := len(withoutSamples(q.View.OfKind(k)))
		d.Lists = append(d.Lists, download{link{Text: q.kinds(k), Href: q.href("/" + def.Noun)}, q.number(int64(n)), q.href("/" + def.Noun + ".json"), q.href("/" + def.Noun + ".csv")})
		lists = append(lists, map[string]any{"kind": k, "count": n, "json": "/" + def.Noun + ".json", "csv": "/" + def.Noun + ".csv"})
	}
	for _, p := range []string{"sources", "findings", "overlaps", "conflicts", "disclosure-index", "glossary"} {
		d.Pages = append(d.Pages, download{link{Text: q.navLabel("/" + p), Href: q.href("/" + p)}, "", q.href("/" + p + ".json"), q.href("/" + p + ".csv")})
	}
	for _, f := range []string{"record", "list", "search", "document", "as_of", "export"} {
		d.Formats = append(d.Formats, term{f, q.T("data.format." + f + ".name"), q.T("data.format." + f + ".about"), ""})
	}
	js["lists"] = lists
	return &page{Template: "data", Title: q.T("nav.data"), Lede: q.T("data.lede"), Data: d, JSON: js}, nil
}
