package web

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// indexPage is /instruments/ADDRESS/disclosure-index and its like: which of the fourteen items of a record are public, with the claims behind each; and
// apart from that, what law the registry has of its sides.
type indexPage struct {
	Title  string
	Record link
	Says   []string // the numbers, in words
	States []pair   // how many items are in each state
	Items  []indexItem
	Law    table
	Links  []link
}

// indexItem is an item with what it rests on.
type indexItem struct {
	Key, Label, Asks string
	Number           string
	State            state
	Claims           []indexClaim
	More             int // claims that are not listed
}

// indexClaim is a claim behind an item.
type indexClaim struct {
	Of     *link // the record that it is on, where that is another
	Field  string
	Key    template.HTML
	Value  template.HTML
	Source link
	Date   template.HTML
}

// mostBehind is how many claims an item lists as a page; the data have all.
const mostBehind = 6

// indexed are the kinds that have a disclosure index.
var indexed = []registry.Kind{registry.KindNegotiation, registry.KindInstrument}

func disclosureIndexOf(k registry.Kind) handler {
	return func(q *request) (*page, error) {
		r, p, err := q.find(k)
		if err != nil || p != nil {
			if m, ok := err.(moved); ok {
				m.to += "/disclosure-index"
				return nil, m
			}
			return p, err
		}
		x := findings.DealsOf(q.View).Index(r)
		d := indexPage{Title: q.T("index.of"), Record: q.linkTo(r), Says: q.indexSays(x)}
		csv := &sheet{Columns: []string{"record", "number", "item", "state", "day", "claims", "with", "laws"}}
		count := map[string]int{}
		for _, i := range x.Items {
			count[i.State]++
			d.Items = append(d.Items, q.indexItem(r, i))
			var laws []string
			for _, l := range i.Law {
				laws = append(laws, texts(l.Laws)...)
			}
			csv.Rows = append(csv.Rows, []string{string(r.ID), strconv.Itoa(i.Number), i.Item, i.State, string(i.Day), strings.Join(texts(i.Claims), " "), strings.Join(texts(i.With), " "), strings.Join(laws, " ")})
		}
		for _, s := range findings.ItemStates {
			d.States = append(d.States, pair{q.T("index.state." + s), q.number(int64(count[s]))})
		}
		d.Law = q.indexLaw(r, x)
		d.Links = []link{{Text: q.T("plan.title"), Href: q.href(r.Path() + "/disclosure")}, {Text: q.T("index.title"), Href: q.href("/disclosure-index")}, {Text: q.T("index.finding"), Href: q.href("/findings/transparency", "indicator", "index")}}
		return &page{Template: "disclosure-index", Title: d.Title + ": " + r.Title(q.Lang), Lede: d.Says[0], Data: d, JSON: x, CSV: csv,
			Trail: []link{{Text: q.kinds(k), Href: q.href("/" + registry.KindOf(k).Noun)}, q.linkTo(r)}}, nil
	}
}

// indexSays puts the numbers into words: how much is known, between what bounds it lies, and the score where enough is known for one.
func (q *request) indexSays(x *findings.Disclosed) []string {
	out := []string{q.T("index.known", "known", x.Known, "of", x.Of, "unknown", x.Unknown, "na", x.Of-x.Applicable)}
	if x.Applicable > 0 {
		out = append(out, q.T("index.between", "low", q.share(float64(x.Lower)), "high", q.share(float64(x.Upper))))
	}
	if x.Score >= 0 {
		return append(out, q.T("index.score", "score", q.share(float64(x.Score)), "known", x.Known))
	}
	return append(out, q.T("index.no_score"))
}

// indexState is the state of an item as it looks on every page.
func (q *request) indexState(i findings.ItemState) state {
	s := state{Code: i.State, Word: q.T("index.state." + i.State)}
	if i.Day != "" {
		s.Detail = q.T("index.on", "day", q.edtfText(string(i.Day)))
	}
	return s
}

func (q *request) indexItem(r *registry.Record, i findings.ItemState) indexItem {
	out := indexItem{Key: i.Item, Number: q.number(int64(i.Number)), Label: q.pen().Code("item", i.Item), Asks: q.T("index.asks." + i.Item), State: q.indexState(i)}
	for _, id := range i.Claims {
		e := q.View.Entries[id]
		if e == nil || e.Claim == nil {
			continue
		}
		if len(out.Claims) == mostBehind {
			out.More++
			continue
		}
		f := registry.FieldOf(e.Claim.Field)
		c := indexClaim{Field: q.locale.field(f), Key: q.slotKey(f, e.Claim.Key), Source: link{Text: string(e.Claim.Source)}}
		if f.Card == registry.Set {
			c.Key = ""
		}
		if e.Claim.Value.State != "" {
			c.Value = template.HTML(template.HTMLEscapeString(q.code("value_state", string(e.Claim.Value.State))))
		} else {
			c.Value = q.written(f, registry.Value{Type: e.Claim.Value.Type, Raw: shorten(e.Claim.Value), Lang: e.Claim.Value.Lang})
		}
		if of := q.View.Record(e.Claim.Record); of != nil && of != r {
			l := q.linkTo(of)
			c.Of = &l
		}
		if s := q.View.Sources[e.Claim.Source]; s != nil {
			c.Source = link{Text: cut(cmp.Or(s.Publisher, s.Title, string(s.ID)), 60), Href: q.href("/sources/" + string(s.ID))}
			c.Date = q.edtf(s.Date)
		}
		out.Claims = append(out.Claims, c)
	}
	return out
}

// indexLaw is what the registry has of the law of each side, by kind of law: apart from what was done, and counted nowhere.
func (q *request) indexLaw(r *registry.Record, x *findings.Disclosed) table {
	t := table{Caption: q.T("index.law"), Heads: q.headsOf("index.side", "index.kind_of_law", "index.laws", "index.rules")}
	type key struct {
		side registry.RecordID
		kind string
	}
	rules := map[key][]string{}
	var order []findings.Law
	for _, i := range x.Items {
		for _, l := range i.Law {
			k := key{l.Side, l.Kind}
			if rules[k] == nil {
				order = append(order, l)
			}
			rules[k] = append(rules[k], lowerFirst(q.pen().Code("item", i.Item)))
		}
	}
	for _, l := range order {
		laws := q.partiesCell(l.Laws)
		if len(l.Laws) == 0 {
			laws = wordsCell(q.T("index.no_law"))
		}
		t.Rows = append(t.Rows, q.rowOf(t.Heads, q.linkCell(q.recordLink(l.Side)), wordsCell(q.code("law_type", l.Kind)), laws, wordsCell(strings.Join(rules[key{l.Side, l.Kind}], ", "))))
	}
	for _, s := range r.Slots("approval_needed") {
		if s.Shown != nil {
			t.Rows = append(t.Rows, q.rowOf(t.Heads, q.linkCell(q.recordLink(registry.RecordID(s.Key))), wordsCell(q.locale.field(registry.FieldOf("approval_needed"))), cell{HTML: q.written(registry.FieldOf("approval_needed"), s.Shown.Value), Text: s.Shown.Value.Raw}, wordsCell(lowerFirst(q.pen().Code("item", "parliament")))))
		}
	}
	return t
}

// indexJSON is a line of /disclosure-index as data.
type indexJSON struct {
	Title string        `json:"title"`
	Kind  registry.Kind `json:"kind"`
	*findings.Disclosed
}

// disclosureIndex is /disclosure-index: the index of every negotiation and instrument that is counted.
func disclosureIndex(q *request) (*page, error) {
	kind := q.Query.Get("kind")
	if kind != "" && kind != string(registry.KindNegotiation) && kind != string(registry.KindInstrument) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.filter", "name", "kind", "value", cut(kind, 40))).WithHint("%s", q.T("error.one_of", "values", "negotiation, instrument"))
	}
	deals := findings.DealsOf(q.View)
	d := publicLog{Title: q.T("index.title"), Says: []string{q.T("index.lede")}, Empty: q.T("index.empty")}
	for _, k := range append([]registry.Kind{""}, indexed...) {
		if text := q.T("index.all"); string(k) != kind {
			if k != "" {
				text = q.kinds(k)
			}
			d.Links = append(d.Links, link{Text: text, Href: q.here("kind", string(k))})
		}
	}
	d.Links = append(d.Links, link{Text: q.T("sides.title"), Href: q.href("/both-sides")}, link{Text: q.T("index.finding"), Href: q.href("/findings/transparency", "indicator", "index")})
	d.Table = table{Caption: d.Title, Heads: q.headsOf("withheld.record", "#index.col_known", "#index.col_found", "#index.col_partly", "#index.col_not_public", "#index.col_not_found", "#index.col_not_looked_for", "#index.col_bounds", "#index.col_score")}
	csv := &sheet{Columns: []string{"record", "title", "kind", "of", "applicable", "known", "unknown", "lower", "upper", "score"}}
	js := []indexJSON{}
	for _, r := range deals.Records() {
		if kind != "" && string(r.Kind) != kind {
			continue
		}
		js = append(js, indexJSON{r.Title(q.Lang), r.Kind, deals.Index(r)})
	}
	slices.SortStableFunc(js, func(a, b indexJSON) int {
		return cmp.Or(cmp.Compare(b.Known, a.Known), cmp.Compare(a.Record, b.Record))
	})
	for n, x := range js {
		count := map[string]int{}
		row := []string{string(x.Record), x.Title, string(x.Kind), strconv.Itoa(x.Of), strconv.Itoa(x.Applicable), strconv.Itoa(x.Known), strconv.Itoa(x.Unknown), decimals(x.Lower), decimals(x.Upper), decimals(x.Score)}
		for _, i := range x.Items {
			count[i.State]++
			if n == 0 {
				csv.Columns = append(csv.Columns, i.Item)
			}
			row = append(row, i.State)
		}
		csv.Rows = append(csv.Rows, row)
		bounds, score := "", q.T("index.too_little")
		if x.Applicable > 0 {
			bounds = q.T("finding.between", "low", q.share(float64(x.Lower)), "high", q.share(float64(x.Upper)))
		}
		if x.Score >= 0 {
			score = q.share(float64(x.Score))
		}
		l := q.recordLink(x.Record)
		l.Href = q.href(q.View.Record(x.Record).Path() + "/disclosure-index")
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, q.linkCell(l), wordsCell(q.T("index.n_of", "n", x.Known, "of", x.Of)), countCell(count[findings.Found]), countCell(count[findings.Partly]), countCell(count[findings.NotPublic]), countCell(count[findings.NotFound]), countCell(count[findings.NotLookedFor]), wordsCell(bounds), wordsCell(score)))
	}
	var err error
	if d.Pager, d.Table.Rows, err = q.paged(d.Table.Rows); err != nil {
		return nil, err
	}
	return &page{Template: "public-log", Title: d.Title, Lede: d.Says[0], Data: d, Wide: true, JSON: js, CSV: csv, Trail: []link{{Text: q.T("withheld.title"), Href: q.href("/withheld")}}}, nil
}
