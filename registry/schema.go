package registry

import (
	"slices"
	"strings"
)

//go:generate go run ./gen

// Kind is a kind of record.
type Kind string

// Cardinality says how many values of a field hold at a time.
type Cardinality string

// One value; one under each key; any number, the value itself being the key.
const (
	One   Cardinality = "one"
	Keyed Cardinality = "keyed"
	Set   Cardinality = "set"
)

// KindDef describes a kind. The definitions are generated from schema.yaml.
type KindDef struct {
	Kind                       Kind
	Prefix, Noun               string // of ids; in addresses
	Label, Plural, Description string // English; translated in the message catalogue
	Pages                      bool   // whether it has pages of its own today
	Fields                     []string
}

// FieldDef describes a field. The definitions are generated from schema.yaml.
type FieldDef struct {
	Name               string
	Type               Type
	Card               Cardinality
	Key                string // of a keyed field: event, ref, string, country_year, or a code list
	CodeList           string // of a code field
	To                 []Kind // of a ref field or key; "*" for any
	Label, Description string // English
}

// CodeDef describes a code of a list. The definitions are generated from codes.yaml.
type CodeDef struct {
	Code, Label, Description      string
	Rank                          int    // of a grade: 1 is the best
	Stage, Status, Implementation string // what an event leads to
	Order                         int    // place in the list
}

// KindOf is the definition of k, nil for an unknown kind.
func KindOf(k Kind) *KindDef { return kindDefs[k] }

// KindByNoun is the kind whose addresses use the noun; "" where there is none.
func KindByNoun(noun string) Kind {
	for _, k := range kindOrder {
		if kindDefs[k].Noun == noun {
			return k
		}
	}
	return ""
}

// Kinds lists all kinds in the schema's order.
func Kinds() []Kind { return kindOrder }

// FieldOf is the definition of a field, nil for an unknown one.
func FieldOf(name string) *FieldDef { return fieldDefs[name] }

// HasField says whether records of kind k have the field.
func HasField(k Kind, field string) bool {
	d := kindDefs[k]
	return d != nil && slices.Contains(d.Fields, field)
}

// CodeOf list is the definition of a code, nil where the list or the code is unknown.
func Code(list, code string) *CodeDef { return codeIndex[list][code] }

// IsCode says whether code is in the list.
func IsCode(list, code string) bool { return codeIndex[list][code] != nil }

// Codes are the codes of a list in its order.
func Codes(list string) []string {
	out := make([]string, len(codeLists[list]))
	for i, c := range codeLists[list] {
		out[i] = c.Code
	}
	return out
}

// CodeLists are the names of the lists, sorted.
func CodeLists() []string {
	out := make([]string, 0, len(codeLists))
	for l := range codeLists {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}

// SplitEventKey splits an event key into its code and qualifier ("round:4").
func SplitEventKey(key string) (code, qualifier string) {
	code, qualifier, _ = strings.Cut(key, ":")
	return code, qualifier
}

var (
	codeIndex    = map[string]map[string]*CodeDef{}
	kindByPrefix = map[string]Kind{}
)

func init() {
	for list, defs := range codeLists {
		codeIndex[list] = map[string]*CodeDef{}
		for i := range defs {
			defs[i].Order = i
			codeIndex[list][defs[i].Code] = &defs[i]
		}
	}
	for k, d := range kindDefs {
		kindByPrefix[d.Prefix] = k
	}
}
