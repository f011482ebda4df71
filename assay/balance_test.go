package assay_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// two is a text between Norland and Sudria of one provision.
func two(form, sentence string) *text.Reading {
	r := one("en", forms[form], sentence)
	r.Meta = append(r.Meta, text.Meta{Name: "parties", Value: "NOR, SUD"})
	return r
}

// TestBalance: "category gives>gets by direction strength", one item on a line.
func TestBalance(t *testing.T) {
	t.Parallel()
	rules, lex := mustRules(t), testLexicon()
	for _, c := range []struct{ form, sentence, want string }{
		{"en treaty", "Sudria shall grant mining licences to companies of Norland.", "access SUD>NOR named one_sided binding"},
		{"en treaty", "Sudria shall not impose export duties on cobalt.", "access SUD>NOR only_other_side one_sided binding refrains"},
		{"en treaty", "Norland shall purchase 5000 tonnes of cobalt from Sudria.", "offtake NOR>SUD named one_sided binding"},
		{"en treaty", "Norland shall have a right of first offer on the cobalt of the mine.", "offtake SUD>NOR holder one_sided binding"},
		{"en treaty", "Norland shall be entitled to receive cobalt concentrate delivered by Sudria.", "offtake SUD>NOR holder one_sided binding"},
		{"en treaty", "Sudria shall not enter into agreements with third countries on cobalt.", "exclusivity SUD>NOR only_other_side one_sided binding refrains"},
		{"en treaty", "If Sudria enters into a new agreement on trade that Norland considers harmful, Norland may terminate this Agreement.", "exclusivity SUD>NOR holder one_sided option"},
		{"en treaty", "Sudria shall exempt the contractor's equipment from taxes.", "tax_relief SUD>NOR only_other_side one_sided binding"},
		{"en treaty", "Norland shall build a refinery in Sudria.", "processing NOR>SUD named one_sided binding"},
		{"en treaty", "Norland shall refine the ore domestically.", "processing NOR> not_said one_sided binding"},
		{"en treaty", "Norland shall provide loans of 5 million euros by 31 December 2027.", "finance NOR>SUD only_other_side one_sided binding 2027-12-31 5000000EUR"},
		{"en treaty", "Norland shall endeavour to provide financing for the railway in Sudria.", "infrastructure NOR>SUD named one_sided effort; finance NOR>SUD named one_sided effort"},
		{"en treaty", "Norland shall, subject to the availability of funds, provide grants to Sudria.", "finance NOR>SUD named one_sided qualified"},
		{"en mou", "Norland intends to provide grants to Sudria.", "finance NOR>SUD named one_sided plan"},
		{"en treaty", "Sudria shall not provide financing to the mines.", ""},
		{"en treaty", "Sudria shall apply a preferential tariff to goods of Norland.", "market_access SUD>NOR named one_sided binding"},
		{"en treaty", "Neither Party shall impose quotas on imports from the other Party.", "market_access NOR,SUD>NOR,SUD mutual mutual binding refrains"},
		{"en treaty", "Customs duties on imports shall be abolished.", "market_access > not_said unknown binding"},
		{"en treaty", "The Parties shall carry out joint research.", "technology NOR,SUD> not_said joint binding"},
		{"en treaty", "The Parties shall provide each other with technical assistance.", "technology NOR,SUD>NOR,SUD mutual mutual binding"},
		{"en treaty", "Sudria shall not require investors to transfer technology.", "policy_space SUD>NOR only_other_side one_sided binding refrains"},
		{"en treaty", "Norland shall train engineers in Sudria.", "jobs NOR>SUD named one_sided binding"},
		{"en treaty", "Sudria shall not contest at the WTO any measure by which Norland rebates taxes on exports.", "policy_space SUD>NOR named one_sided binding refrains"},
		{"en treaty", "Sudria shall align with the export controls of Norland.", "alignment SUD>NOR named one_sided binding"},
		{"en treaty", "If Norland imposes a tariff, Sudria shall consult with Norland.", "information SUD>NOR named one_sided binding"},
		{"en treaty", "Each Party shall keep the information confidential.", "confidentiality NOR,SUD>NOR,SUD mutual mutual binding"},
		{"en treaty", "A Party may apply import restrictions in an emergency.", ""},
		{"en treaty", "The Joint Committee shall meet once a year.", ""},
		{"en treaty", "Norland recognises the tariff concessions of Sudria.", ""},
		{"en mou", "Norland is encouraged to transfer technology to Sudria.", "technology NOR>SUD named one_sided hope"},
	} {
		a := assay.Analyze(two(c.form, c.sentence), rules, lex)
		if got := balanceLine(a.Balance); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.sentence, got, c.want)
		}
	}
}

func balanceLine(b *assay.Balance) string {
	var out []string
	for _, x := range b.Items {
		s := fmt.Sprintf("%s %s>%s %s %s %s", x.Category, strings.Join(x.Gives, ","), strings.Join(x.Gets, ","), x.GetsBy, x.Direction, x.Strength)
		if x.Refrains {
			s += " refrains"
		}
		if x.Deadline != nil {
			s += " " + x.Deadline.Date + x.Deadline.Period
		}
		if x.Quantity != nil && x.Category == "finance" {
			s += fmt.Sprintf(" %.0f%s", x.Quantity.Value, x.Quantity.Unit)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// TestBalanceHonest: what cannot be told is said, and a text that does not bind has nobody to enforce it.
func TestBalanceHonest(t *testing.T) {
	t.Parallel()
	rules, lex := mustRules(t), testLexicon()
	const duty = "Each Party shall provide loans."
	b := assay.Analyze(one("en", forms["en treaty"], duty), rules, lex).Balance
	if b.Why != "no_sides" || len(b.Items) != 1 || b.Items[0].Gives[0] != "each_party" {
		t.Errorf("without sides: %+v", b)
	}
	r := one("de", "", "Jede Partei gewährt Darlehen.")
	if b := assay.Analyze(r, rules, lex).Balance; b.Why != "unsupported" || len(b.Items) != 0 {
		t.Errorf("in a language not served: %+v", b)
	}
	b = assay.Analyze(two("en mou", "Norland shall provide loans. This text is not legally binding."), rules, lex).Balance
	if b.Legal != "non_binding" || b.Items[0].Strength != "political" || b.Items[0].Enforcers[0] != "nobody" {
		t.Errorf("not binding: %+v", b)
	}
	b = assay.Analyze(two("en treaty", "Norland shall provide loans. Any dispute between the Parties shall be settled by arbitration. A Party may suspend the benefits of this Agreement."), rules, lex).Balance
	if got := strings.Join(b.Items[0].Enforcers, " "); got != "state_state arbitration self_help" {
		t.Errorf("enforcers %q", got)
	}
	if b.Others["each_party"]+b.Others["none"] == 0 {
		t.Errorf("what fits no category is counted: %v", b.Others)
	}
}

// TestBalanceCategories: every category has a rule, and every rule of the family a category or one of the two marks.
func TestBalanceCategories(t *testing.T) {
	t.Parallel()
	has := map[string]bool{}
	for _, r := range mustRules(t).Rules {
		if r.Family == "balance" {
			has[r.Class] = true
		}
	}
	for _, c := range assay.BalanceCategories {
		if !has[c] {
			t.Errorf("no rule for %s", c)
		}
	}
}
