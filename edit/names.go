package edit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// names finds records by what people call them.
type names struct {
	exact map[string][]registry.RecordID // by folded name, alias, code or address
	all   []named
}

// named is a record with one of its names.
type named struct {
	id    registry.RecordID
	name  string // folded
	words []string
}

func namesOf(v *registry.View) *names {
	n := &names{exact: map[string][]registry.RecordID{}}
	for _, k := range registry.Kinds() {
		for _, r := range v.OfKind(k) {
			n.add(r)
		}
	}
	return n
}

func (n *names) add(r *registry.Record) {
	seen := map[string]bool{}
	put := func(s string, look bool) {
		f := nameKey(s)
		if f == "" || seen[f] {
			return
		}
		seen[f] = true
		n.exact[f] = append(n.exact[f], r.ID)
		if look {
			n.all = append(n.all, named{r.ID, f, strings.Fields(f)})
		}
	}
	for _, field := range []string{"name", "title", "official_title", "alias"} {
		for _, s := range r.Values(field) {
			put(s, true)
		}
	}
	for _, s := range append([]string{string(r.ID), r.ID.Tail(), r.Address(), r.String("iso3"), r.String("iso2"), r.String("symbol")}, idsOf(r.Merged)...) {
		put(s, false)
	}
}

func idsOf(ids []registry.RecordID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// nameKey is a name as names are compared: folded, without marks and a leading article.
func nameKey(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,;:()[]\"'&-/", r) {
			return ' '
		}
		return r
	}, fold(s))
	s = strings.Join(strings.Fields(s), " ")
	for _, a := range []string{"the ", "la ", "le ", "les ", "el ", "los ", "o ", "os "} {
		if r, ok := strings.CutPrefix(s, a); ok && len(r) > 3 {
			return r
		}
	}
	return s
}

// find gives the records of the kinds that bear the name, and where none does those that are called like it, the likest first.
func (n *names) find(typed string, kinds []registry.Kind) (exact, like []registry.RecordID) {
	key := nameKey(typed)
	fits := func(id registry.RecordID) bool {
		return slices.ContainsFunc(kinds, func(k registry.Kind) bool { return k == "*" || k == id.Kind() })
	}
	for _, id := range n.exact[key] {
		if fits(id) && !slices.Contains(exact, id) {
			exact = append(exact, id)
		}
	}
	if len(exact) > 0 || len(key) < 2 {
		return exact, nil
	}
	words := strings.Fields(key)
	best := map[registry.RecordID]float64{}
	for _, x := range n.all {
		if fits(x.id) {
			if s := likeness(key, words, x); s > best[x.id] {
				best[x.id] = s
			}
		}
	}
	for id, s := range best {
		if s >= 0.4 {
			like = append(like, id)
		}
	}
	slices.SortFunc(like, func(a, b registry.RecordID) int { return cmp.Or(cmp.Compare(best[b], best[a]), cmp.Compare(a, b)) })
	return nil, like[:min(len(like), 8)]
}

// likeness is 1 for the same name and 0 for one that has nothing in common with it.
func likeness(key string, words []string, x named) float64 {
	hit := 0.0
	for _, w := range words {
		for _, y := range x.words {
			if w == y || len(w) > 2 && strings.HasPrefix(y, w) {
				hit++
				break
			}
		}
	}
	share := 0.0
	if hit == float64(len(words)) { // all that was typed is in the name
		share = 0.5 + 0.4*hit/float64(max(len(x.words), 1))
	} else {
		share = hit / float64(max(len(words)+len(x.words)-int(hit), 1))
	}
	if d := min(len(key), len(x.name)); d >= 4 && max(len(key), len(x.name)) <= 3*d {
		share = max(share, 1-float64(distance(key, x.name))/float64(max(len(key), len(x.name)))-0.15)
	}
	return share
}

// distance counts the letters to change, add or leave out between two names; strings are cut at 40 bytes, for speed.
func distance(a, b string) int {
	a, b = a[:min(len(a), 40)], b[:min(len(b), 40)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diag
			if a[i] != b[j] {
				cost = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// codeOf finds a code of a list by code or label, and where none fits those that are like it.
func codeOf(list, typed string) (string, []Option) {
	key := nameKey(strings.ReplaceAll(typed, "_", " "))
	type scored struct {
		Option
		s float64
	}
	var like []scored
	words := strings.Fields(key)
	for _, code := range registry.Codes(list) {
		label := registry.Code(list, code).Label
		for _, name := range []string{nameKey(strings.ReplaceAll(code, "_", " ")), nameKey(label)} {
			if name == key {
				return code, nil
			}
			if s := likeness(key, words, named{name: name, words: strings.Fields(name)}); s >= 0.4 && key != "" {
				like = append(like, scored{Option{code, label}, s})
			}
		}
	}
	slices.SortStableFunc(like, func(a, b scored) int { return cmp.Compare(b.s, a.s) })
	var out []Option
	for _, l := range like {
		if !slices.Contains(out, l.Option) && len(out) < 6 {
			out = append(out, l.Option)
		}
	}
	return "", out
}
