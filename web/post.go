package web

import (
	"crypto/subtle"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// How long a form may be, in bytes.
const (
	smallForm    = 256 << 10
	bigForm      = 6 << 20
	filesForm    = 40 << 20 // with files as they are
	filesAtOnce  = 2
	mostFields   = 5000
	bigAtOnce    = 6 // big forms that are read at a time: each takes several times its length
	mostOverrun  = 64 << 20
	slowSenders  = 2 * time.Minute // how long a big form may take to arrive
	fieldsOfOurs = "_"             // begins the names of fields that no handler reads
)

// seeOther is the result of a form that was done: the browser goes to another page, which says so.
type seeOther struct {
	to   string // a path of this site, with its query
	say  string // what was done; "" for nothing to say
	more link   // to undo it, for instance
}

func (s seeOther) Error() string { return "see " + s.to }

// errNowhere answers what is not there, and what is not for who asks.
var errNowhere = errors.New("nowhere")

// servePost takes a form. It does nothing unless the form is of this site, of this session, of a length that can be borne, and of
// someone who may send it.
func (s *site) servePost(w http.ResponseWriter, q *request, d *deskRoute) {
	q.private = true
	w.Header().Set("Referrer-Policy", "same-origin")
	if !s.fromHere(q.http) {
		s.failStatus(w, q, http.StatusForbidden, registry.Errorf(registry.Invalid, "%s", q.T("form.foreign")).WithHint("%s", q.T("form.foreign_hint")))
		return
	}
	if q.user != nil && !q.user.Can(d.role) {
		s.refuseMethod(w, q)
		return
	}
	if long := q.http.ContentLength < 0 || q.http.ContentLength > smallForm; d.big && long {
		select {
		case s.big <- struct{}{}:
			defer func() { <-s.big }()
		case <-time.After(5 * time.Second):
			s.failStatus(w, q, http.StatusServiceUnavailable, registry.Errorf(registry.Conflict, "%s", q.T("form.busy")).WithHint("%s", q.T("form.busy_hint")))
			return
		}
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(slowSenders)) // where it cannot be set, the server's holds
	}
	if d.files && !d.open { // a page for everyone must not keep editors' files waiting
		select {
		case s.filing <- struct{}{}:
			defer func() { <-s.filing }()
		case <-time.After(5 * time.Second):
			s.failStatus(w, q, http.StatusServiceUnavailable, registry.Errorf(registry.Conflict, "%s", q.T("form.busy")).WithHint("%s", q.T("form.busy_hint")))
			return
		}
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(slowSenders))
	}
	if err, status := q.readForm(w, d); err != nil {
		s.failStatus(w, q, status, err)
		return
	}
	typed := q.form
	q.secrets = typed
	if d.role != account.Nobody && q.user == nil {
		typed = own(q.form)
		p, err := q.signInPage(q.http.URL.RequestURI(), typed, http.StatusForbidden, q.leftOut), error(nil)
		if q.form.Has("_name") || q.form.Has("_step") || q.form.Has("_passkey") {
			p, err = q.tryToSignIn(q.http.URL.RequestURI(), typed)
		}
		switch {
		case err == nil && p == nil && q.user.Held && !q.user.Can(d.role) && q.user.Role.Includes(d.role):
			err = seeOther{to: factorsAt}
		case err == nil && p == nil && !q.user.Can(d.role):
			err = errNowhere
		case err == nil && p == nil && len(allBut(typed, "nonce")) == 0:
			err = seeOther{to: q.http.URL.RequestURI()}
		case err == nil && p == nil:
			s.showAgain(w, q, d, typed, q.T("sign_in.again"), 0)
			return
		}
		s.finish(w, q, p, err)
		return
	}
	if q.user != nil && subtle.ConstantTimeCompare([]byte(q.form.Get("_csrf")), []byte(q.csrf())) != 1 {
		s.showAgain(w, q, d, own(typed), strings.TrimSpace(q.T("sign_in.stale")+" "+q.leftOut), 0)
		return
	}
	if q.leftOut != "" {
		s.showAgain(w, q, d, own(typed), q.leftOut, http.StatusRequestEntityTooLarge)
		return
	}
	q.form = own(typed)
	if err := q.read(); err != nil {
		s.fail(w, q, err)
		return
	}
	p, err := d.post(q)
	if q.user != nil && !q.noted && d.role != account.Nobody {
		q.note(account.Event{Act: d.pattern, About: strings.Join(slices.Sorted(maps.Values(q.params)), " "), Outcome: outcome(p, err)})
	}
	s.finish(w, q, p, err)
}

// finish answers with what a handler gave.
func (s *site) finish(w http.ResponseWriter, q *request, p *page, err error) {
	if err != nil {
		s.fail(w, q, err)
		return
	}
	if q.View == nil {
		if err := q.read(); err != nil {
			s.fail(w, q, err)
			return
		}
	}
	s.respond(w, q, p)
}

func outcome(p *page, err error) string {
	var done seeOther
	switch {
	case errors.As(err, &done), err == nil && p.Status < 400:
		return account.Done
	case errors.Is(err, errNowhere):
		return string(registry.NotFound)
	case err != nil:
		return string(registry.CodeOf(err))
	}
	return string(registry.Invalid)
}

// showAgain shows a form that was not taken, filled in as it was sent. Nothing is sent anew until a person does. The status is 0 for 200.
func (s *site) showAgain(w http.ResponseWriter, q *request, d *deskRoute, typed url.Values, why string, status int) {
	q.form, q.again = typed, why
	if d.get == nil {
		s.failStatus(w, q, http.StatusConflict, registry.Errorf(registry.Conflict, "%s", why))
		return
	}
	if err := q.read(); err != nil {
		s.fail(w, q, err)
		return
	}
	p, err := d.get(q)
	if p != nil && status != 0 {
		p.Status = status
	}
	s.finish(w, q, p, err)
}

// secret is a field that is never shown again: a password.
func (q *request) secret(name string) string { return q.secrets.Get(name) }

// own are the fields without those that carry tokens and passwords.
func own(v url.Values) url.Values {
	out := url.Values{}
	for name, values := range v {
		if !strings.HasPrefix(name, fieldsOfOurs) {
			out[name] = values
		}
	}
	return out
}

// fromHere says whether a form was sent by a page of this site. Browsers tell; what tells nothing is no browser and carries no one's cookies.
func (s *site) fromHere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	base, err := url.Parse(s.opt.BaseURL)
	return strings.EqualFold(u.Host, r.Host) || err == nil && base.Host != "" && strings.EqualFold(u.Host, base.Host) && u.Scheme == base.Scheme
}

// readForm reads what was typed: text in UTF-8 with plain line ends, files as their text.
func (q *request) readForm(w http.ResponseWriter, d *deskRoute) (error, int) {
	limit, hint := int64(smallForm), q.T("form.too_long_small_hint", "n", smallForm>>10)
	switch {
	case d.files && !d.open:
		limit, hint = filesForm, q.T("form.too_long_hint", "n", filesForm>>20)
	case d.big:
		limit, hint = bigForm, q.T("form.too_long_hint", "n", bigForm>>20)
	}
	tooLong := registry.Errorf(registry.Invalid, "%s", q.T("form.too_long")).WithHint("%s", hint)
	unreadable := registry.Errorf(registry.Invalid, "%s", q.T("form.unreadable")).WithHint("%s", q.T("form.unreadable_hint"))
	kind, params, err := mime.ParseMediaType(q.http.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		body := &io.LimitedReader{R: q.http.Body, N: limit + mostOverrun}
		if d.files {
			q.uploads = map[string]upload{}
		}
		form, left, err := readParts(multipart.NewReader(body, params["boundary"]), limit, q.uploads)
		switch {
		case body.N <= 0 || !d.big && !d.files && len(left) > 0:
			return tooLong, http.StatusRequestEntityTooLarge
		case err != nil:
			return unreadable, http.StatusBadRequest
		}
		q.form = cleaned(form)
		for _, x := range left {
			size := strconv.FormatFloat(float64(x.bytes)/(1<<20), 'f', 1, 64)
			if most := int64(edit.PageLimit); x.file != "" {
				if d.files && !d.open {
					most = filesForm
				}
				q.leftOut = q.T("form.left_out_file", "file", cut(x.file, 100), "size", size, "n", most>>20)
			} else {
				q.leftOut = q.T("form.left_out", "size", size, "n", edit.PageLimit>>20)
			}
		}
		return nil, 0
	}
	noKind := err != nil
	b, err := io.ReadAll(io.LimitReader(q.http.Body, limit+1))
	if err != nil {
		return unreadable, http.StatusBadRequest
	}
	if int64(len(b)) > limit {
		_, _ = io.Copy(io.Discard, io.LimitReader(q.http.Body, mostOverrun)) // else the browser hears of a broken connection, and not why
		return tooLong, http.StatusRequestEntityTooLarge
	}
	if noKind && len(b) > 0 {
		return unreadable, http.StatusBadRequest
	}
	form := url.Values{}
	switch {
	case len(b) == 0:
	case kind == "application/x-www-form-urlencoded":
		if strings.Count(string(b), "&") >= mostFields {
			return tooLong, http.StatusRequestEntityTooLarge
		}
		if form, err = url.ParseQuery(string(b)); err != nil {
			return unreadable, http.StatusBadRequest
		}
	default:
		return unreadable, http.StatusBadRequest
	}
	q.form = cleaned(form)
	return nil, 0
}

// cleaned are the fields in UTF-8 with plain line ends.
func cleaned(form url.Values) url.Values {
	for _, values := range form {
		for i, v := range values {
			values[i] = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(v, "�"), "\r\n", "\n"), "\x00", "")
		}
	}
	return form
}

// upload is a file as it was sent.
type upload struct {
	name  string
	bytes []byte
}

// leftOut is a part of a form that was too long to be taken.
type leftOut struct {
	file  string // its name; "" for what was typed or pasted
	bytes int64
}

// readParts reads a form with files. A file's content is the value of its field, its name that of the field with ".name" behind it; an empty
// file leaves no field. A part with which all would have more than limit bytes is left out, so that the others can be given back. Where uploads
// is not nil, files come into it, as they are, instead.
func readParts(r *multipart.Reader, limit int64, uploads map[string]upload) (form url.Values, left []leftOut, err error) {
	form = url.Values{}
	for n := 0; ; n++ {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return form, left, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if n >= mostFields {
			return nil, nil, errors.New("too many fields")
		}
		b, err := io.ReadAll(io.LimitReader(part, limit+1))
		if err != nil {
			return nil, nil, err
		}
		if int64(len(b)) > limit {
			more, err := io.Copy(io.Discard, part)
			if err != nil {
				return nil, nil, err
			}
			left = append(left, leftOut{part.FileName(), int64(len(b)) + more})
			continue
		}
		limit -= int64(len(b))
		name := part.FormName()
		if name == "" || part.FileName() != "" && len(b) == 0 {
			continue
		}
		if uploads != nil && part.FileName() != "" {
			uploads[name] = upload{strings.ToValidUTF8(part.FileName(), "_"), b}
			continue
		}
		form.Add(name, string(b))
		if part.FileName() != "" {
			form.Add(name+".name", part.FileName())
		}
	}
}

func sorted(v url.Values) []string { return slices.Sorted(maps.Keys(v)) }

func itoa(n int) string { return strconv.Itoa(n) }
