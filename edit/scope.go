package edit

import (
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// scopeWords are what sources say instead of naming minerals, folded. They are no mineral, but what minerals are described as.
var scopeWords = []string{"critical minerals", "critical mineral", "critical raw materials", "critical raw material", "critical materials", "critical minerals and rare earths", "critical and strategic minerals",
	"strategic minerals", "strategic raw materials", "strategic and critical minerals", "minerals", "raw materials", "green minerals", "transition minerals", "energy transition minerals", "future minerals",
	"critical energy transition minerals", "battery minerals", "minerals and metals",
	"minerais critiques", "mineraux critiques", "minerais strategiques", "mineraux strategiques", "matieres premieres critiques", "matieres premieres strategiques", "minerais", "mineraux",
	"minerales criticos", "minerales estrategicos", "materias primas criticas", "materias primas estrategicas", "minerales",
	"minerais criticos", "minerais estrategicos", "materias-primas criticas", "materias-primas estrategicas"}

// isScope says whether words describe minerals without naming one.
func isScope(typed string) bool {
	return slices.Contains(scopeWords, strings.TrimPrefix(fold(strings.TrimSpace(typed)), "the "))
}

// scope moves words that name no one mineral from the field mineral to where they belong, if the kind has it. A correction stays where it is.
func (r *Reader) scope(c registry.Claim, typed string, row Row) (registry.Claim, []string, bool) {
	def := registry.FieldOf("mineral_scope")
	if c.Field != "mineral" || c.Supersedes != "" || !isScope(typed) || !registry.HasField(c.Record.Kind(), def.Name) {
		return c, nil, false
	}
	u, err := r.Value(def, typed, row.Lang)
	if err != nil {
		return c, nil, false
	}
	c.Field, c.Value = def.Name, u.Value
	return c, []string{"these words name no one mineral; they are kept as how the minerals are described"}, true
}
