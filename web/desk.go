package web

import (
	"context"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// What stands behind a sign-in, and how to add to it.
//
// A line of deskRoutes is an address of the desk: who may come (role; account.Nobody for everyone), what makes the page (get) and what
// takes the form that it holds (post). Both are handlers. In them q.user is who is signed in (nil for nobody), q.reg and q.View are what this
// user sees, q.form is what was typed ("" where nothing was). A get handler fills its fields from q.form, for it is also
// called to show a form again whose session had ended. A post handler ends in one of three ways:
//
//	return nil, seeOther{to: "/x", say: "It is saved."}   done: the browser goes to /x, which shows the words once
//	return page with Status 422, nil                      the form again, with its errors (form.fail)
//	return nil, err                                       an error page
//
// By then the sender is known to be this site's own form (see post.go). Every post of a user is noted in the audit with the address; a
// handler that knows better what it did says so with q.did. Components of forms are in form.html. What a page links to from the
// desk's home and the bar of the signed-in stands in deskPlaces.

// deskRoute is an address of the desk.
type deskRoute struct {
	pattern string
	get     handler
	post    handler      // nil where there is no form
	role    account.Role // who may come
	open    bool         // also where nobody can sign in: the form changes nothing
	files   bool         // the form holds files, up to 40 MB in all; 6 MB where it is open to everyone
	own     bool         // it shows accounts, and nothing of the registry: to look at it is no read of something restricted
	big     bool         // the form may be as long as a pasted page: 6 MB, else 256 KB
}

// deskRoutes are matched before routes. They exist only where there are users.
func deskRoutes() []deskRoute {
	return []deskRoute{
		{pattern: "/sign-in", get: signInPage, post: signIn},
		{pattern: providerAt, get: toProvider},
		{pattern: ProviderReturn, get: fromProvider},
		{pattern: "/sign-out", get: signOutPage, post: signOut, role: account.Reader},
		{pattern: "/method/try", get: tryClause, post: tryPost, open: true},
		{pattern: "/check", get: checkDraft, post: checkPost, open: true, files: true, big: true},
		{pattern: "/corrections/new", get: correctionNew, post: correctionSend},
		{pattern: "/corrections/receipt/{token}", get: receiptPage},
		{pattern: "/briefs/keep", get: keepAsked, post: keepPost, role: account.Editor},
		{pattern: "/desk", get: deskHome, role: account.Reader},
		{pattern: "/desk/corrections", get: correctionQueue, post: setAside, role: account.Editor},
		{pattern: "/desk/corrections/{number}", get: correctionAsked, post: answerCorrection, role: account.Editor},
		{pattern: "/desk/notices", get: notices, post: noticePost, role: account.Editor},
		{pattern: "/desk/takedowns", get: deskTakedowns, post: takedownPost, role: account.Administrator},
		{pattern: "/desk/erase", get: eraseAsked, post: eraseStep, role: account.Administrator},
		{pattern: "/desk/new", get: newRecord, post: enterPost, role: account.Contributor, big: true},
		{pattern: "/desk/enter/{record}", get: enter, post: enterPost, role: account.Contributor, big: true},
		{pattern: "/desk/edit/{record}", get: editRecord, role: account.Contributor},
		{pattern: "/desk/claims/{entry}", get: claimAsked, post: claimPost, role: account.Contributor},
		{pattern: "/desk/history/{record}", get: deskHistory, role: account.Contributor},
		{pattern: "/desk/undo/{entry}", get: undo, post: undoPost, role: account.Contributor},
		{pattern: "/desk/intake", get: intakeForm, post: intakeLook, role: account.Editor, files: true},
		{pattern: "/desk/intake/{job}", get: intakeJobPage, post: intakeTake, role: account.Editor},
		{pattern: "/desk/mend/{record}", get: mendPage, post: mendPost, role: account.Editor},
		{pattern: "/desk/redact/{record}", get: redact, post: redactPost, role: account.Editor},
		{pattern: "/desk/redact/{record}/result", get: redactShown, post: redactAct, role: account.Editor},
		{pattern: "/desk/redact/{record}/file", get: redactFile, role: account.Editor},
		{pattern: "/desk/review", get: reviewList, role: account.Editor},
		{pattern: "/desk/review/{kind}/{id}", get: reviewItem, post: reviewPost, role: account.Editor},
		{pattern: "/desk/merge", get: merge, post: mergePost, role: account.Editor},
		{pattern: "/desk/split/{record}", get: split, post: splitPost, role: account.Editor},
		{pattern: "/desk/unpublished", get: unpublished, post: publishPost, role: account.Contributor},
		{pattern: "/desk/releases", get: releases, post: releasePost, role: account.Editor},
		{pattern: "/desk/releases/{number}", get: releasePreview, role: account.Editor},
		{pattern: "/desk/releases/{number}/outlet", get: releaseOutlet, role: account.Editor},
		{pattern: "/desk/csv", get: claimTable, post: tablePost, role: account.Contributor, big: true},
		{pattern: "/desk/account", get: myAccount, post: changeMyAccount, role: account.Reader},
		{pattern: factorsAt, get: factors, post: changeFactors, role: account.Reader},
		{pattern: factorsAt + "/{id}", get: removeFactorPage, post: removeFactor, role: account.Reader},
		{pattern: authenticatorAt, get: authenticator, post: confirmAuthenticator, role: account.Reader},
		{pattern: "/desk/deposits", get: deposits, post: changeDeposits, role: account.Reader, files: true},
		{pattern: "/desk/tokens", get: tokens, post: changeTokens, role: account.Reader},
		{pattern: "/desk/users", get: users, post: addUser, role: account.Administrator, own: true},
		{pattern: "/desk/users/{id}", get: user, post: changeUser, role: account.Administrator, own: true},
		{pattern: "/desk/users/{id}/access", get: access, post: changeAccess, role: account.Administrator, own: true},
		{pattern: invitationsAt, get: invitations, post: changeInvitations, role: account.Administrator, own: true},
		{pattern: invitationAt + "{token}", get: invitation, post: acceptInvitation},
		{pattern: recoveryAt + "{token}", get: recovery, post: useRecovery},
		{pattern: "/desk/audit", get: audit, role: account.Administrator, own: true},
	}
}

// deskPlace is a page that the desk's home and the bar of the signed-in lead to.
type deskPlace struct {
	address string
	role    account.Role
	label   string // key of its name in the catalogue; KEY_about is the sentence at the home
}

var deskPlaces = []deskPlace{
	{"/desk/review", account.Editor, "review.title"},
	{"/desk/intake", account.Editor, "intake.title"},
	{"/desk/new", account.Contributor, "edit.new"},
	{"/desk/csv", account.Contributor, "table.title"},
	{"/desk/unpublished", account.Contributor, "unpublished.title"},
	{"/desk/releases", account.Editor, "releases.title"},
	{"/desk/corrections", account.Editor, "queue.title"},
	{"/desk/notices", account.Editor, "notice.title"},
	{"/desk/takedowns", account.Administrator, "takedown.title"},
	{"/desk/erase", account.Administrator, "erase.title"},
	{"/desk/users", account.Administrator, "users.title"},
	{"/desk/invitations", account.Administrator, "invite.title"},
	{"/desk/audit", account.Administrator, "audit.title"},
	{"/desk/deposits", account.Reader, "deposits.title"},
	{"/desk/tokens", account.Reader, "tokens.title"},
	{"/desk/account", account.Reader, "my.title"},
}

// Desk is what the pages change the registry with. *instance.Instance is one.
type Desk interface {
	// Commit appends entries and brings what is shown up to date.
	Commit(ctx context.Context, entries []registry.Entry) error
	// Keep keeps the bytes of a page that was pasted, and names them by their SHA-256; Kept gives them back.
	Keep(page []byte) (hash string, err error)
	Kept(hash string) ([]byte, error)
}

// hasDesk says whether there is anyone who could sign in. Where there is not, the site is for reading only.
func (s *site) hasDesk(ctx context.Context) bool {
	if s.opt.Accounts == nil || s.someUser.Load() {
		return s.opt.Accounts != nil
	}
	any, err := s.opt.Accounts.Any(ctx)
	if err != nil {
		s.opt.Log("accounts: %v", err)
	}
	if any {
		s.someUser.Store(true) // users are disabled, not removed
	}
	return any
}

// did notes in the audit what a handler did, about what, in the place of the line that is noted otherwise.
func (q *request) did(act, about, note string) {
	q.noted = true
	q.note(account.Event{Act: act, About: about, Outcome: account.Done, Note: note})
}

func (q *request) note(e account.Event) {
	e.By, e.Tier = q.user.By(), beyondPublic(q.readers)
	if err := q.site.opt.Accounts.Note(context.WithoutCancel(q.http.Context()), e); err != nil {
		q.site.opt.Log("audit: %v", err)
	}
}

// deskHomePage is where the signed-in begin.
type deskHomePage struct {
	Name   string
	Places []deskEntry
	Held   bool // what they see until they have a second factor is what the public sees
	Told   toldList
}

type deskEntry struct {
	link
	About string
}

func deskHome(q *request) (*page, error) {
	told, err := q.told()
	if err != nil {
		return nil, err
	}
	p := deskHomePage{Name: q.user.Name, Held: q.user.Held, Told: told}
	for _, d := range q.myPlaces() {
		p.Places = append(p.Places, deskEntry{link{Text: q.T(d.label), Href: d.address}, q.T(d.label + "_about")})
	}
	return &page{Template: "desk", Title: q.T("desk.title"), Data: p, Plain: true}, nil
}

// myPlaces are the desk's pages that the user may open.
func (q *request) myPlaces() []deskPlace {
	var out []deskPlace
	for _, d := range deskPlaces {
		if q.user.Can(d.role) && q.site.has(d.address) {
			out = append(out, d)
		}
	}
	return out
}

// me is the bar of the signed-in, on every page.
type me struct {
	CSRF, Name, Role string
	Home             navItem
	Places           []navItem
}

func (q *request) me() *me {
	if q.user == nil {
		return nil
	}
	m := &me{CSRF: q.csrf(), Name: q.user.Name, Role: q.T("role." + string(q.user.Role)), Home: navItem{link{Text: q.T("desk.title"), Href: "/desk"}, q.Path == "/desk"}}
	if q.about != nil && q.user.Can(account.Contributor) {
		m.Places = append(m.Places, navItem{link{Text: q.T("edit.this"), Href: "/desk/edit/" + string(q.about.ID)}, false})
	}
	if q.user.Held {
		m.Places = append(m.Places, navItem{link{Text: q.T("factor.held_bar"), Href: factorsAt}, q.Path == factorsAt})
	}
	for _, d := range q.myPlaces() {
		l := link{Text: q.T(d.label), Href: d.address}
		if d.address == "/desk/account" && q.user.Unread > 0 {
			l.Text = q.T("told.bar", "n", q.user.Unread)
		}
		m.Places = append(m.Places, navItem{l, q.Path == d.address})
	}
	return m
}
