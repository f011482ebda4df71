package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/registry"
)

// redactResult is /desk/redact/RECORD/result: what is left of a text, and what comes next.
type redactResult struct {
	Title    string
	Of       link
	Back     link
	Says     string
	Left     string // the redacted text, or its beginning
	More     string // that it goes on
	Make     *form  // nil while nothing is marked
	Running  string
	Leaks    []string // where withheld words were found
	Notes    []string
	Made     string // that nothing was found
	File     link   // the file
	Take     *form  // nil before a file was made
	Finished []link // what entered
}

// redactJob is a redacted file that is made, or taken in, by itself: pages of a PDF take their time.
type redactJob struct {
	key string // of what it is made: text, marks, format

	mu    sync.Mutex
	busy  string // making, taking; "" where it is done
	made  *redaction.Made
	taken *redaction.Taken
	err   error
}

// redactJobs are the newest jobs, by user and text.
type redactJobs struct {
	mu   sync.Mutex
	kept map[string]*redactJob
}

// mostRedactJobs is how many are kept in memory: one may hold some megabytes.
const mostRedactJobs = 8

func (j *redactJobs) of(name string) *redactJob {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.kept[name]
}

// begin keeps a job; where there are too many, those that are done go.
func (j *redactJobs) begin(name string, x *redactJob) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.kept == nil {
		j.kept = map[string]*redactJob{}
	}
	if len(j.kept) >= mostRedactJobs {
		for n, old := range j.kept {
			if busy, _, _, _ := old.now(); busy == "" {
				delete(j.kept, n)
			}
		}
	}
	j.kept[name] = x
}

func (j *redactJob) now() (busy string, made *redaction.Made, taken *redaction.Taken, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.busy, j.made, j.taken, j.err
}

// redacts does a part of a job by itself.
func (s *site) redacts(j *redactJob, busy string, do func(ctx context.Context) error) {
	j.mu.Lock()
	j.busy, j.err = busy, nil
	j.mu.Unlock()
	s.inTurn(do, func(err error) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.busy, j.err = "", err
	})
}

// key names what a file is made of.
func (x *redacting) key(format string) string {
	h := sha256.New()
	fmt.Fprintln(h, x.record.ID, x.reading, format)
	for _, m := range x.marks {
		fmt.Fprintln(h, m.Start, m.End, m.Ground, m.Here)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (q *request) jobName(x *redacting) string { return q.user.ID + " " + string(x.record.ID) }

// formats are those in which the text can be made.
func (x *redacting) formats() []string {
	if x.doc.Reading.Format == "pdf" {
		return []string{"pdf", "docx", "txt"}
	}
	return []string{"docx", "pdf", "txt"}
}

func redactShown(q *request) (*page, error) { return q.redactResult("", "", http.StatusOK) }

// redactLeft is how much of the redacted text a page shows.
const redactLeft = 60_000

func (q *request) redactResult(field, wrong string, status int) (*page, error) {
	x, err := q.redacted()
	if err != nil {
		return nil, err
	}
	d := redactResult{Title: q.T("redact.result") + ": " + x.record.Title(q.Lang), Of: q.linkTo(x.record), Back: link{Text: q.T("redact.back"), Href: x.path()}, Says: q.T("redact.marked", "n", len(x.marks))}
	if len(x.marks) > 0 {
		spans, err := redaction.Resolve(x.doc.Reading, x.passages())
		if err != nil {
			return nil, err
		}
		d.Left = redaction.Make(x.doc.Reading, spans).Text
		if len(d.Left) > redactLeft {
			d.Left, d.More = strings.ToValidUTF8(d.Left[:redactLeft], ""), q.T("redact.more")
		}
		d.Make = q.newForm(x.path()+"/result", q.T("redact.make"))
		d.Make.Hidden = []pair{{"step", "make"}, {"reading", x.reading}}
		f := formField{Name: "format", Label: q.T("redact.format"), Type: "select"}
		for _, k := range x.formats() {
			f.Options = append(f.Options, formOption{Value: k, Label: q.T("download.format." + k)})
		}
		d.Make.add(f)
	}
	if j := q.site.redactJobs.of(q.jobName(x)); j != nil && len(x.marks) > 0 {
		q.redactState(&d, x, j)
	}
	if wrong != "" && d.Take != nil {
		d.Take.fail(field, wrong)
	}
	return &page{Template: "redact-result", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(d.Of, d.Back)}, nil
}

// redactState fills in how far the job has come.
func (q *request) redactState(d *redactResult, x *redacting, j *redactJob) {
	busy, made, taken, err := j.now()
	var leaked *redaction.Leaked
	switch {
	case busy != "":
		d.Running = q.T("redact." + busy)
		q.header.Set("Refresh", "2")
		return
	case taken != nil:
		for _, id := range taken.Documents {
			d.Finished = append(d.Finished, q.recordLink(id))
		}
		d.Finished = append(d.Finished, link{Text: q.T("releases.title"), Href: "/desk/releases"})
		return
	case errors.As(err, &leaked):
		for _, l := range leaked.Leaks {
			d.Leaks = append(d.Leaks, l.String())
		}
	case err != nil:
		d.Leaks = []string{q.failedWords("redact", err)}
	}
	if made == nil || j.key != x.key(made.Format) { // marks have changed since
		return
	}
	if err == nil {
		d.Made = q.T("redact.clean", "n", len(made.Withheld))
	}
	for _, n := range made.Notes {
		d.Notes = append(d.Notes, q.T("redact.note."+n.Code, "page", n.Page, "n", n.N, "why", n.Why))
	}
	d.File = link{Text: q.T("download.format." + made.Format), Href: x.path() + "/file"}
	d.Take = q.newForm(x.path()+"/result", q.T("redact.take"))
	d.Take.Hidden = []pair{{"step", "take"}, {"reading", x.reading}}
	d.Take.add(formField{Name: "title", Label: q.T("redact.name"), Hint: q.T("redact.name_hint"), Max: 300})
	d.Take.add(formField{Name: "authority", Label: q.T("withheld.authority"), Hint: q.T("redact.authority_hint"), Max: 200})
	d.Take.add(formField{Name: "reason", Label: q.T("withheld.reason"), Hint: q.T("redact.reason_hint"), Type: "textarea", Rows: 3, Max: 900})
	d.Take.add(formField{Name: "when", Label: q.T("redact.when"), Hint: q.T("redact.when_hint"), Value: string(q.site.today()), Short: true, Max: 60})
}

// failedWords says why a job of some name was not done, without what only the log may hold.
func (q *request) failedWords(name string, err error) string {
	switch code := registry.CodeOf(err); {
	case errors.Is(err, context.DeadlineExceeded):
		return q.T(name + ".too_slow")
	case code == "" || code == registry.Internal:
		q.site.opt.Log("%s: %v", name, err)
		return q.T(name + ".failed")
	}
	return sentence(err)
}

// redactFile is /desk/redact/RECORD/file: the file that was made, to be looked at before it is taken in.
func redactFile(q *request) (*page, error) {
	x, err := q.redacted()
	if err != nil {
		return nil, err
	}
	j := q.site.redactJobs.of(q.jobName(x))
	if j == nil {
		return nil, errNowhere
	}
	_, made, _, _ := j.now()
	if made == nil || j.key != x.key(made.Format) {
		return nil, errNowhere
	}
	w := textWriters[made.Format]
	return &page{File: &file{Kind: w.kind, Name: "redacted" + w.ending, Body: made.Bytes}}, nil
}

// redactAct makes a file, and takes it in.
func redactAct(q *request) (*page, error) {
	x, err := q.redacted()
	if err != nil {
		return nil, err
	}
	here := x.path() + "/result"
	if q.form.Get("reading") != x.reading || len(x.marks) == 0 {
		return nil, seeOther{to: here, say: q.T("redact.other_reading")}
	}
	name := q.jobName(x)
	j := q.site.redactJobs.of(name)
	if j != nil {
		if busy, _, _, _ := j.now(); busy != "" {
			return nil, seeOther{to: here}
		}
	}
	desk := q.site.opt.Redact
	switch format := q.form.Get("format"); q.form.Get("step") {
	case "make":
		if w, ok := textWriters[format]; !ok || w.write == nil || format == "md" || format == "html" {
			return nil, errNowhere
		}
		j := &redactJob{key: x.key(format)}
		order := redaction.Order{Reading: x.doc.Reading, Original: x.record.String("file"), Passages: x.passages(), Format: format, Date: string(q.site.today())}
		q.site.redacts(j, "making", func(ctx context.Context) error {
			made, err := desk.Redact(ctx, order)
			j.mu.Lock()
			defer j.mu.Unlock()
			j.made = made
			return err
		})
		q.site.redactJobs.begin(name, j)
		q.did("redact_make", string(x.record.ID), format)
		return nil, seeOther{to: here}
	case "take":
		if j == nil {
			return nil, seeOther{to: here}
		}
		_, made, taken, _ := j.now()
		if made == nil || taken != nil || j.key != x.key(made.Format) {
			return nil, seeOther{to: here, say: q.T("redact.other_reading")}
		}
		into := redaction.Into{Original: x.record.ID, Audience: x.audience, Title: strings.TrimSpace(q.form.Get("title")), Reason: strings.TrimSpace(q.form.Get("reason")), Trigger: strings.TrimSpace(q.form.Get("when")), By: q.user.By()}
		field, wrong := q.takeWrong(&into)
		if wrong != "" {
			return q.redactResult(field, wrong, http.StatusUnprocessableEntity)
		}
		q.site.redacts(j, "taking", func(ctx context.Context) error {
			taken, err := desk.TakeRedacted(ctx, made, into)
			j.mu.Lock()
			defer j.mu.Unlock()
			j.taken = taken
			return err
		})
		q.did("redact_take", string(x.record.ID), strconv.Itoa(len(made.Withheld)))
		return nil, seeOther{to: here}
	}
	return nil, errNowhere
}

// takeWrong finds the authority by what it is called, and says what is wrong with the form.
func (q *request) takeWrong(t *redaction.Into) (field, wrong string) {
	if t.Title == "" {
		return "title", q.T("redact.no_name")
	}
	id, err := edit.NewReader(q.View, q.Lang).Record(strings.TrimSpace(q.form.Get("authority")), []registry.Kind{registry.KindParty})
	if err != nil {
		return "authority", sentence(err)
	}
	t.Authority = id
	if t.Reason == "" {
		return "reason", q.T("redact.no_reason")
	}
	if _, err := disclosure.ParseTrigger(t.Trigger); err != nil {
		return "when", sentence(err)
	}
	return "", ""
}
