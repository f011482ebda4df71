package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
)

// How an editor brings in a file: uploaded, or got from an address.
//
//	/desk/intake        the file, and where it was published
//	/desk/intake/JOB    while it is read; then what was understood, and what the editor decides; then what entered
//
// Reading may take minutes (scans), so that it goes on by itself while the page waits. What was read is kept in memory for the editor who
// brought it, for an hour.

// Intake takes in files. *instance.Instance is one.
type Intake interface {
	Look(ctx context.Context, a registry.Audience, f intake.File) (*intake.Looked, error)
	Take(ctx context.Context, a registry.Audience, f intake.File, by string, choices map[registry.RecordID]intake.Choice) (*intake.Taken, error)
	Mend(ctx context.Context, a registry.Audience, m intake.Mend, by string) error
	Clean(ctx context.Context, a registry.Audience, document registry.RecordID, by string) (registry.RecordID, error)
}

// Fetch gets a file from an address of the public web, once. It must refuse addresses of private networks.
type Fetch func(ctx context.Context, address string) (intake.File, error)

// The states of a job.
const (
	jobLooking = "looking"
	jobLooked  = "looked"
	jobTaking  = "taking"
	jobTaken   = "taken"
	jobFailed  = "failed"
)

const (
	mostJobs   = 12 // in all; the oldest goes
	jobAge     = time.Hour
	jobTime    = 15 * time.Minute
	jobsAtOnce = 2
)

// intakeJob is a file that somebody brings in.
type intakeJob struct {
	id, user string
	begun    time.Time
	audience registry.Audience
	lang     string

	mu     sync.Mutex
	state  string
	file   intake.File
	looked *intake.Looked
	taken  *intake.Taken
	err    error
}

func (j *intakeJob) now() (state string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state, j.err
}

// name is what the file is called; where it is got from an address, that.
func (j *intakeJob) name() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return cmp.Or(j.file.Name, j.file.Source.URL)
}

// intakes are the jobs of a site.
type intakes struct {
	mu   *sync.Mutex
	jobs map[string]*intakeJob
	work chan struct{}
}

func newIntakes() intakes {
	return intakes{&sync.Mutex{}, map[string]*intakeJob{}, make(chan struct{}, jobsAtOnce)}
}

// add keeps a job; the oldest, and those past their time, go.
func (x *intakes) add(j *intakeJob) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for id, old := range x.jobs {
		if j.begun.Sub(old.begun) > jobAge {
			delete(x.jobs, id)
		}
	}
	for len(x.jobs) >= mostJobs {
		oldest := slices.MinFunc(slices.Collect(maps.Values(x.jobs)), func(a, b *intakeJob) int { return a.begun.Compare(b.begun) })
		delete(x.jobs, oldest.id)
	}
	x.jobs[j.id] = j
}

// of is a user's own job; nil where there is none.
func (x *intakes) of(id, user string) *intakeJob {
	x.mu.Lock()
	defer x.mu.Unlock()
	if j := x.jobs[id]; j != nil && j.user == user {
		return j
	}
	return nil
}

// taken are the documents that a person brought in lately.
func (x *intakes) taken(user string) (out []registry.RecordID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	js := slices.SortedFunc(maps.Values(x.jobs), func(a, b *intakeJob) int { return b.begun.Compare(a.begun) })
	for _, j := range js {
		if j.mu.Lock(); j.user == user && j.taken != nil {
			out = append(out, j.taken.Documents...)
		}
		j.mu.Unlock()
	}
	return out
}

// run does a part of a job by itself.
func (s *site) run(j *intakeJob, state string, do func(ctx context.Context) error, done string) {
	j.mu.Lock()
	j.state, j.err = state, nil
	j.mu.Unlock()
	s.inTurn(do, func(err error) {
		j.mu.Lock()
		defer j.mu.Unlock()
		if j.state, j.err = done, err; err != nil {
			j.state = jobFailed
		}
	})
}

// inTurn does by itself what takes a while, when it is its turn among the files that are read and made, and tells the end what came of it.
func (s *site) inTurn(do func(ctx context.Context) error, end func(error)) {
	go func() {
		s.intakes.work <- struct{}{}
		defer func() { <-s.intakes.work }()
		ctx, cancel := context.WithTimeout(context.Background(), jobTime)
		defer cancel()
		end(do(ctx))
	}()
}

// intakePage is the first form.
type intakePage struct {
	Form   *form
	Source []*formField
	Fetch  bool
	Most   string
}

func intakeForm(q *request) (*page, error) {
	if q.site.opt.Intake == nil {
		return nil, errNowhere
	}
	return q.intakeFirst(nil, http.StatusOK), nil
}

// intakeFirst draws the first form with what is wrong.
func (q *request) intakeFirst(wrong map[string]string, status int) *page {
	f := q.newForm("/desk/intake", q.T("intake.read"))
	d := &intakePage{Form: f, Fetch: q.site.opt.Fetch != nil, Most: q.T("intake.most", "n", filesForm>>20)}
	f.add(formField{Name: "file", Label: q.T("intake.file"), Hint: q.T("intake.file_hint"), Type: "file"})
	d.Source = []*formField{
		f.add(formField{Name: "url", Label: q.T("intake.url"), Hint: q.T("intake.url_hint"), Type: "url", Max: 2000, Optional: true}),
		f.add(formField{Name: "publisher", Label: q.T("edit.source_publisher"), Hint: q.T("intake.publisher_hint"), Max: 500, Optional: true}),
		f.add(formField{Name: "date", Label: q.T("edit.source_date"), Hint: q.T("edit.source_date_hint"), Max: 200, Short: true, Optional: true}),
		f.add(formField{Name: "grade", Label: q.T("edit.source_grade"), Type: "select", Options: q.codeOptions("grade", q.T("intake.grade_file")), Optional: true}),
	}
	f.add(formField{Name: "into", Label: q.T("edit.into"), Hint: q.T("intake.into_hint"), Type: "select", Options: q.intoOptions()})
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		f.fail(name, wrong[name])
	}
	return &page{Template: "intake", Title: q.T("intake.title"), Data: d, Plain: true, Status: status, Trail: q.deskTrail()}
}

// intakeLook takes the first form and begins to read.
func intakeLook(q *request) (*page, error) {
	if q.site.opt.Intake == nil {
		return nil, errNowhere
	}
	wrong := map[string]string{}
	address, up := strings.TrimSpace(q.form.Get("url")), q.uploads["file"]
	file := intake.File{Name: path.Base(strings.ReplaceAll(up.name, "\\", "/")), Bytes: up.bytes, Source: intake.Source{URL: address, Publisher: strings.TrimSpace(q.form.Get("publisher")), Grade: q.form.Get("grade")}}
	if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		wrong["url"] = q.T("intake.no_url")
	}
	switch {
	case len(up.bytes) == 0 && address == "":
		wrong["file"] = q.T("intake.nothing")
	case len(up.bytes) == 0 && q.site.opt.Fetch == nil:
		wrong["file"] = q.T("intake.no_fetch")
	}
	if typed := strings.TrimSpace(q.form.Get("date")); typed != "" {
		day, _, err := edit.Date(typed)
		if err != nil {
			wrong["date"] = sentence(err)
		}
		file.Source.Date = day.EDTF
	}
	if len(wrong) > 0 {
		return q.intakeFirst(wrong, http.StatusUnprocessableEntity), nil
	}
	id := make([]byte, 12)
	rand.Read(id)
	j := &intakeJob{id: hex.EncodeToString(id), user: q.user.ID, begun: q.site.opt.Now(), audience: q.into(), file: file, lang: q.Lang}
	q.site.intakes.add(j)
	q.site.run(j, jobLooking, func(ctx context.Context) error { return q.site.look(ctx, j) }, jobLooked)
	q.did("intake", "", "read "+cut(cmp.Or(file.Name, address), 200))
	return nil, seeOther{to: "/desk/intake/" + j.id}
}

// look gets the file where it is elsewhere, and reads it.
func (s *site) look(ctx context.Context, j *intakeJob) error {
	f := j.file
	if len(f.Bytes) == 0 {
		got, err := s.opt.Fetch(ctx, f.Source.URL)
		if err != nil {
			return err
		}
		source := f.Source
		f = got
		f.Source.Publisher, f.Source.Grade = cmp.Or(source.Publisher, got.Source.Publisher), cmp.Or(source.Grade, got.Source.Grade)
		f.Source.Date, f.Source.URL = cmp.Or(source.Date, got.Source.Date), cmp.Or(got.Source.URL, source.URL)
	}
	looked, err := s.opt.Intake.Look(ctx, j.audience, f)
	if err != nil {
		return err
	}
	j.mu.Lock()
	j.file, j.looked = f, looked
	j.mu.Unlock()
	return nil
}

// intakeJobPage shows how far a job has come.
func intakeJobPage(q *request) (*page, error) {
	j := q.site.intakes.of(q.params["job"], q.user.ID)
	if j == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("intake.gone")).WithHint("%s", q.T("intake.gone_hint"))
	}
	switch state, err := j.now(); state {
	case jobLooking, jobTaking:
		q.header.Set("Refresh", "2")
		return &page{Template: "intake-wait", Title: q.T("intake." + state), Data: intakeWait{q.T("intake." + state), cut(j.name(), 120)}, Plain: true, Trail: q.intakeTrail()}, nil
	case jobTaken:
		return q.intakeDone(j), nil
	case jobFailed:
		return q.intakeFailed(j, err)
	}
	return q.intakeLooked(j, nil, http.StatusOK), nil
}

func (q *request) intakeTrail() []link {
	return q.deskTrail(link{Text: q.T("intake.title"), Href: "/desk/intake"})
}

// intakeWait is shown while something goes on.
type intakeWait struct{ Says, Name string }

// intakeFailed says why nothing was read, above the first form with what was typed.
func (q *request) intakeFailed(j *intakeJob, err error) (*page, error) {
	says := q.failedWords("intake", err)
	if j.looked != nil { // it was read; entering failed
		return q.intakeLooked(j, map[string]string{"": says}, http.StatusOK), nil
	}
	q.form = url.Values{"url": {j.file.Source.URL}, "publisher": {j.file.Source.Publisher}, "date": {j.file.Source.Date}, "grade": {j.file.Source.Grade}, "into": {string(j.audience)}}
	name := "file"
	if len(j.file.Bytes) == 0 {
		name = "url"
	}
	return q.intakeFirst(map[string]string{name: says}, http.StatusOK), nil
}
