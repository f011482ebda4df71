package web

import "strconv"

// helpPage is the help for who enters: each part a few steps.
type helpPage struct {
	Door  *link // where one signs in, or goes on; nil where there is no desk
	Parts []helpPart
}

type helpPart struct {
	ID, Title, Lede string
	Steps           []string
	Remarks         []string
}

// helpParts are the parts with the number of steps and remarks of each; their words are help.PART.step1 …
var helpParts = []struct {
	id             string
	steps, remarks int
}{{"enter", 8, 6}, {"intake", 5, 3}, {"write", 0, 7}, {"correct", 5, 2}, {"publish", 4, 2}, {"withhold", 4, 2}, {"accuse", 5, 2}, {"answer", 5, 2}, {"undo", 3, 1}, {"csv", 4, 2}, {"account", 3, 3}}

// help is /help.
func help(q *request) (*page, error) {
	d := helpPage{}
	switch {
	case q.site.opt.Desk == nil:
	case q.user == nil:
		d.Door = &link{Text: q.T("help.sign_in"), Href: q.href("/sign-in")}
	default:
		d.Door = &link{Text: q.T("help.desk"), Href: q.href("/desk")}
	}
	for _, p := range helpParts {
		part := helpPart{ID: p.id, Title: q.T("help." + p.id + ".title"), Lede: q.T("help." + p.id + ".lede")}
		for i := range p.steps {
			part.Steps = append(part.Steps, q.T("help."+p.id+".step"+strconv.Itoa(i+1)))
		}
		for i := range p.remarks {
			part.Remarks = append(part.Remarks, q.T("help."+p.id+".remark"+strconv.Itoa(i+1)))
		}
		d.Parts = append(d.Parts, part)
	}
	return &page{Template: "help", Title: q.T("help.title"), Lede: q.T("help.lede"), Data: d}, nil
}
