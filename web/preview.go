package web

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// Previewer gives the registry that readers of some audiences have, as it is or as it would be after a release; see instance.Preview.
type Previewer func(ctx context.Context, r schedule.Release, as, by registry.Audiences, after bool) (reg Registry, exact bool, done func(), err error)

// previewPage is /desk/releases/{number}: what an audience would see of the records that a release is about, and sees now.
type previewPage struct {
	Title  string
	Lede   string
	Facts  []pair
	As     []choice // audiences
	Exact  string   // whether everything that the audience sees is in it
	Table  table
	Path   pathForm
	Approx bool
}

// pathForm asks for another address to be looked at.
type pathForm struct {
	Action string
	Hidden []pair
	Path   string
}

// previewed is the release that is asked for, where the visitor may see all that it releases; else it is not there.
func (q *request) previewed() (*schedule.Release, error) {
	if q.site.opt.Releases == nil || q.site.opt.Preview == nil || !q.mayPublish() {
		return nil, errNowhere
	}
	all, err := q.site.opt.Releases.All(q.http.Context())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(o schedule.Release) bool { return releaseName(&o) == q.params["number"] })
	if i < 0 || all[i].Ended != "" || !q.seesAll(all[i].Targets) {
		return nil, errNowhere
	}
	return &all[i], nil
}

// audiencesOf are those as whom the visitor may look: the public, whom the release is for, and the visitor's own.
func (q *request) audiencesOf(o *schedule.Release) []registry.Audience {
	out := []registry.Audience{registry.Public}
	for _, a := range append([]registry.Audience{o.To}, q.user.Readers()...) {
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// previewAs is the audience that is asked for.
func (q *request) previewAs(o *schedule.Release) (registry.Audience, error) {
	as := registry.Audience(cmp.Or(q.Query.Get("as"), string(o.To)))
	if !slices.Contains(q.audiencesOf(o), as) {
		return "", registry.Errorf(registry.Invalid, "%s", q.T("preview.no_audience", "value", cut(string(as), 40))).WithHint("%s", q.T("error.one_of", "values", strings.Join(texts(q.audiencesOf(o)), ", ")))
	}
	return as, nil
}

func releasePreview(q *request) (*page, error) {
	o, err := q.previewed()
	if err != nil {
		return nil, err
	}
	as, err := q.previewAs(o)
	if err != nil {
		return nil, err
	}
	name := releaseName(o)
	at := "/desk/releases/" + name
	d := previewPage{Title: q.T("preview.title") + ": " + o.Title, Lede: q.T("preview.lede"), Facts: []pair{{q.T("releases.when"), q.trigger(o.Trigger)}, {q.T("releases.to"), string(o.To)}, {q.T("releases.entries"), q.number(int64(len(o.Targets)))}, {q.T("releases.reason"), o.Reason}, {q.T("releases.by"), person(o.ProposedBy)}}}
	for _, a := range q.audiencesOf(o) {
		d.As = append(d.As, choice{link: link{Text: string(a), Href: at + "?" + url.Values{"as": {string(a)}}.Encode()}, Current: a == as})
	}
	paths := q.previewPaths(o)
	var exact bool
	states := make([][2]int, len(paths))
	same := make([]bool, len(paths))
	bodies := make([][]byte, len(paths))
	for i, after := range []bool{false, true} {
		ok, err := q.outlet(o, as, after, func(h http.Handler) {
			for n, p := range paths {
				a := q.ask(h, p)
				states[n][i] = a.status
				same[n] = after && bytes.Equal(bodies[n], a.body.Bytes())
				bodies[n] = a.body.Bytes()
			}
		})
		if err != nil {
			return nil, err
		}
		exact = ok
	}
	d.Approx = !exact
	d.Exact = q.T("preview.exact")
	if !exact {
		d.Exact = q.T("preview.partial")
	}
	d.Table = table{Caption: q.T("preview.pages"), Heads: q.headsOf("preview.address", "preview.now", "preview.after", "preview.change")}
	says := func(status int) string {
		if status == http.StatusOK {
			return q.T("preview.see")
		}
		return q.T("preview.nothing")
	}
	for n, p := range paths {
		see := func(when string, status int) cell {
			return q.linkCell(link{Text: says(status), Href: at + "/outlet?" + url.Values{"as": {string(as)}, "when": {when}, "path": {p}}.Encode()})
		}
		change := q.T("preview.changes")
		switch {
		case same[n]:
			change = q.T("preview.same")
		case states[n][0] != http.StatusOK && states[n][1] == http.StatusOK:
			change = q.T("preview.appears")
		}
		d.Table.Rows = append(d.Table.Rows, q.rowOf(d.Table.Heads, wordsCell(p), see("now", states[n][0]), see("after", states[n][1]), wordsCell(change)))
	}
	d.Path = pathForm{at + "/outlet", []pair{{"as", string(as)}, {"when", "after"}}, "/"}
	q.did("release_preview", strconv.FormatInt(o.ID, 10), string(as))
	return &page{Template: "preview", Title: d.Title, Data: d, Plain: true, Trail: append(q.deskTrail(), link{Text: q.T("releases.title"), Href: "/desk/releases"})}, nil
}

// mostPreviewed is how many records of a release are looked at on the first page; others can be asked for by their address.
const mostPreviewed = 8

// previewPaths are the addresses of the records that a release is about, and of their data.
func (q *request) previewPaths(o *schedule.Release) []string {
	var out []string
	b := q.book()
	var ids []registry.RecordID
	for _, id := range append([]registry.EntryID{}, o.Targets...) {
		if e := b.Entry(id); e != nil && e.Claim != nil && !slices.Contains(ids, e.Claim.Record) {
			ids = append(ids, e.Claim.Record)
		}
	}
	v := q.now()
	for _, id := range ids {
		r := v.Record(id)
		if r == nil || !registry.KindOf(r.Kind).Pages || len(out) >= 4*mostPreviewed {
			continue
		}
		out = append(out, r.Path(), r.Path()+".json", r.Path()+".csv")
		if at := disclosurePath(r); at != "" {
			out = append(out, at)
		}
	}
	return append(out, "/released", "/withheld")
}

// releaseOutlet is /desk/releases/{number}/outlet: byte for byte what an outlet gives an audience at an address, now or after the release.
func releaseOutlet(q *request) (*page, error) {
	o, err := q.previewed()
	if err != nil {
		return nil, err
	}
	as, err := q.previewAs(o)
	if err != nil {
		return nil, err
	}
	when, path := cmp.Or(q.Query.Get("when"), "after"), q.Query.Get("path")
	u, err := url.Parse(path)
	if (when != "now" && when != "after") || err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "/desk") || strings.HasPrefix(u.Path, assetPrefix) || strings.HasPrefix(u.Path, ledgerPrefix) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("preview.no_path", "value", cut(path, 60))).WithHint("%s", q.T("preview.path_hint"))
	}
	var a *answered
	if _, err := q.outlet(o, as, when == "after", func(h http.Handler) { a = q.ask(h, u.RequestURI()) }); err != nil {
		return nil, err
	}
	q.did("release_preview", strconv.FormatInt(o.ID, 10), string(as)+" "+when+" "+cut(u.Path, 200))
	return &page{Status: a.status, File: &file{Kind: a.header.Get("Content-Type"), Body: a.body.Bytes()}}, nil
}

// outlet calls look with the pages as they are given to an audience, who is nobody that signed in. It says whether everything is in them that the
// audience sees.
func (q *request) outlet(o *schedule.Release, as registry.Audience, after bool, look func(http.Handler)) (exact bool, err error) {
	reg, exact, done, err := q.site.opt.Preview(q.http.Context(), *o, registry.Reader(as), q.user.Readers(), after)
	if err != nil {
		return false, err
	}
	defer done()
	look(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := q.site.request(r)
		x.reg, x.header, x.private = reg, w.Header(), as != registry.Public
		q.site.get(w, x)
	}))
	return exact, nil
}

// answered is an answer that is kept.
type answered struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answered) Header() http.Header         { return a.header }
func (a *answered) WriteHeader(status int)      { a.status = status }
func (a *answered) Write(b []byte) (int, error) { return a.body.Write(b) }

// ask is what a visitor without a session gets at an address of the outlet, in the language of this one.
func (q *request) ask(h http.Handler, path string) *answered {
	a := &answered{status: http.StatusOK, header: http.Header{}}
	r, err := http.NewRequestWithContext(q.http.Context(), http.MethodGet, path, nil)
	if err != nil {
		a.status = http.StatusBadRequest
		return a
	}
	r.Host, r.TLS, r.RemoteAddr = q.http.Host, q.http.TLS, q.http.RemoteAddr
	if l := q.http.Header.Get("Accept-Language"); l != "" {
		r.Header.Set("Accept-Language", l)
	}
	for range mostRedirects {
		h.ServeHTTP(a, r)
		to := a.header.Get("Location")
		if a.status/100 != 3 || to == "" {
			break
		}
		u, err := r.URL.Parse(to)
		if err != nil {
			break
		}
		a.status, a.header, a.body = http.StatusOK, http.Header{}, bytes.Buffer{}
		r = r.Clone(r.Context())
		r.URL = u
	}
	return a
}

// mostRedirects is how often a look goes where an address leads.
const mostRedirects = 4
