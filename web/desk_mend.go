package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// mendForm is /desk/mend/RECORD?page=N: the words of a page beside its image, to be mended.
type mendForm struct {
	Of    link
	Image string
	Large string
	Alt   string
	Shown string
	Form  *form
	Seen  string // how sure the machine was
	Next  []link
}

// mendPage draws the form.
func mendPage(q *request) (*page, error) { return q.mendForm("", http.StatusOK) }

func (q *request) mendForm(wrong string, status int) (*page, error) {
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	if doc == nil || q.site.opt.Intake == nil || len(doc.Reading.Pages) == 0 {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("mend.no_pages"))
	}
	v := q.reader(r, doc)
	number, _ := strconv.Atoi(q.Query.Get("page"))
	if s := q.form.Get("page"); s != "" {
		number, _ = strconv.Atoi(s)
	}
	i := slices.IndexFunc(doc.Reading.Pages, func(p text.Page) bool { return p.Number == number })
	if i < 0 {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("sheet.none", "value", strconv.Itoa(number)))
	}
	p := doc.Reading.Pages[i]
	f := q.newForm("/desk/mend/"+string(r.ID), q.T("mend.save"))
	reading := r.String("reading")
	if seen := q.form.Get("reading"); seen != "" { // what was typed was typed over this one
		reading = seen
	}
	f.Hidden = []pair{{"page", strconv.Itoa(number)}, {"reading", reading}}
	f.add(formField{Name: "words", Label: q.T("mend.words"), Hint: q.T("mend.words_hint"), Type: "textarea", Rows: 30, Value: strings.TrimSpace(v.words(p.Start, p.End)), Lang: doc.Reading.Language})
	f.add(formField{Name: "reason", Label: q.T("mend.reason"), Max: 300, Optional: true})
	if wrong != "" {
		f.fail("words", wrong)
	}
	f.Cancel = link{Text: q.T("mend.back"), Href: v.sheetHref(number)}
	d := &mendForm{Of: q.linkTo(r), Form: f, Shown: q.T("document.page", "n", number, "of", doc.Reading.Pages[len(doc.Reading.Pages)-1].Number), Seen: v.pageRemark(p)}
	if v.hasSheets() {
		at := r.Path() + "/pages/" + strconv.Itoa(number)
		d.Image, d.Large, d.Alt = at, at+"?width=2000", q.T("sheet.alt", "n", number)
	}
	if reading != r.String("reading") {
		d.Next = append(d.Next, link{Text: q.T("mend.as_it_is"), Href: v.sheetHref(number)})
	}
	return &page{Template: "mend", Title: q.T("mend.title", "title", cut(r.Title(q.Lang), 80)), Data: d, Plain: true, Wide: true, Status: status, Trail: q.deskTrail(d.Of)}, nil
}

// mendPost makes another reading of the text, with the words of the form on the page.
func mendPost(q *request) (*page, error) {
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	number, nerr := strconv.Atoi(q.form.Get("page"))
	s := r.Slot("reading", "")
	if q.site.opt.Intake == nil || nerr != nil || s == nil || s.Shown == nil {
		return nil, errNowhere
	}
	into := registry.Registry
	if a := s.Shown.Entry.Audience; a != registry.Public { // it stays where the text is
		if into = a; !slices.ContainsFunc(q.intoOptions(), func(o formOption) bool { return o.Value == string(a) }) {
			return nil, errNowhere
		}
	}
	m := intake.Mend{Document: r.ID, Reading: q.form.Get("reading"), Page: number, Words: q.form.Get("words"), Reason: q.form.Get("reason")}
	err = q.site.opt.Intake.Mend(q.http.Context(), into, m, q.user.By())
	switch code := registry.CodeOf(err); {
	case err == nil:
	case code == registry.Invalid || code == registry.Conflict || code == registry.Unreadable || code == registry.Unsupported:
		return q.mendForm(sentence(err), http.StatusUnprocessableEntity)
	default:
		return nil, err
	}
	q.did("mend", string(r.ID), "page "+strconv.Itoa(number))
	say := q.T("mend.done")
	if into == registry.Registry && s.Shown.Entry.Audience == registry.Public {
		say += " " + q.T("mend.publish")
	}
	return nil, seeOther{to: r.Path() + "?pane=sheets&sheet=" + strconv.Itoa(number), say: say, more: link{Text: q.T("unpublished.title"), Href: "/desk/unpublished"}}
}
