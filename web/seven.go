package web

import (
	"slices"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// Seven is one of the seven cross-cutting numbers: how many of a population, and for how many it is not known. Samples never count.
type Seven struct {
	Key     string // transparency, oversight, competition, value_addition, non_binding, bundling, standards
	Count   int    // for which it is known to be so
	Unknown int    // for which it is not known
	Total   int    // the population
	Parts   []SevenPart
	Of      string             // what is counted: instruments, minerals, financing
	Records []*registry.Record // those counted, by id
}

// SevenPart is one class of the population; the parts add up to the total, those that are counted to Count.
type SevenPart struct {
	Key     string // key of the message catalogue under findings.KEY
	Count   int
	Unknown bool
	Counted bool
}

// approvals are the events by which a parliament or another body approves an agreement; asked are those by which it is asked to.
var (
	approvals = []string{"approved", "ratified"}
	asked     = []string{"bill_tabled", "referred_to_court", "court_decision"}
)

// sevens computes the seven numbers of a view.
func sevens(v *registry.View) []Seven {
	ins := population(v)
	return []Seven{transparency(ins), oversight(ins), competition(v, ins), withArea("value_addition", ins, "value_addition"),
		nonBinding(ins), bundling(v), withArea("standards", ins, "esg_standards", "traceability", "labour")}
}

// population is the instruments of which a source says that they are about minerals or what they are about. Texts of which only the
// machine's reading names a mineral, such as trade agreements imported for comparison, do not count.
func population(v *registry.View) []*registry.Record {
	var out []*registry.Record
	for _, r := range v.OfKind(registry.KindInstrument) {
		if !r.Sample() && slices.ContainsFunc([]string{"mineral", "mineral_context", "mineral_scope", "mineral_stage", "area"}, func(f string) bool { return statedBySource(r, f) }) {
			out = append(out, r)
		}
	}
	return out
}

func statedBySource(r *registry.Record, field string) bool {
	return slices.ContainsFunc(r.Slots(field), func(s *registry.Slot) bool { return s.Shown != nil && s.Shown.Method != "read" })
}

// count sorts the population into parts by the key that of gives each; known and unknown say which parts count as which.
func count(key, of string, rs []*registry.Record, parts []SevenPart, yes []string, class func(*registry.Record) string) Seven {
	s := Seven{Key: key, Of: of, Total: len(rs), Parts: parts}
	for i := range s.Parts {
		s.Parts[i].Counted = slices.Contains(yes, s.Parts[i].Key)
	}
	for _, r := range rs {
		c := class(r)
		for i := range s.Parts {
			if s.Parts[i].Key == c {
				s.Parts[i].Count++
				if s.Parts[i].Unknown {
					s.Unknown++
				}
			}
		}
		if slices.Contains(yes, c) {
			s.Count++
			s.Records = append(s.Records, r)
		}
	}
	return s
}

func transparency(ins []*registry.Record) Seven {
	parts := []SevenPart{{Key: "found"}, {Key: "leaked"}, {Key: "not_public"}, {Key: "not_found"}, {Key: "not_looked_for", Unknown: true}}
	return count("transparency", "instruments", ins, parts, []string{"found"}, projection.TextStatus)
}

func oversight(ins []*registry.Record) Seven {
	parts := []SevenPart{{Key: "recorded"}, {Key: "asked"}, {Key: "needed"}, {Key: "unknown", Unknown: true}}
	has := func(r *registry.Record, codes []string) bool {
		return slices.ContainsFunc(r.Slots("event"), func(s *registry.Slot) bool {
			code, _ := registry.SplitEventKey(s.Key)
			return slices.Contains(codes, code) && r.Happened(s)
		})
	}
	return count("oversight", "instruments", ins, parts, []string{"recorded"}, func(r *registry.Record) string {
		switch {
		case has(r, approvals):
			return "recorded"
		case has(r, asked):
			return "asked"
		case len(r.Slots("approval_needed")) > 0:
			return "needed"
		}
		return "unknown"
	})
}

// competition counts the minerals that at least three different pairs or groups of sides have an instrument on.
func competition(v *registry.View, ins []*registry.Record) Seven {
	sides := map[registry.RecordID]map[string]bool{}
	for _, r := range ins {
		key := ""
		for _, p := range statesOf(v, r) {
			key += string(p) + " "
		}
		for _, m := range r.Refs("mineral") {
			if sides[m] == nil {
				sides[m] = map[string]bool{}
			}
			sides[m][key] = true
		}
	}
	var minerals []*registry.Record
	for _, m := range v.OfKind(registry.KindMineral) {
		if len(sides[m.ID]) > 0 {
			minerals = append(minerals, m)
		}
	}
	parts := []SevenPart{{Key: "many"}, {Key: "pair"}, {Key: "single"}}
	return count("competition", "minerals", minerals, parts, []string{"many"}, func(m *registry.Record) string {
		return []string{"single", "pair", "many"}[min(len(sides[m.ID]), 3)-1]
	})
}

func withArea(key string, ins []*registry.Record, areas ...string) Seven {
	parts := []SevenPart{{Key: "yes"}, {Key: "no"}, {Key: "unknown", Unknown: true}}
	return count(key, "instruments", ins, parts, []string{"yes"}, func(r *registry.Record) string {
		vs := r.Values("area")
		switch {
		case slices.ContainsFunc(vs, func(a string) bool { return slices.Contains(areas, a) }):
			return "yes"
		case len(vs) > 0:
			return "no"
		}
		return "unknown"
	})
}

// nonBinding keeps apart what instruments or officials state and what is inferred from the kind.
func nonBinding(ins []*registry.Record) Seven {
	parts := []SevenPart{{Key: "stated_non_binding"}, {Key: "inferred_non_binding"}, {Key: "unknown", Unknown: true}, {Key: "mixed"}, {Key: "inferred_binding"}, {Key: "stated_binding"}}
	return count("non_binding", "instruments", ins, parts, []string{"stated_non_binding", "inferred_non_binding"}, func(r *registry.Record) string {
		for _, basis := range []string{"stated", "inferred"} {
			switch n := r.KeyedString("legal_nature", basis); n {
			case "binding", "non_binding":
				return basis + "_" + n
			case "mixed":
				return "mixed"
			}
		}
		return "unknown"
	})
}

// bundling counts the financing that is tied to a mineral: it names one, or pays for a project or instrument that does.
func bundling(v *registry.View) Seven {
	var fins []*registry.Record
	for _, r := range v.OfKind(registry.KindFinancing) {
		if !r.Sample() {
			fins = append(fins, r)
		}
	}
	named := func(r *registry.Record) bool {
		return r != nil && len(r.Slots("mineral"))+len(r.Slots("mineral_context"))+len(r.Slots("mineral_scope"))+len(r.Slots("mineral_stage")) > 0
	}
	parts := []SevenPart{{Key: "names"}, {Key: "pays_for"}, {Key: "unknown", Unknown: true}}
	return count("bundling", "financing", fins, parts, []string{"names", "pays_for"}, func(r *registry.Record) string {
		if named(r) {
			return "names"
		}
		for _, id := range append(r.Refs("pays_for"), r.Refs("instrument")...) {
			if named(v.Record(id)) {
				return "pays_for"
			}
		}
		return "unknown"
	})
}
