package web

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/registry"
)

//go:embed locale/*.yaml
var localeFiles embed.FS

// catalogue holds the words of every language.
type catalogue struct {
	locales map[string]*locale
}

// locale is one language's words, by dotted key. A key may have forms: KEY.one and KEY.other, chosen by the argument n.
type locale struct {
	Lang  string
	Dir   string
	words map[string]string
	next  *locale // where to look for what is not translated
}

func loadCatalogue() *catalogue {
	names, err := fs.Glob(localeFiles, "locale/*.yaml")
	if err != nil {
		panic(err)
	}
	c := &catalogue{locales: map[string]*locale{}}
	for _, name := range names {
		b, err := localeFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		lang, _, _ := strings.Cut(path.Base(name), ".") // en.yaml, en.pages.yaml: a language may have several files
		l := c.locales[lang]
		if l == nil {
			l = &locale{Lang: lang, Dir: "ltr", words: map[string]string{}}
			c.locales[lang] = l
		}
		if err := l.add(b); err != nil {
			panic(fmt.Sprintf("web/%s: %v", name, err))
		}
	}
	for lang, l := range c.locales {
		if lang != "en" {
			l.next = c.locales["en"]
		}
	}
	return c
}

// add reads a file of words. A key that is there already is an error.
func (l *locale) add(b []byte) error {
	var tree map[string]any
	if err := yaml.Unmarshal(b, &tree); err != nil {
		return err
	}
	var walk func(prefix string, node any) error
	walk = func(prefix string, node any) error {
		switch n := node.(type) {
		case map[string]any:
			for k, v := range n {
				key := k
				if prefix != "" {
					key = prefix + "." + k
				}
				if err := walk(key, v); err != nil {
					return err
				}
			}
		case string:
			if _, twice := l.words[prefix]; twice {
				return fmt.Errorf("%s stands twice", prefix)
			}
			l.words[prefix] = n
		default:
			return fmt.Errorf("%s: %v is not text; put it in quotes", prefix, n)
		}
		return nil
	}
	err := walk("", tree)
	if d := l.words["meta.dir"]; d != "" {
		l.Dir = d
	}
	return err
}

// choose is the best language for what a reader asks for: the explicit one, else the first acceptable, else English.
func (c *catalogue) choose(asked, accept string) *locale {
	if l := c.locales[base(asked)]; l != nil {
		return l
	}
	for _, part := range strings.Split(accept, ",") {
		tag, _, _ := strings.Cut(part, ";")
		if l := c.locales[base(tag)]; l != nil {
			return l
		}
	}
	return c.locales["en"]
}

func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	return tag
}

func (l *locale) find(key string) (string, bool) {
	for ; l != nil; l = l.next {
		if w, ok := l.words[key]; ok {
			return w, true
		}
	}
	return "", false
}

// T is the text of a key; args are name, value, name, value. An unknown key shows itself, which a test forbids.
func (l *locale) T(key string, args ...any) string {
	w, ok := l.find(key)
	if !ok {
		form := ".other"
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == "n" && fmt.Sprint(args[i+1]) == "1" {
				form = ".one"
			}
		}
		if w, ok = l.find(key + form); !ok {
			return "⟦" + key + "⟧"
		}
	}
	if len(args) == 0 {
		return w
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		v := fmt.Sprint(args[i+1])
		if n, ok := args[i+1].(int); ok {
			v = l.number(int64(n))
		}
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(w)
}

// H is the text of a key as HTML: the words and the arguments are escaped, except arguments that are HTML already.
func (l *locale) H(key string, args ...any) template.HTML {
	safe := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case template.HTML:
			safe[i] = string(a)
		case string:
			safe[i] = a
			if i%2 == 1 {
				safe[i] = template.HTMLEscapeString(a)
			}
		default:
			safe[i] = a
		}
	}
	escaped := &locale{Lang: l.Lang, words: map[string]string{}}
	for _, k := range []string{key, key + ".one", key + ".other"} {
		if w, ok := l.find(k); ok {
			escaped.words[k] = template.HTMLEscapeString(w)
		}
	}
	if w, ok := l.find("number.group"); ok {
		escaped.words["number.group"] = w
	}
	return template.HTML(escaped.T(key, safe...))
}

// schema gives a label of the schema in the reader's language: the catalogue's, else the schema's own English.
func (l *locale) schema(key, english string) string {
	if w, ok := l.find(key); ok {
		return w
	}
	return english
}

// code is the label of a code of a list; the code itself where the list does not know it.
func (l *locale) code(list, code string) string {
	if c := registry.Code(list, code); c != nil {
		return l.schema("code."+list+"."+code, c.Label)
	}
	return code
}

// kind is what a kind of record is called.
func (l *locale) kind(k registry.Kind) string {
	return l.schema("kind."+string(k), registry.KindOf(k).Label)
}

// kinds is what several records of a kind are called.
func (l *locale) kinds(k registry.Kind) string {
	return l.schema("kinds."+string(k), registry.KindOf(k).Plural)
}

// field is the label of a field.
func (l *locale) field(f *registry.FieldDef) string { return l.schema("field."+f.Name, f.Label) }
