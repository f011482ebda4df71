package edit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// Reader reads what was typed against what its person may see.
type Reader struct {
	View  *registry.View
	Lang  string // of texts and titles where nothing else is said
	names *names
}

// NewReader makes a reader of typed values.
func NewReader(v *registry.View, lang string) *Reader {
	if !registry.IsCode("language", lang) {
		lang = "en"
	}
	return &Reader{View: v, Lang: lang}
}

// unknownWords say that a value is not known.
var unknownWords = []string{"unknown", "not known", "inconnu", "desconocido", "desconhecido"}

// Value reads a typed value of a field. lang is the language of a text, "" for the reader's. Errors are registry.Invalid with a hint, and
// offer what may have been meant ([OptionsOf]).
func (r *Reader) Value(f *registry.FieldDef, typed, lang string) (Understood, error) {
	typed = strings.TrimSpace(typed)
	u := Understood{Value: registry.Value{Type: f.Type}}
	switch {
	case typed == "":
		return u, invalid("say what the source says, or choose unknown", "%s: nothing was written", f.Label)
	case !utf8.ValidString(typed) || strings.ContainsRune(typed, 0):
		return u, invalid("write it again; what was pasted has characters that are no text", "%s: this is not clean text", f.Label)
	case strings.HasPrefix(typed, "{") && strings.HasSuffix(typed, "}"):
		return canonical(f, typed, "", nil)
	case slices.Contains(unknownWords, fold(typed)) && f.Type != registry.TypeText && f.Type != registry.TypeString:
		u.Value.State = registry.Unknown
		return u, nil
	}
	switch f.Type {
	case registry.TypeText:
		if lang == "" {
			lang = r.Lang
		}
		return canonical(f, tidy(typed), lang, nil)
	case registry.TypeDate:
		d, notes, err := Date(typed)
		if err != nil {
			return u, err
		}
		return canonical(f, d.EDTF, "", notes)
	case registry.TypeMoney:
		_, form, notes, err := Money(typed)
		if err != nil {
			return u, err
		}
		return canonical(f, form, "", notes)
	case registry.TypeQuantity:
		_, form, notes, err := Quantity(typed)
		if err != nil {
			return u, err
		}
		return canonical(f, form, "", notes)
	case registry.TypeNumber:
		n, rest, notes, err := number(fold(typed))
		if err != nil {
			return u, err
		}
		if rest != "" || !n.IsInt() {
			return u, invalid("write a whole number", "%s: %q is not a whole number", f.Label, brief(typed))
		}
		return canonical(f, n.Num().String(), "", notes)
	case registry.TypeCode:
		return r.code(f, typed)
	case registry.TypeRef:
		if f.Name == "mineral" && isScope(typed) {
			return u, invalid("write it in the field “"+registry.FieldOf("mineral_scope").Label+"”", "%q names no one mineral", brief(typed))
		}
		id, err := r.Record(typed, f.To)
		if err != nil {
			return u, err
		}
		return canonical(f, string(id), "", nil)
	case registry.TypeMineralStage:
		return r.mineralStage(f, typed)
	case registry.TypeURL:
		return address(f, typed)
	case registry.TypeFlag:
		return flag(f, typed)
	}
	return canonical(f, tidy(typed), "", nil)
}

// canonical checks a value in the registry's own form.
func canonical(f *registry.FieldDef, form, lang string, notes []string) (Understood, error) {
	v, err := registry.ParseValue(f, form, lang)
	if err != nil && registry.HintOf(err) == "" {
		err = invalid(f.Description, "%s", err.Error())
	}
	return Understood{v, notes}, err
}

// tidy keeps the words and takes away what pasting brings along: line breaks, double blanks.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r *Reader) code(f *registry.FieldDef, typed string) (Understood, error) {
	code, like := codeOf(f.CodeList, typed)
	if code == "" {
		hint := "one of: " + labels(f.CodeList)
		if len(like) > 0 {
			return Understood{}, ask(like, hint, "%s: %q is not one of the list", f.Label, brief(typed))
		}
		return Understood{}, invalid(hint, "%s: %q is not one of the list", f.Label, brief(typed))
	}
	return canonical(f, code, "", nil)
}

// labels are the labels of a list, as many as a hint has room for.
func labels(list string) string {
	var out []string
	for _, c := range registry.Codes(list) {
		if out = append(out, registry.Code(list, c).Label); len(out) == 12 && len(registry.Codes(list)) > 12 {
			return strings.Join(out, ", ") + " …"
		}
	}
	return strings.Join(out, ", ")
}

// Record finds a record of one of the kinds by name, code, id or address.
func (r *Reader) Record(typed string, kinds []registry.Kind) (registry.RecordID, error) {
	if r.names == nil {
		r.names = namesOf(r.View)
	}
	typed = strings.TrimSpace(typed)
	if i := strings.LastIndex(typed, "://"); i >= 0 { // the address of a page of ours
		parts := strings.Split(strings.SplitN(typed[i+3:], "?", 2)[0], "/")
		if len(parts) >= 3 {
			if rec := r.View.ByAddress(registry.KindByNoun(parts[1]), parts[2]); rec != nil {
				return rec.ID, nil
			}
		}
	}
	if id := registry.RecordID(typed); id.Kind() != "" && r.View.Record(id) != nil {
		if _, err := registry.ParseRef(typed, kinds); err != nil {
			return "", err
		}
		return r.View.Resolve(id), nil
	}
	exact, like := r.names.find(typed, kinds)
	what := kindWords(kinds)
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(exact) > 1:
		return "", ask(r.options(exact), "choose one", "%q is the name of %d records", brief(typed), len(exact))
	case len(like) > 0:
		return "", ask(r.options(like), "choose one, or enter it first as a new record", "no %s is called %q", what, brief(typed))
	}
	return "", invalid("check the spelling, or enter it first as a new record", "no %s is called %q", what, brief(typed))
}

func (r *Reader) options(ids []registry.RecordID) []Option {
	out := make([]Option, len(ids))
	for i, id := range ids {
		rec := r.View.Record(id)
		says := rec.Title(r.Lang)
		if k := rec.String("party_kind"); k != "" && k != "state" {
			says += fmt.Sprintf(" (%s)", strings.ToLower(registry.Code("party_kind", k).Label))
		} else if rec.Kind != registry.KindParty && rec.Kind != registry.KindMineral {
			says += fmt.Sprintf(" (%s)", strings.ToLower(registry.KindOf(rec.Kind).Label))
		}
		out[i] = Option{string(id), says}
	}
	return out
}

func kindWords(kinds []registry.Kind) string {
	var out []string
	for _, k := range kinds {
		if k == "*" {
			return "record"
		}
		out = append(out, strings.ToLower(registry.KindOf(k).Label))
	}
	return strings.Join(out, " or ")
}

// stageWords are words for stages beside the list's own labels.
var stageWords = map[string]string{"mining": "mine", "extraction": "mine", "refining": "refine", "refined": "refine", "exploration": "explore", "recycling": "recycle", "processing": "refine",
	"smelting": "refine", "concentration": "concentrate", "precursors": "precursor", "components": "component"}

// mineralStage reads "cobalt / refine", "cobalt refining", "all minerals: mine".
func (r *Reader) mineralStage(f *registry.FieldDef, typed string) (Understood, error) {
	mineral, stage, ok := strings.Cut(typed, "/")
	if !ok {
		mineral, stage, ok = strings.Cut(typed, ":")
	}
	if !ok {
		words := strings.Fields(typed)
		if len(words) < 2 {
			return Understood{}, invalid("write the mineral and the stage: cobalt refining, lithium / mine, all minerals / recycle", "%s: %q has no stage", f.Label, brief(typed))
		}
		mineral, stage = strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	}
	code, like := codeOf("chain_stage", stage)
	if w := stageWords[fold(strings.TrimSpace(stage))]; code == "" && registry.IsCode("chain_stage", w) {
		code = w
	}
	if code == "" {
		for i := range like {
			like[i] = Option{strings.TrimSpace(mineral) + " / " + like[i].Write, strings.TrimSpace(mineral) + ": " + like[i].Says}
		}
		return Understood{}, ask(like, "stages: "+labels("chain_stage"), "%s: %q is no stage", f.Label, brief(stage))
	}
	id := "*"
	if m := fold(strings.TrimSpace(mineral)); m != "*" && m != "all" && m != "all minerals" && m != "any" {
		found, err := r.Record(mineral, []registry.Kind{registry.KindMineral})
		if err != nil {
			o := OptionsOf(err)
			for i := range o {
				o[i] = Option{o[i].Write + "/" + code, o[i].Says + ": " + registry.Code("chain_stage", code).Label}
			}
			return Understood{}, err
		}
		id = string(found)
	}
	return canonical(f, id+"/"+code, "", nil)
}

// address reads a web address; one without a scheme gets https.
func address(f *registry.FieldDef, typed string) (Understood, error) {
	var notes []string
	if !strings.Contains(typed, "://") && strings.Contains(typed, ".") && !strings.ContainsAny(typed, " @") {
		typed, notes = "https://"+typed, []string{"read with https:// before it"}
	}
	u, err := canonical(f, typed, "", notes)
	if err != nil {
		err = invalid("copy it from the browser: https:// and no blanks", "%s: %q is not a web address", f.Label, brief(typed))
	}
	return u, err
}

func flag(f *registry.FieldDef, typed string) (Understood, error) {
	switch fold(typed) {
	case "yes", "y", "true", "on", "oui", "si", "sim", "1":
		return canonical(f, "yes", "", nil)
	}
	return Understood{}, invalid("write yes; if a source says that it is not so, deny it instead", "%s: %q is not yes", f.Label, brief(typed))
}

// Key reads the key of a claim on a keyed field: for events a code and a qualifier ("ratified", "Malaysia"), otherwise one of the two is empty.
func (r *Reader) Key(f *registry.FieldDef, typed, qualifier string) (string, error) {
	typed, qualifier = tidy(typed), tidy(qualifier)
	if f.Card != registry.Keyed {
		return "", nil
	}
	switch f.Key {
	case "string":
		return cutKey(typed), nil
	case "collision":
		if _, _, ok := registry.CollisionOf(typed); !ok {
			return "", invalid("go to the form from the page of the two provisions", "%s: which two provisions it is of is missing", f.Label)
		}
		return typed, nil
	case "event":
		return r.eventKey(typed, qualifier)
	case "ref":
		if typed == "" {
			return "", invalid("name the party that it is of", "%s: of whom is missing", f.Label)
		}
		to := f.To
		if f.Type == registry.TypeRef || len(to) == 0 {
			to = []registry.Kind{registry.KindParty}
		}
		id, err := r.Record(typed, to)
		return string(id), err
	case "country_year":
		place, y, ok := strings.Cut(typed, "/")
		if i := strings.LastIndexByte(typed, ' '); !ok && i > 0 {
			place, y, ok = typed[:i], typed[i+1:], true
		}
		d, _, err := Date(y)
		if !ok || err != nil {
			return "", invalid("write the country and the year: Zambia 2024, world 2024", "%s: %q is no country and year", f.Label, brief(typed))
		}
		if fold(place) == "world" {
			return "world/" + d.EDTF, nil
		}
		id, err := r.Record(place, []registry.Kind{registry.KindParty})
		return id.Tail() + "/" + d.EDTF, err
	}
	code, like := codeOf(f.Key, typed)
	if code == "" {
		return "", ask(like, "one of: "+labels(f.Key), "%s: %q is not one of the list", f.Label, brief(typed))
	}
	return code, nil
}

// cutKey keeps a free key within what the registry takes.
func cutKey(s string) string {
	for len(s) > 200 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

// eventKey joins an event's code and its qualifier: a state by its code (ratified:MYS), a number (round:4), else words.
func (r *Reader) eventKey(typed, qualifier string) (string, error) {
	if c, q, ok := strings.Cut(typed, ":"); ok && qualifier == "" {
		typed, qualifier = c, q
	}
	if i := strings.IndexByte(typed, '('); i > 0 && strings.HasSuffix(typed, ")") && qualifier == "" {
		typed, qualifier = typed[:i], typed[i+1:len(typed)-1]
	}
	if i := strings.LastIndexByte(typed, ' '); i > 0 && qualifier == "" && strings.Trim(typed[i+1:], "0123456789") == "" {
		typed, qualifier = typed[:i], typed[i+1:]
	}
	code, like := codeOf("event", typed)
	if code == "" {
		return "", ask(like, "one of: "+labels("event"), "%q is no event that is known", brief(typed))
	}
	if qualifier == "" {
		return code, nil
	}
	if r.names == nil {
		r.names = namesOf(r.View)
	}
	if exact, _ := r.names.find(qualifier, []registry.Kind{registry.KindParty}); len(exact) == 1 {
		return code + ":" + exact[0].Tail(), nil
	}
	q := strings.ReplaceAll(nameKey(qualifier), " ", "-")
	if q == "" {
		return code, nil
	}
	return cutKey(code + ":" + q), nil
}
