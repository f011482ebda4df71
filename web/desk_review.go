package web

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// Reviewer keeps what the review list needs beside the registry. *instance.Instance is one.
type Reviewer interface {
	// Noted is what importers noted for these readers.
	Noted(ctx context.Context, readers registry.Audiences) ([]review.Noted, error)
	// Verdicts are what people decided without its being knowledge; Decide remembers one more.
	Verdicts(ctx context.Context) ([]review.Verdict, error)
	Decide(ctx context.Context, v review.Verdict) error
	// Belongs gives what follows from a document being a text of an instrument, and at which audience.
	Belongs(v *registry.View, doc, instrument registry.RecordID) ([]registry.Entry, registry.Audience, error)
}

// lists are the review lists of a few versions of the registry: making one holds all records against each other.
type lists struct {
	mu   sync.Mutex
	kept map[string][]review.Item
}

// queue are the items that nobody decided, and those put off.
func (q *request) queue() (open, later []review.Item, err error) {
	ctx, r := q.http.Context(), q.site.opt.Review
	var noted []review.Noted
	var verdicts []review.Verdict
	if r != nil {
		if noted, err = r.Noted(ctx, q.user.Readers()); err != nil {
			return nil, nil, err
		}
		if verdicts, err = r.Verdicts(ctx); err != nil {
			return nil, nil, err
		}
	}
	today := q.site.today()
	key := fmt.Sprint(q.user.Readers().Name(), " ", q.version, " ", today, " ", noted)
	l := &q.site.lists
	l.mu.Lock()
	defer l.mu.Unlock() // who comes meanwhile waits for the same list
	items, ok := l.kept[key]
	if !ok {
		items = review.List(review.Input{View: q.reg.View(""), Book: q.book(), Noted: noted, Today: today})
		if len(l.kept) >= 4 || l.kept == nil {
			l.kept = map[string][]review.Item{}
		}
		l.kept[key] = items
	}
	open, later = review.Open(items, verdicts, today)
	return open, later, nil
}

// reviewPage is /desk/review.
type reviewPage struct {
	Lede    string
	Kinds   []reviewKind
	Table   table
	Pages   []link
	Nothing string
}

type reviewKind struct {
	link
	Count   string
	Current bool
	About   string
}

const itemsOnAPage = 50

func reviewList(q *request) (*page, error) {
	open, later, err := q.queue()
	if err != nil {
		return nil, err
	}
	kind := q.Query.Get("kind")
	d := reviewPage{Lede: q.T("review.lede", "n", len(open))}
	shown := open
	if kind == "later" {
		shown = later
	} else if slices.Contains(review.Kinds, kind) {
		shown = slices.DeleteFunc(slices.Clone(open), func(i review.Item) bool { return i.Kind != kind })
	} else {
		kind = ""
	}
	add := func(k, label string, n int) {
		if n > 0 || k == kind {
			d.Kinds = append(d.Kinds, reviewKind{link{Text: label, Href: q.here("kind", k, "page", "")}, strconv.Itoa(n), k == kind, ""})
		}
	}
	add("", q.T("review.all"), len(open))
	for _, k := range review.Kinds {
		n := 0
		for _, i := range open {
			if i.Kind == k {
				n++
			}
		}
		add(k, q.T("review.kinds."+k), n)
	}
	add("later", q.T("review.kinds.later"), len(later))
	if kind != "" && kind != "later" {
		d.Lede = q.T("review.about." + kind)
	}
	if len(shown) == 0 {
		d.Nothing = q.T("review.nothing")
	}
	n, _ := strconv.Atoi(q.Query.Get("page"))
	n = min(max(n, 1), max(1, (len(shown)+itemsOnAPage-1)/itemsOnAPage))
	for i := 1; len(shown) > itemsOnAPage && (i-1)*itemsOnAPage < len(shown); i++ {
		l := link{Text: strconv.Itoa(i), Href: q.here("page", strconv.Itoa(i))}
		if i == n {
			l.Href = ""
		}
		d.Pages = append(d.Pages, l)
	}
	d.Table = q.reviewTable(shown[(n-1)*itemsOnAPage : min(len(shown), n*itemsOnAPage)])
	csv := &sheet{Columns: []string{"kind", "id", "title", "probability", "reasons", "since", "until", "page"}}
	for _, i := range shown {
		csv.Rows = append(csv.Rows, []string{i.Kind, i.ID, i.Title, probability(i.Score), inOne(i.Reasons), string(i.Since), string(i.Until), i.Path()})
	}
	return &page{Template: "review", Title: q.T("review.title"), Data: d, Plain: true, Trail: q.deskTrail(), JSON: shown, CSV: csv}, nil
}

func inOne(l []string) string {
	out := ""
	for i, s := range l {
		if i > 0 {
			out += "; "
		}
		out += s
	}
	return out
}

// probability is a score as people read it; "" for none.
func probability(s float64) string {
	if s == 0 {
		return ""
	}
	return strconv.FormatFloat(s, 'f', 2, 64)
}

const mostReasons = 3

func (q *request) reviewTable(items []review.Item) table {
	t := table{Caption: q.T("review.title"), Heads: []head{{Label: q.T("review.what")}, {Label: q.T("review.kind")}, {Label: q.T("review.probability"), Numeric: true}, {Label: q.T("review.why")}, {Label: q.T("review.since")}}}
	for _, i := range items {
		l := link{Text: cut(i.Title, 160), Href: i.Path()}
		if i.Kind == review.File {
			l.Href = ""
		}
		why := i.Reasons[:min(len(i.Reasons), mostReasons)]
		since := cell{}
		switch {
		case i.Until != "":
			since = cell{Text: string(i.Until), HTML: template.HTML(template.HTMLEscapeString(q.T("review.until")+" ")) + q.edtf(string(i.Until))}
		case i.Since != "":
			since = cell{Text: string(i.Since), HTML: q.edtf(string(i.Since))}
		}
		t.Rows = append(t.Rows, q.rowOf(t.Heads, cell{Text: i.Title, HTML: l.HTML()}, wordsCell(q.T("review.one."+i.Kind)), wordsCell(probability(i.Score)), wordsCell(inOne(why)), since))
	}
	return t
}

// item is the item of the address; nil where nobody needs to decide it any more.
func (q *request) item() (*review.Item, error) {
	open, later, err := q.queue()
	if err != nil {
		return nil, err
	}
	for _, i := range append(open, later...) {
		if i.Kind == q.params["kind"] && i.ID == q.params["id"] && i.Kind != review.File {
			return &i, nil
		}
	}
	if !slices.Contains(review.Kinds, q.params["kind"]) {
		return nil, errNowhere
	}
	return nil, nil
}

// next is the address of the item after this one of its kind, else of the list.
func (q *request) next(i *review.Item) string {
	open, _, err := q.queue()
	if err == nil {
		at := slices.IndexFunc(open, func(x review.Item) bool { return x.Key() == i.Key() })
		for _, x := range open[at+1:] {
			if x.Kind == i.Kind && x.Key() != i.Key() {
				return x.Path()
			}
		}
	}
	return "/desk/review"
}

// verdictForm puts an item off, or leaves it as it is.
func (q *request) verdictForm(i *review.Item, act, problem, field string) *form {
	f := q.newForm(i.Path(), q.T("review.put_off"))
	if act != "verdict" {
		f.sent = nil
	}
	f.Hidden = []pair{{"act", "verdict"}}
	f.add(formField{Name: "what", Label: q.T("review.verdict"), Type: "radio", Value: "later", Options: []formOption{
		{Value: "later", Label: q.T("review.later"), Hint: q.T("review.later_hint")}, {Value: "left", Label: q.T("review.left"), Hint: q.T("review.left_hint")}}})
	f.add(formField{Name: "until", Label: q.T("review.until_day"), Type: "date", Short: true, Optional: true, Value: string(registry.DayOf(q.site.opt.Now().AddDate(0, 0, 30)))})
	f.add(formField{Name: "why", Label: q.T("claim.reason"), Optional: true, Max: 1000})
	if act == "verdict" && problem != "" {
		f.fail(field, problem)
	}
	return f
}

// takeVerdict takes that form.
func (q *request) takeVerdict(i *review.Item) (*page, error) {
	v := review.Verdict{Item: i.Key(), Evidence: i.Evidence, What: q.form.Get("what"), Reason: cut(q.form.Get("why"), 1000), By: q.user.By()}
	if v.What != "left" {
		v.What = "later"
		day, err := registry.ParseDay(q.form.Get("until"))
		if err != nil || day <= q.site.today() {
			return q.itemPage(i, "verdict", q.T("review.until_wrong"), "until", http.StatusUnprocessableEntity)
		}
		v.Until = day
	}
	to := q.next(i)
	if err := q.site.opt.Review.Decide(q.http.Context(), v); err != nil {
		return nil, err
	}
	q.did("review."+v.What, i.Key(), v.Reason)
	return nil, seeOther{to: to, say: q.T("review.decided_" + v.What), more: link{Text: q.T("review.back_to_it"), Href: i.Path()}}
}
