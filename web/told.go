package web

import (
	"html/template"

	"github.com/openassay/assay/account"
)

// toldList is what an account is told, with the button that says it was read.
type toldList struct {
	Told []template.HTML
	Read *form
}

func (q *request) told() (toldList, error) {
	if q.user.Unread == 0 {
		return toldList{}, nil
	}
	list, err := q.site.opt.Accounts.Told(q.http.Context(), q.user)
	if err != nil {
		return toldList{}, err
	}
	d := toldList{Read: q.does("/desk/account", "read", "told.read")}
	for _, x := range list {
		by := person(x.By)
		if by == "" {
			by = q.T("told.by_nobody")
		} else if by == account.Operator {
			by = q.T("audit.operator")
		}
		d.Told = append(d.Told, q.H("told."+x.What, "at", q.moment(x.At), "by", by))
	}
	return d, nil
}
