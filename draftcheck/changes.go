package draftcheck

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/text"
)

type provision = text.Provision

// littleInCommon is the share of the shorter text's five-word runs below which two drafts are hardly of one instrument.
const littleInCommon = 0.15

// changes compares with the earlier draft, and says where the two may have been given the wrong way round or are of two instruments.
func (c *check) changes() {
	s := &c.out.Summary
	e := c.in.Earlier
	if e == nil {
		return
	}
	mine, theirs := allRuns(c.rd), allRuns(e.Reading)
	if len(mine) > len(theirs) {
		mine, theirs = theirs, mine
	}
	if share, _ := shared(mine, theirs); share < littleInCommon {
		s.Warnings = append(s.Warnings, fmt.Sprintf("The two drafts have about %.0f %% of their words in common: they may be of two different instruments.", share*100))
	}
	if why := swapped(e, &c.in.Draft); why != "" {
		s.Warnings = append(s.Warnings, "The two drafts may have been given the wrong way round: "+why+". What is listed as added may have been deleted, and the reverse.")
	}
	r := redline.Compare(e.Reading, c.rd, e.Analysis, c.an)
	for i := range r.Changes {
		x := &r.Changes[i]
		out := Change{Kinds: []string{}, Before: clip(x.Before, 400), After: clip(x.After, 400), Force: []string{}}
		for _, k := range x.Kinds {
			out.Kinds = append(out.Kinds, string(k))
		}
		if x.B != nil {
			out.EID = x.B.EID
		} else if x.A != nil {
			out.EID = x.A.EID
		}
		for _, f := range x.Force {
			out.Force = append(out.Force, forceWords(f))
		}
		c.out.Changes = append(c.out.Changes, out)
	}
}

func forceWords(f redline.Force) string {
	from, to := f.Before, f.After
	if f.Kind == redline.Modal && f.From+f.To != "" {
		from, to = plain(f.From), plain(f.To)
	}
	switch {
	case from == "":
		return fmt.Sprintf("%s: %s is new", f.Kind, to)
	case to == "":
		return fmt.Sprintf("%s: %s is gone", f.Kind, from)
	}
	return fmt.Sprintf("%s: %s became %s", f.Kind, from, to)
}

var draftRE = regexp.MustCompile(`(?i)\b(?:draft|rev(?:ision)?|version|v|projet|borrador|proyecto|minuta)[\s_.-]{0,3}(?:no\.?\s*)?(\d{1,3})\b`)

// swapped says why the draft called earlier seems to be the later one: by the dates their files give, by the numbers they bear, or because
// only the one called later is unfinished.
func swapped(earlier, later *Draft) string {
	a, b := earlier.Reading.Date, later.Reading.Date
	if a != "" && b != "" && a > b && len(a) == len(b) {
		return fmt.Sprintf("the one given as earlier is dated %s, the other %s", a, b)
	}
	if x, y := draftNumber(earlier), draftNumber(later); x > 0 && y > 0 && x > y {
		return fmt.Sprintf("the one given as earlier calls itself draft %d, the other draft %d", x, y)
	}
	x, y := len(redline.Proposals(earlier.Reading)), len(redline.Proposals(later.Reading))
	if y >= 5 && y > 3*x {
		return fmt.Sprintf("the one given as later has %d square brackets, the earlier %d", y, x)
	}
	return ""
}

func draftNumber(d *Draft) int {
	head := d.Reading.Text[:min(len(d.Reading.Text), 400)]
	for _, s := range []string{head, strings.ReplaceAll(d.Name, "_", " ")} {
		if m := draftRE.FindStringSubmatch(s); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// changedForce are the changes that alter what somebody is bound to.
func changedForce(all []Change) []Change {
	return slices.DeleteFunc(slices.Clone(all), func(x Change) bool { return len(x.Force) == 0 })
}
