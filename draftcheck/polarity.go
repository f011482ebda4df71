package draftcheck

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// Which way a norm goes: whether it provides for a topic, or waives, freezes or takes away what the topic protects.

const reach = 160 // bytes from words that waive to what they waive

// turns back: what follows such words is not waived.
var butWords = regexp.MustCompile(`(?i)\b(but|however|except|unless|provided that|mais|sauf|toutefois|pero|salvo|sin embargo|mas|contudo|porém)\b`)

// turn takes from the topics those that name a duty which words before them, in the same norm, waive.
func turn(rd *text.Reading, norms []assay.Norm, treats []practice.Found, waived []assay.Span) (left, turned []practice.Found) {
	if len(waived) == 0 {
		return treats, nil
	}
	for _, f := range treats {
		w := slices.IndexFunc(waived, func(w assay.Span) bool {
			from := min(w.End, f.Start)
			return w.Start <= f.Start && f.Start-w.Start <= reach && normAt(norms, w.Start) == normAt(norms, f.Start) && !butWords.MatchString(rd.Text[from:f.Start])
		})
		if f.Topic.Turns && w >= 0 {
			turned = append(turned, f)
			continue
		}
		left = append(left, f)
	}
	return left, turned
}

// settle says which counts where one norm shows a topic and what speaks against it.
func settle(norms []assay.Norm, treats, against []practice.Found) (t, a []practice.Found) {
	clash := func(f practice.Found, others []practice.Found) bool {
		n := normAt(norms, f.Start)
		return n >= 0 && slices.ContainsFunc(others, func(o practice.Found) bool { return o.Topic == f.Topic && normAt(norms, o.Start) == n })
	}
	for _, f := range treats {
		if f.Topic.Against != "" || !clash(f, against) {
			t = append(t, f)
		}
	}
	for _, f := range against {
		limited := f.Topic.Against == practice.Yields && slices.ContainsFunc(treats, func(o practice.Found) bool { return o.Topic == f.Topic })
		if !limited { // a limit in the same provision
			a = append(a, f)
		}
	}
	return t, a
}

// normAt is the index of the norm at an offset; -1 where there is none.
func normAt(norms []assay.Norm, at int) int {
	k := sort.Search(len(norms), func(k int) bool { return norms[k].End > at })
	if k < len(norms) && norms[k].Start <= at {
		return k
	}
	return -1
}

// acknowledges are words by which a text only says what its sides think or know.
var acknowledges = regexp.MustCompile(`(?i)\b(recogni[sz]\w*|acknowledg\w*|recall\w*|not(e|es|ing) (that|the|with)|reaffirm\w*|affirm\w*|underlin\w*|underscor\w*|stress\w*|emphasi[sz]\w*|welcom\w*|salut\w*|commend\w*|` +
	`(attach|agree on the) \w* ?importance|importance of|share the view|believ\w*|consider\w*|reconna\w*|rappel\w*|soulign\w*|prenn\w* note|attache\w*|réaffirm\w*|` +
	`reconoc\w*|recuerd\w*|subray\w*|toman nota|reafirm\w*|reiter\w*|saludan|reconhec\w*|recorda\w*|sublinh\w*|tomam nota|saúdam|expect\w*|desir\w*|desean|desej\w*|souhait\w*)`)

// orders are words that oblige, where a statement has no bearer who could be held to it.
var orders = regexp.MustCompile(`(?i)\b(shall|must|may not|deberán?|deverão?|doi(t|vent)|est tenue?|sont tenue?s)\b`)

// performs are verbs that do by being said what they say.
var performs = regexp.MustCompile(`(?i)\b(waives?|exempts?|renounces?|pledges?|grants?|assigns?|surrenders?)\b`)

// asWorded is the force of a norm for a topic: what a text lays down as a fact counts, and so does a right to what the topic is about, such as
// leaving.
func asWorded(rd *text.Reading, lang string, n *assay.Norm, t *practice.Topic) int {
	force := forceOf(n)
	switch {
	case force == forceNone:
		return laidDown(rd, lang, n, t)
	case t.Mutual && len(n.Bearer) == 1 && oneSide(n.Bearer[0]):
		return force
	case t.Stands && force == forceOption && n.Best() != assay.Intention && !slices.ContainsFunc(n.Qualifiers, func(q string) bool { return slices.Contains(bending, q) }):
		return forceFirm
	}
	return force
}

// oneSide says whether a bearer is a side by its name, not each of them, a body or enterprises.
func oneSide(bearer string) bool { return strings.ToUpper(bearer) == bearer }

// laidDown is the force of what a text lays down as a fact and nobody has to do: how long it lasts, who decides, which law comes first; and of
// rules whose bearer is not named. What the sides only recognise has none.
func laidDown(rd *text.Reading, lang string, n *assay.Norm, t *practice.Topic) int {
	if n.Best() != assay.Declaration && n.Best() != assay.None || n.Part == "preamble" || n.Part == "definition" {
		return forceNone
	}
	words := rd.Text[n.Start:n.End]
	switch {
	case acknowledges.MatchString(words):
		return forceNone
	case t.Stands, performs.MatchString(words):
		return forceFirm
	case orders.MatchString(words), lang == "fr" || lang == "es" || lang == "pt": // their laws are in the present: "les carrières sont fermées"
		return forceDuty
	}
	return forceNone
}
