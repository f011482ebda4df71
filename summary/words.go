package summary

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

//go:embed words.yaml
var wordsYAML []byte

// Languages are those in which a sheet can be made.
var Languages = findings.Languages

// vocabulary is the sheet's words: phrases and parts in all languages, the others in all but English, which the registry has.
type vocabulary struct {
	Phrases map[string][]string `yaml:"phrases"`
	Parts   map[string]struct {
		Label []string `yaml:"label"`
		Asks  []string `yaml:"asks"`
	} `yaml:"parts"`
	Kinds  map[string][]string            `yaml:"kinds"`
	Fields map[string][]string            `yaml:"fields"`
	Codes  map[string]map[string][]string `yaml:"codes"`
}

// words are the words that the program carries.
var words = sync.OnceValues(func() (*vocabulary, error) { return readWords(wordsYAML) })

// readWords reads words, and says what is missing of a language, of a part of the form, of a field that it is made of, or of a code.
func readWords(b []byte) (*vocabulary, error) {
	v := &vocabulary{}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(v); err != nil {
		return nil, fmt.Errorf("words.yaml: %w", err)
	}
	var bad []string
	whole := func(where string, ws []string, n int) {
		if len(ws) != n || slices.Contains(ws, "") {
			bad = append(bad, where)
		}
	}
	for k, ws := range v.Phrases {
		whole("phrases: "+k, ws, len(Languages))
	}
	for _, p := range form {
		whole("parts: "+p.code+": label", v.Parts[p.code].Label, len(Languages))
		whole("parts: "+p.code+": asks", v.Parts[p.code].Asks, len(Languages))
		for _, f := range p.fields {
			whole("fields: "+f, v.Fields[f], len(Languages)-1)
		}
		for _, k := range p.referring {
			whole("kinds: "+string(k), v.Kinds[string(k)], len(Languages)-1)
		}
	}
	for f, ws := range v.Fields {
		if whole("fields: "+f, ws, len(Languages)-1); registry.FieldOf(f) == nil {
			bad = append(bad, "fields: "+f+" is no field")
		}
	}
	for list, of := range v.Codes {
		for _, c := range registry.Codes(list) {
			whole("codes: "+list+": "+c, of[c], len(Languages)-1)
		}
		if len(of) != len(registry.Codes(list)) {
			bad = append(bad, "codes: "+list+" has other codes than the registry")
		}
	}
	if len(bad) > 0 {
		slices.Sort(bad)
		return nil, fmt.Errorf("words.yaml: something is missing, or of no use: %s", strings.Join(bad, "; "))
	}
	return v, nil
}

// tongue is the words in one language.
type tongue struct {
	*vocabulary
	lang  string
	voice findings.Voice
}

// in gives the words in a language; in English where there are none in it.
func in(lang string) (*tongue, error) {
	v, err := words()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Languages, lang) {
		lang = Languages[0]
	}
	voice, err := findings.NewVoice(lang)
	return &tongue{v, lang, voice}, err
}

// T is a phrase.
func (t *tongue) T(key string) string { return t.Phrases[key][slices.Index(Languages, t.lang)] }

// other is the word for something that the registry has the English of.
func (t *tongue) other(ws []string, english string) string {
	if i := slices.Index(Languages, t.lang) - 1; i >= 0 && i < len(ws) {
		return ws[i]
	}
	return english
}

func (t *tongue) field(def *registry.FieldDef) string {
	return t.other(t.Fields[def.Name], def.Label)
}

func (t *tongue) kind(k registry.Kind) string {
	return t.other(t.Kinds[string(k)], registry.KindOf(k).Label)
}

// code is a code's name; the code itself where the list lacks it.
func (t *tongue) code(list, code string) string {
	c := registry.Code(list, code)
	if c == nil {
		return code
	}
	if of := t.Codes[list]; of != nil {
		return t.other(of[code], c.Label)
	}
	if t.lang != Languages[0] && slices.Contains(fromFindings, list) {
		return t.voice.Code(list, code)
	}
	return c.Label
}

// fromFindings are the lists of codes of which package findings has the words.
var fromFindings = []string{"instrument_type", "chain_stage"}

// Words are the phrases of a page around a sheet, in a language.
func Words(lang string) (map[string]string, error) {
	t, err := in(lang)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for k := range t.Phrases {
		out[k] = t.T(k)
	}
	return out, nil
}
