package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/registry"
)

// mostAtOnce is how many boxes one form may tick.
const mostAtOnce = 2000

// redactPost marks, takes marks away, and takes the last step back.
func redactPost(q *request) (*page, error) {
	x, err := q.redacted()
	if err != nil {
		return nil, err
	}
	if q.form.Get("reading") != x.reading {
		return q.redactPage("", q.T("redact.other_reading"), http.StatusConflict)
	}
	d, ctx, id := q.site.opt.Correspondence, q.http.Context(), x.record.ID
	say := ""
	switch q.form.Get("step") {
	case "mark":
		if len(q.form["at"]) == 0 || len(q.form["at"]) > mostAtOnce {
			return q.redactPage("", q.T("redact.nothing"), http.StatusUnprocessableEntity)
		}
		ground := q.form.Get("ground")
		spans, ok := x.spans(q.form["at"])
		if !ok {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("redact.no_span", "value", cut(strings.Join(q.form["at"], " "), 40))).WithHint("%s", q.T("redact.no_span_hint"))
		}
		if wrong := x.add(q, spans, ground, q.form.Get("here") == "yes"); wrong != "" {
			return q.redactPage("ground", wrong, http.StatusUnprocessableEntity)
		}
		say = q.T("redact.done_mark", "n", len(spans))
	case "find":
		spans, wrong := x.find(q, q.form.Get("words"), q.form.Get("ground_found"))
		if wrong == "" {
			wrong = x.add(q, spans, q.form.Get("ground_found"), false)
		}
		if wrong != "" {
			return q.redactPage("words", wrong, http.StatusUnprocessableEntity)
		}
		say = q.T("redact.done_mark", "n", len(spans))
	case "unmark":
		n, _ := strconv.ParseInt(q.form.Get("mark"), 10, 64)
		if err := d.Unmark(ctx, id, x.reading, n, q.user.By(), q.site.opt.Now()); err != nil {
			return nil, err
		}
		say = q.T("redact.done_unmark")
	case "undo":
		did, err := d.UndoMarking(ctx, id, x.reading)
		if err != nil {
			return nil, err
		}
		if say = q.T("redact.done_undo"); !did {
			say = q.T("redact.nothing_to_undo")
		}
	default:
		return nil, errNowhere
	}
	q.did("redact_"+q.form.Get("step"), string(id), "")
	return nil, seeOther{to: x.path() + "?view=" + url.QueryEscape(cmp.Or(q.form.Get("view"), "1")), say: say}
}

// spans are the stretches that were ticked, in order; neighbours between which nothing is said are one.
func (x *redacting) spans(ticked []string) ([][2]int, bool) {
	s := x.doc.Reading.Text
	var all [][2]int
	for _, t := range ticked {
		p, ok := parseSpan(t, len(s))
		if !ok {
			return nil, false
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	var out [][2]int
	for _, p := range all {
		if n := len(out) - 1; n >= 0 && (p[0] <= out[n][1] || strings.IndexFunc(s[out[n][1]:p[0]], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0) {
			out[n][1] = max(out[n][1], p[1])
			continue
		}
		out = append(out, p)
	}
	return out, true
}

// find is where words stand, however written; wrong says why they are not taken.
func (x *redacting) find(q *request, words, ground string) (out [][2]int, wrong string) {
	b, _ := json.Marshal([]map[string]string{{"quote": words, "ground": cmp.Or(ground, "security")}})
	ps, err := redaction.ReadPassages(b)
	if err == nil {
		var spans []redaction.Span
		if spans, err = redaction.Resolve(x.doc.Reading, ps); err == nil {
			for _, s := range spans {
				out = append(out, [2]int{s.Start, s.End})
			}
			return out, ""
		}
	}
	return nil, q.T("redact.not_found")
}

// add marks stretches; it says what is wrong with them.
func (x *redacting) add(q *request, spans [][2]int, ground string, here bool) (wrong string) {
	if ground == "" || ground == "not_stated" || !registry.IsCode("withholding_ground", ground) {
		return q.T("redact.no_ground")
	}
	var ms []desk.Marking
	for _, s := range spans {
		p := redaction.Passage{Start: s[0], End: s[1], Ground: ground, Here: here}
		if _, err := redaction.Resolve(x.doc.Reading, []redaction.Passage{p}); err != nil {
			return sentence(err)
		}
		ms = append(ms, desk.Marking{Start: s[0], End: s[1], Ground: ground, Here: here, By: q.user.By(), At: q.site.opt.Now()})
	}
	if err := q.site.opt.Correspondence.Mark(q.http.Context(), x.record.ID, x.reading, ms); err != nil {
		return sentence(err)
	}
	return ""
}
