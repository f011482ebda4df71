package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// lookedPage is what was understood of a file, and what the editor decides of each of its texts.
type lookedPage struct {
	File  string
	From  string
	Into  string
	Parts []lookedPart
	Form  *form
	Ready bool // there is something that can enter
}

type lookedPart struct {
	Path   string
	Format string
	Says   string // of what was not read: why, and how to mend it
	Kept   bool
	Texts  []lookedText
}

// lookedText is one text.
type lookedText struct {
	Legend    string
	Known     *link // it is here already
	Facts     []labelled
	Parties   []link
	Complete  *completeView
	Outline   []string
	More      string
	Begins    string
	Lang, Dir string
	Alike     *link
	Like      string
	Fields    []*formField
}

const (
	mostLookedTexts = 30
	fewOutline      = 12
)

// intakeLooked draws what was understood, with what is wrong in what was decided.
func (q *request) intakeLooked(j *intakeJob, wrong map[string]string, status int) *page {
	f := q.newForm("/desk/intake/"+j.id, q.T("intake.take"))
	f.Cancel = link{Text: q.T("intake.other"), Href: "/desk/intake"}
	d := &lookedPage{File: j.file.Name, From: j.file.Source.URL, Into: q.audienceWords(j.audience), Form: f}
	n := 0
	for _, p := range j.looked.Parts {
		part := lookedPart{Path: p.Path, Format: q.formatName(p.Format), Kept: p.Code == "kept"}
		if p.Code != "read" {
			part.Says = strings.TrimSpace(upperFirst(p.Reason) + ". " + upperFirst(p.Hint))
			if p.Hint != "" {
				part.Says += "."
			}
		}
		for _, t := range p.Texts {
			if n == mostLookedTexts {
				break
			}
			part.Texts = append(part.Texts, q.lookedText(f, n, &t))
			d.Ready = d.Ready || !t.Known
			n++
		}
		d.Parts = append(d.Parts, part)
	}
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		f.fail(name, wrong[name])
	}
	return &page{Template: "intake-looked", Title: q.T("intake.looked_title", "file", cut(cmp.Or(d.File, d.From), 80)), Data: d, Plain: true, Status: status, Trail: q.intakeTrail()}
}

func (q *request) audienceWords(a registry.Audience) string {
	if a == registry.Registry {
		return q.T("edit.into_registry")
	}
	return string(a)
}

// formatName is what a format is called.
func (q *request) formatName(f string) string {
	if w, ok := q.locale.find("format." + f); ok {
		return w
	}
	return strings.ToUpper(f)
}

// lookedText shows a text and asks what it is.
func (q *request) lookedText(f *form, n int, t *intake.Text) lookedText {
	x := lookedText{Legend: q.T("intake.text_n", "n", n+1, "title", cut(t.Title, 120))}
	if r := q.View.Record(t.Document); t.Known && r != nil {
		l := q.linkTo(r)
		x.Known = &l
		return x
	}
	fact := func(key, says string) {
		if says != "" {
			x.Facts = append(x.Facts, labelled{q.T("intake.fact." + key), says})
		}
	}
	fact("language", q.code("language", t.Language))
	if t.Date != "" {
		fact("date", q.edtfText(t.Date))
	}
	if rd := t.Reading; rd != nil {
		v := q.reader(nil, &projection.Document{Reading: rd, Analysis: t.Analysis})
		x.Lang, x.Dir = rd.Language, dirOf(rd.Language)
		fact("provisions", q.T("intake.provisions", "n", len(rd.Provisions)))
		if k := len(rd.Pages); k > 0 {
			fact("pages", q.number(int64(k)))
		}
		if rd.Variant != "" {
			fact("changes", q.T("intake.changes", "n", len(rd.Variants)+1))
		}
		if an := t.Analysis; an.Unsupported != "" {
			fact("force", q.T("document.unserved", "language", q.code("language", base(an.Unsupported))))
		} else {
			fact("force", q.code("legal_nature", cmp.Or(an.Instrument.LegalNature.Inferred, "unclear")))
			duties := 0
			for i := range an.Provisions {
				if m, _ := v.own(i); m == assay.Obligation || m == assay.Prohibition {
					duties++
				}
			}
			fact("duties", q.number(int64(duties)))
		}
		x.Complete = v.complete()
		for i, p := range rd.Provisions {
			if p.Kind == text.KindPoint || p.Kind == text.KindParagraph || p.Kind == text.KindRecital || p.Depth > 1 {
				continue
			}
			if len(x.Outline) == fewOutline {
				x.More = q.T("intake.more_outline")
				break
			}
			x.Outline = append(x.Outline, cut(v.provisionTitle(rd.Provisions[i]), 90))
		}
		x.Begins = cut(strings.Join(strings.Fields(rd.Text[:runeStart(rd.Text, min(len(rd.Text), 2400))]), " "), 500)
		for _, w := range rd.Warnings[:min(len(rd.Warnings), 6)] {
			fact("warning", w)
		}
	}
	for _, id := range t.Parties {
		x.Parties = append(x.Parties, q.recordLink(id))
	}
	if r := q.View.Record(t.Duplicate); r != nil {
		l := q.linkTo(r)
		x.Alike, x.Like = &l, t.Like
	}
	name := func(part string) string { return fmt.Sprintf("t%d.%s", n, part) }
	f.Hidden = append(f.Hidden, pair{name("document"), string(t.Document)})
	add := func(fl formField) { x.Fields = append(x.Fields, f.add(fl)) }
	add(formField{Name: name("title"), Label: q.locale.field(registry.FieldOf("title")), Value: t.Title, Max: 400, Required: true})
	add(formField{Name: name("type"), Label: q.locale.field(registry.FieldOf("document_type")), Type: "select", Value: t.Type, Options: q.codeOptions("document_type", "")})
	add(formField{Name: name("version"), Label: q.T("intake.version"), Hint: q.T("intake.version_hint"), Value: t.Version, Short: true, Max: 10, Optional: true})
	options, hint := q.matchOptions(t), q.T("intake.instrument_hint")
	if len(options) == 2 { // that it is of none, or of a new one
		hint = q.T("intake.no_match")
	}
	add(formField{Name: name("instrument"), Label: q.T("intake.instrument"), Hint: hint, Type: "radio", Value: firstChoice(t), Options: options})
	add(formField{Name: name("other"), Label: q.T("intake.other_instrument"), Hint: q.T("intake.other_instrument_hint"), Max: 400, Optional: true})
	add(formField{Name: name("leave"), Label: q.T("intake.leave"), Type: "checkbox"})
	return x
}

// sureMatch is the probability from which a match is chosen beforehand; the editor still decides.
const sureMatch = 0.85

// firstChoice is what is chosen beforehand of the instruments: what the file says, else a match that is all but sure.
func firstChoice(t *intake.Text) string {
	switch {
	case t.Instrument != "":
		return string(t.Instrument)
	case len(t.Matches) > 0 && t.Matches[0].Score >= sureMatch:
		return string(t.Matches[0].Instrument)
	}
	return ""
}

// matchOptions are the instruments that a text may belong to, each with how likely and why; that it is of none; that it is of a new one.
func (q *request) matchOptions(t *intake.Text) []formOption {
	var out []formOption
	seen := map[registry.RecordID]bool{}
	add := func(id registry.RecordID, hint string) {
		if r := q.View.Record(id); r != nil && !seen[id] {
			seen[id] = true
			out = append(out, formOption{Value: string(id), Label: r.Title(q.Lang), Hint: hint})
		}
	}
	if t.Instrument != "" {
		add(t.Instrument, q.T("intake.by_file"))
	}
	for _, m := range t.Matches[:min(len(t.Matches), 5)] {
		add(m.Instrument, q.T("intake.likely", "percent", strconv.Itoa(int(m.Score*100+.5)), "reasons", strings.Join(m.Reasons, "; ")))
	}
	for k, id := range q.site.intakes.taken(q.user.ID) { // drafts of one instrument are brought in one after the other
		if r := q.View.Record(id); r != nil && k < 5 {
			for _, ins := range r.Refs("instrument") {
				add(ins, q.T("intake.lately", "title", cut(r.Title(q.Lang), 80)))
			}
		}
	}
	made := q.T("intake.new_instrument")
	if len(out) == 0 { // "none of these" of nothing
		made = q.T("intake.first_instrument")
	}
	out = append(out, formOption{Value: "new", Label: made, Hint: q.T("intake.new_instrument_hint")}, formOption{Value: "none", Label: q.T("intake.no_instrument")})
	return out
}

// intakeTake takes what the editor decided and begins to enter it.
func intakeTake(q *request) (*page, error) {
	j := q.site.intakes.of(q.params["job"], q.user.ID)
	if j == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("intake.gone")).WithHint("%s", q.T("intake.gone_hint"))
	}
	if state, _ := j.now(); j.looked == nil || state == jobLooking || state == jobTaking || state == jobTaken {
		return nil, seeOther{to: "/desk/intake/" + j.id}
	}
	choices, wrong := q.intakeChoices()
	if len(choices) == 0 && len(wrong) == 0 {
		wrong[""] = q.T("intake.nothing_chosen")
	}
	if len(wrong) > 0 {
		return q.intakeLooked(j, wrong, http.StatusUnprocessableEntity), nil
	}
	by, file, audience := q.user.By(), j.file, j.audience
	if !slices.ContainsFunc(q.intoOptions(), func(o formOption) bool { return o.Value == string(audience) }) { // it was taken from them meanwhile
		return nil, errNowhere
	}
	q.did("intake", strings.Join(slices.Sorted(maps.Keys(keysOf(choices))), " "), "enter "+cut(cmp.Or(file.Name, file.Source.URL), 200))
	q.site.run(j, jobTaking, func(ctx context.Context) error {
		taken, err := q.site.opt.Intake.Take(ctx, audience, file, by, choices)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.taken = taken
		return err
	}, jobTaken)
	return nil, seeOther{to: "/desk/intake/" + j.id}
}

func keysOf(choices map[registry.RecordID]intake.Choice) map[string]bool {
	out := map[string]bool{}
	for id := range choices {
		out[string(id)] = true
	}
	return out
}

// intakeChoices reads what was decided of each text, and what is wrong in it by field.
func (q *request) intakeChoices() (map[registry.RecordID]intake.Choice, map[string]string) {
	out, wrong := map[registry.RecordID]intake.Choice{}, map[string]string{}
	for n := range mostLookedTexts {
		get := func(part string) string { return strings.TrimSpace(q.form.Get(fmt.Sprintf("t%d.%s", n, part))) }
		bad := func(part, says string) { wrong[fmt.Sprintf("t%d.%s", n, part)] = says }
		id := registry.RecordID(get("document"))
		if id == "" || get("leave") == "yes" {
			continue
		}
		c := intake.Choice{Title: get("title"), Type: get("type"), Version: get("version")}
		if c.Title == "" {
			bad("title", q.T("intake.no_title"))
		}
		if c.Type != "" && !registry.IsCode("document_type", c.Type) {
			bad("type", q.T("intake.no_type"))
		}
		if c.Version != "" {
			if v, err := strconv.Atoi(c.Version); err != nil || v <= 0 || v > 9999 {
				bad("version", q.T("intake.no_version"))
			}
		}
		switch chosen, other := get("instrument"), get("other"); {
		case other != "":
			token := strings.TrimPrefix(cmp.Or(tokenOf(other), "instruments/"+other), "instruments/")
			if r := exactly(q.View, registry.KindInstrument, token); r != nil {
				c.Instrument = r.ID
			} else {
				bad("other", q.T("intake.no_such_instrument"))
			}
		case chosen == "new":
			c.Make = true
		case chosen == "none":
		case chosen == "":
			bad("instrument", q.T("intake.undecided"))
		default:
			if r := q.View.Record(registry.RecordID(chosen)); r != nil && r.Kind == registry.KindInstrument {
				c.Instrument = r.ID
			} else {
				bad("instrument", q.T("intake.no_such_instrument"))
			}
		}
		out[id] = c
	}
	return out, wrong
}

// donePage is what entered.
type donePage struct {
	Says      string
	Documents []link
	Made      []link
	Known     []link
	Refused   []lookedPart
	Into      string
	Next      []link
}

func (q *request) intakeDone(j *intakeJob) *page {
	t := j.taken
	d := &donePage{Says: q.T("intake.done", "n", len(t.Documents)), Into: q.audienceWords(j.audience)}
	for _, id := range t.Documents {
		d.Documents = append(d.Documents, q.recordLink(id))
	}
	for _, id := range t.Instruments {
		d.Made = append(d.Made, q.recordLink(id))
	}
	for _, id := range t.Known {
		d.Known = append(d.Known, q.recordLink(id))
	}
	for _, p := range t.Refused {
		d.Refused = append(d.Refused, lookedPart{Path: p.Path, Says: strings.TrimSpace(upperFirst(p.Reason) + ". " + upperFirst(p.Hint))})
	}
	d.Next = []link{{Text: q.T("unpublished.title"), Href: "/desk/unpublished"}, {Text: q.T("intake.another"), Href: "/desk/intake"}}
	return &page{Template: "intake-done", Title: q.T("intake.done_title"), Data: d, Plain: true, Trail: q.intakeTrail()}
}
