package main

import (
	"sort"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
)

// balance prints what each side gives and gets, category by category.
func (c *call) balance(b *assay.Balance) {
	if b == nil {
		return
	}
	c.printf("what each side gives and gets, in a text that is %s: %s\n", words(b.Legal), count(len(b.Items), "item", "items"))
	switch b.Why {
	case "no_sides":
		c.printf("  The sides of the text are not known, so nobody's account is drawn up.\n")
	case "one_side":
		c.printf("  Only one side of the text is known: %s.\n", list(b.Sides))
	case "unsupported":
		c.printf("  The strength of wording is not read in this language.\n")
	}
	for _, category := range assay.BalanceCategories {
		for _, x := range b.Items {
			if x.Category == category {
				c.printf("  %-22s %s\n", words(category), balanceItem(&x))
			}
		}
	}
	if len(b.Others) > 0 {
		who := make([]string, 0, len(b.Others))
		for k := range b.Others {
			who = append(who, k)
		}
		sort.Strings(who)
		for i, k := range who {
			who[i] = words(k) + " " + strconv.Itoa(b.Others[k])
		}
		c.printf("  of no category: %s\n", strings.Join(who, ", "))
	}
}

// balanceItem is one item on a line: "art_1: KHM → USA · binding · due P5Y · enforced by nobody".
func balanceItem(x *assay.BalanceItem) string {
	gives, gets := "somebody", "not said"
	if len(x.Gives) > 0 {
		gives = words(strings.Join(x.Gives, ", "))
	}
	if len(x.Gets) > 0 {
		gets = words(strings.Join(x.Gets, ", "))
	}
	s := x.EID + ": " + gives + " → " + gets
	switch x.Direction {
	case assay.Mutual:
		s = x.EID + ": " + gives + ", each to the other"
	case assay.Joint:
		s = x.EID + ": " + gives + " together"
		if len(x.Gets) > 0 {
			s += " → " + gets
		}
	}
	if x.GetsBy == "only_other_side" {
		s += " (the only other side)"
	}
	s += " · " + words(x.Strength) + " (" + string(x.Modality) + ")"
	if x.Refrains {
		s += " · by leaving it undone"
	}
	if x.Deadline != nil {
		s += " · due " + strings.TrimSpace(x.Deadline.Date+x.Deadline.Period+" "+fromWhat(x.Deadline))
	}
	if x.Quantity != nil {
		s += " · " + figure(x.Quantity)
	}
	return s + " · enforced by " + words(strings.Join(x.Enforcers, ", "))
}

func fromWhat(d *assay.Deadline) string {
	switch {
	case d.From == "":
		return ""
	case d.Before:
		return "before " + words(d.From)
	}
	return "from " + words(d.From)
}
