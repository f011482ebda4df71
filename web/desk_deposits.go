package web

import (
	"context"
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
)

// Depositor lodges files under seal, and publishes the hashes of files, in the registry's ledger. A slip is what its depositor keeps.
type Depositor interface {
	Deposit(ctx context.Context, file []byte) (slip []byte, err error)
	Receipt(ctx context.Context, slip []byte) ([]byte, error) // registry.NotFound before the day after; registry.Invalid for what is no slip
	Publish(ctx context.Context, file []byte) error
}

// depositsPage is /desk/deposits.
type depositsPage struct {
	Slip     string // of a deposit that was just made: shown this once
	Take     *form  // downloads the slip
	Kept     link   // the document as which the file was kept, where it was
	NotKept  string
	Deposit  *form
	Receipt  *form
	Publish  *form // nil for who may not
	Policy   string
	Commands []string
}

// depositsAMinute bounds what one account lodges: a day has 65,536 places, of which half are given.
const depositsAMinute = 10

func deposits(q *request) (*page, error) {
	if q.site.opt.Deposits == nil {
		return nil, errNowhere
	}
	return q.depositsPage(depositsPage{}, 0)
}

func (q *request) depositForm() *form {
	f := q.newForm("/desk/deposits", q.T("deposits.lodge"))
	f.sent, f.Hidden = nil, []pair{{"do", "deposit"}}
	f.add(formField{Name: "file", Label: q.T("deposits.file"), Hint: q.T("deposits.file_hint", "n", filesForm>>20), Type: "file"})
	if as := q.keepsAt(); len(as) > 0 && q.site.opt.Intake != nil {
		x := formField{Name: "keep", Label: q.T("deposits.keep"), Hint: q.T("deposits.keep_hint"), Type: "select", Options: []formOption{{Value: "", Label: q.T("deposits.keep_no")}}}
		for _, a := range as {
			x.Options = append(x.Options, formOption{Value: string(a), Label: q.T("deposits.keep_at", "audience", string(a))})
		}
		f.add(x)
	}
	return f
}

// keepsAt are the audiences for which the user may keep a file.
func (q *request) keepsAt() registry.Audiences { return beyondPublic(q.user.Readers()) }

func (q *request) slipForm() *form {
	f := q.newForm("/desk/deposits", q.T("deposits.get"))
	f.sent, f.Hidden = nil, []pair{{"do", "receipt"}}
	f.add(formField{Name: "slip", Label: q.T("deposits.slip"), Hint: q.T("deposits.slip_hint"), Type: "file"})
	return f
}

func (q *request) publishForm() *form {
	if !q.user.Can(account.Editor) {
		return nil
	}
	f := q.newForm("/desk/deposits", q.T("deposits.publish_do"))
	f.sent, f.Hidden = nil, []pair{{"do", "publish"}}
	f.add(formField{Name: "public", Label: q.T("deposits.public"), Hint: q.T("deposits.public_hint"), Type: "file"})
	return f
}

// depositsPage fills in what the page has of the given.
func (q *request) depositsPage(d depositsPage, status int) (*page, error) {
	if d.Deposit == nil {
		d.Deposit = q.depositForm()
	}
	if d.Receipt == nil {
		d.Receipt = q.slipForm()
	}
	if d.Publish == nil {
		d.Publish = q.publishForm()
	}
	if l := q.site.opt.Ledger; l != nil {
		s, err := l.State(q.http.Context())
		if err != nil {
			return nil, err
		}
		d.Policy = s.Policy
	}
	d.Commands = []string{"assay verify --policy policy --receipt deposit.tlog-proof FILE"}
	if d.Slip != "" {
		d.Take = q.newForm("/desk/deposits", q.T("deposits.take"))
		d.Take.sent, d.Take.Hidden = nil, []pair{{"do", "slip"}, {"text", d.Slip}}
	}
	return &page{Template: "deposits", Title: q.T("deposits.title"), Data: d, Status: status, Plain: true, Trail: q.deskTrail()}, nil
}

func changeDeposits(q *request) (*page, error) {
	if q.site.opt.Deposits == nil {
		return nil, errNowhere
	}
	switch q.form.Get("do") {
	case "deposit":
		return q.lodge()
	case "slip": // what was shown is given back as a file; nothing is kept here
		text := q.form.Get("text")
		if len(text) > 4096 || !strings.HasPrefix(text, "{") {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("deposits.no_slip"))
		}
		q.noted = true
		return &page{File: &file{Kind: "application/json", Name: "deposit-slip.json", Body: []byte(strings.TrimSpace(text) + "\n")}}, nil
	case "receipt":
		f := q.slipForm()
		b, err := q.site.opt.Deposits.Receipt(q.http.Context(), q.uploads["slip"].bytes)
		switch code := registry.CodeOf(err); code {
		case "":
			q.noted = true
			return &page{File: &file{Kind: "text/plain; charset=utf-8", Name: "deposit.tlog-proof", Body: b}}, nil
		case registry.NotFound, registry.Invalid:
			f.fail("slip", sentence(err))
			return q.depositsPage(depositsPage{Receipt: f}, http.StatusUnprocessableEntity)
		default:
			return nil, err
		}
	case "publish":
		f := q.publishForm()
		if f == nil {
			return nil, errNowhere
		}
		up := q.uploads["public"]
		if len(up.bytes) == 0 {
			f.fail("public", q.T("deposits.nothing"))
			return q.depositsPage(depositsPage{Publish: f}, http.StatusUnprocessableEntity)
		}
		if err := q.site.opt.Deposits.Publish(q.http.Context(), up.bytes); err != nil {
			return nil, err
		}
		q.did("ledger publish", "", "")
		return nil, seeOther{to: "/desk/deposits", say: q.T("deposits.published")}
	}
	return deposits(q)
}

// lodge takes a deposit, and keeps the file where that was asked for. The audit is told that something was lodged, and nothing of what.
func (q *request) lodge() (*page, error) {
	f, up := q.depositForm(), q.uploads["file"]
	keep := registry.Audience(q.form.Get("keep"))
	switch {
	case len(up.bytes) == 0:
		f.fail("file", q.T("deposits.nothing"))
	case keep != "" && !slices.Contains(q.keepsAt(), keep):
		f.fail("keep", q.T("deposits.not_yours"))
	case q.site.asks.admit("deposit "+q.user.ID, depositsAMinute, q.site.opt.Now()) > 0:
		f.fail("file", q.T("deposits.often"))
	}
	if len(f.Errors) > 0 {
		return q.depositsPage(depositsPage{Deposit: f}, http.StatusUnprocessableEntity)
	}
	slip, err := q.site.opt.Deposits.Deposit(q.http.Context(), up.bytes)
	if err != nil {
		return nil, err
	}
	q.did("deposit", "", "")
	d := depositsPage{Slip: strings.TrimSpace(string(slip))}
	if keep != "" && q.site.opt.Intake != nil {
		if d.Kept, err = q.keepFile(keep, up); err != nil {
			d.NotKept = sentence(err)
			if code := registry.CodeOf(err); code == registry.Internal || code == registry.Unreadable {
				q.site.opt.Log("deposit: %v", err)
				d.NotKept = q.T("error.internal")
			}
		}
	}
	return q.depositsPage(d, 0)
}

// keepFile enters a file as a document of an audience.
func (q *request) keepFile(a registry.Audience, up upload) (link, error) {
	ctx, stop := context.WithTimeout(q.http.Context(), 90*time.Second)
	defer stop()
	name := path.Base(strings.ReplaceAll(up.name, "\\", "/"))
	f := intake.File{Name: name, Bytes: up.bytes}
	looked, err := q.site.opt.Intake.Look(ctx, a, f)
	if errors.Is(err, context.DeadlineExceeded) {
		return link{}, registry.Errorf(registry.Conflict, "%s", q.T("intake.too_slow"))
	} else if err != nil {
		return link{}, err
	}
	choices := map[registry.RecordID]intake.Choice{}
	for _, p := range looked.Parts {
		for _, t := range p.Texts {
			title := t.Title
			if title == "" {
				title = name
			}
			choices[t.Document] = intake.Choice{Title: cut(title, 300), Type: t.Type, Version: t.Version}
		}
	}
	if len(choices) == 0 {
		return link{}, registry.Errorf(registry.Invalid, "%s", q.T("deposits.unread"))
	}
	taken, err := q.site.opt.Intake.Take(ctx, a, f, q.user.By(), choices)
	if err != nil {
		return link{}, err
	}
	ids := append(slices.Clone(taken.Documents), taken.Known...)
	if len(ids) == 0 {
		return link{}, registry.Errorf(registry.Invalid, "%s", q.T("deposits.unread"))
	}
	l := link{Text: choices[ids[0]].Title}
	if r := q.now().Record(ids[0]); r != nil {
		l = q.linkTo(r)
	}
	return l, nil
}
