package web

import (
	"slices"
	"strconv"

	"github.com/openassay/assay/disclosure/protocol"
)

// protocolPage is /withheld/protocol: the model protocol on mutual transparency in one of its languages.
type protocolPage struct {
	Lang, Title, Label, Version string
	Articles                    []protocolArticle
	Langs                       []navItem
	Downloads                   []link
}

type protocolArticle struct {
	Number      int
	Code, Title string
	Paras       []string
	Table       *table
}

// paperLang is the language of a paper that is asked for with ?in=, else that of the page where there are papers in it, else English.
func (q *request) paperLang() string {
	for _, l := range []string{q.Query.Get("in"), q.Lang} {
		if slices.Contains(protocol.Languages, l) {
			return l
		}
	}
	return protocol.Languages[0]
}

func modelProtocol(q *request) (*page, error) {
	p, err := protocol.Load()
	if err != nil {
		return nil, err
	}
	lang := q.paperLang()
	if as := q.Query.Get("as"); as != "" {
		return q.paperFile(p.Paper(lang), "model-protocol-"+lang, as)
	}
	d := protocolPage{Lang: lang, Title: p.Title[lang], Label: p.Label[lang], Version: p.Version}
	for i, a := range p.Articles {
		x := protocolArticle{Number: i + 1, Code: a.Code, Title: a.Title[lang]}
		for k, w := range a.Paras {
			x.Paras = append(x.Paras, strconv.Itoa(i+1)+"."+strconv.Itoa(k+1)+" "+w[lang])
		}
		if a.Table {
			x.Table = &table{Caption: a.Title[lang], Heads: []head{{Label: p.Heads["what"][lang]}, {Label: p.Heads["when"][lang]}, {Label: p.Heads["who"][lang]}}}
			for _, duty := range p.Publish {
				x.Table.Rows = append(x.Table.Rows, q.rowOf(x.Table.Heads, wordsCell(duty.What[lang]), wordsCell(duty.When[lang]), wordsCell(p.Who[duty.Who][lang])))
			}
		}
		d.Articles = append(d.Articles, x)
	}
	for _, l := range protocol.Languages {
		d.Langs = append(d.Langs, navItem{link{Text: q.code("language", l), Href: q.here("in", l, "as", "")}, l == lang})
	}
	d.Downloads = q.papers("/withheld/protocol", "in", lang)
	return &page{Template: "protocol", Title: d.Title, Lede: d.Label, Data: d, Plain: true, JSON: p,
		Trail: []link{{Text: q.T("withheld.title"), Href: q.href("/withheld")}}}, nil
}
