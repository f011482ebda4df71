package ingest

import (
	"slices"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// LexiconOf gives the names by which parties and minerals are found in texts: states, territories and blocs, and all minerals, in
// every language that the registry has.
func LexiconOf(v *registry.View) *assay.Lexicon {
	lex := &assay.Lexicon{}
	for _, r := range v.OfKind(registry.KindParty) {
		switch r.String("party_kind") {
		case "state", "territory", "bloc":
			if !r.Sample() {
				lex.Parties = append(lex.Parties, lexEntry(r))
			}
		}
	}
	for _, r := range v.OfKind(registry.KindMineral) {
		lex.Minerals = append(lex.Minerals, lexEntry(r))
	}
	return lex
}

func lexEntry(r *registry.Record) assay.LexEntry {
	names := slices.Concat(r.Values("name"), r.Values("alias"))
	slices.Sort(names)
	return assay.LexEntry{Code: r.ID.Tail(), Names: slices.Compact(names)}
}
