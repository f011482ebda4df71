package web

import (
	"slices"
	"strings"

	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/registry"
)

// clausesPage is /clauses: the library of model clauses, in one language.
type clausesPage struct {
	Action string
	Picks  []selection
	Query  string
	Hidden []pair
	Count  string
	Empty  *emptyState
	Themes []clauseTheme
}

type clauseTheme struct {
	ID, Name string
	Topics   []clauseTopic
}

// clauseTopic is a topic with its wordings in the languages that are shown.
type clauseTopic struct {
	Code     string
	Label    link
	Why      string
	Project  string // says that it is rather a matter of contracts; "" for others
	Wordings []clauseWording
	Guidance []link
}

type clauseWording struct {
	Strength string
	Obtains  string
	Texts    []clauseText
}

type clauseText struct {
	Lang, Name, Text string
	Several          bool // its language is named beside it
}

func clauses(q *request) (*page, error) {
	lib, err := practice.Load()
	if err != nil {
		return nil, err
	}
	lang, theme, word := q.Query.Get("language"), q.Query.Get("theme"), strings.ToLower(strings.TrimSpace(q.Query.Get("q")))
	if !slices.Contains(practice.Languages, lang) {
		lang = q.Lang
		if !slices.Contains(practice.Languages, lang) {
			lang = "en"
		}
	}
	d := clausesPage{Action: "/clauses", Query: q.Query.Get("q")}
	if x := q.Query.Get("lang"); x != "" {
		d.Hidden = append(d.Hidden, pair{"lang", x})
	}
	pick := selection{Name: "language", Label: q.T("clauses.language")}
	for _, l := range practice.Languages {
		pick.Options = append(pick.Options, selectable{l, q.code("language", l), l == lang})
	}
	themes := selection{Name: "theme", Label: q.T("clauses.theme"), All: q.T("clauses.all_themes")}
	for _, t := range practice.Themes {
		themes.Options = append(themes.Options, selectable{t, q.T("clauses.themes." + t), t == theme})
	}
	d.Picks = []selection{pick, themes}
	n := 0
	var shown []*practice.Topic
	for _, t := range practice.Themes {
		if slices.Contains(practice.Themes, theme) && t != theme {
			continue
		}
		x := clauseTheme{ID: t, Name: q.T("clauses.themes." + t)}
		for _, topic := range lib.OfTheme(t) {
			if word != "" && !clauseHas(topic, lang, word) {
				continue
			}
			shown = append(shown, topic)
			x.Topics = append(x.Topics, q.clauseTopic(lib, topic, lang))
			n++
		}
		if len(x.Topics) > 0 {
			d.Themes = append(d.Themes, x)
		}
	}
	d.Count = q.T("clauses.count", "n", n)
	if n == 0 {
		d.Empty = &emptyState{What: q.T("clauses.none"), Next: q.T("clauses.none_next"), Links: []link{{Text: q.T("clauses.all"), Href: q.href("/clauses")}}}
	}
	return &page{Template: "clauses", Title: q.T("clauses.title"), Lede: q.T("clauses.lede"), Data: d, Plain: true, JSON: map[string]any{"language": lang, "topics": nonNilTopics(shown), "guidance": lib.Guidance}, CSV: clauseSheet(lib, shown)}, nil
}

func nonNilTopics(l []*practice.Topic) []*practice.Topic {
	if l == nil {
		return []*practice.Topic{}
	}
	return l
}

// clauseHas says whether a topic has a word in its label, its why, or its clauses in a language.
func clauseHas(t *practice.Topic, lang, word string) bool {
	all := []string{t.Label[lang], t.Label["en"], t.Why}
	for _, w := range t.Wordings {
		all = append(all, w.Text[lang], w.Obtains)
	}
	return strings.Contains(strings.ToLower(strings.Join(all, "\n")), word)
}

// clauseTopic shows a topic in some languages.
func (q *request) clauseTopic(lib *practice.Library, t *practice.Topic, langs ...string) clauseTopic {
	label := t.Label[q.Lang]
	if label == "" {
		label = t.Label["en"]
	}
	x := clauseTopic{Code: t.Code, Why: t.Why, Label: link{Text: label, Href: q.href("/clauses/" + t.Code)}}
	if t.Project {
		x.Project = q.T("clauses.project")
	}
	for _, s := range practice.Strengths {
		w := clauseWording{Strength: q.T("clauses.strength." + s), Obtains: t.Wordings[s].Obtains}
		for _, l := range langs {
			w.Texts = append(w.Texts, clauseText{l, q.code("language", l), t.Wordings[s].Text[l], len(langs) > 1})
		}
		x.Wordings = append(x.Wordings, w)
	}
	for _, g := range lib.GuidanceOf(t) {
		x.Guidance = append(x.Guidance, link{Text: g.Title, Href: g.Link, Note: g.Publisher})
	}
	return x
}

func clauseSheet(lib *practice.Library, topics []*practice.Topic) *sheet {
	s := &sheet{Columns: []string{"topic", "theme", "label", "strength", "language", "clause", "obtains", "guidance"}}
	for _, t := range topics {
		var links []string
		for _, g := range lib.GuidanceOf(t) {
			links = append(links, g.Link)
		}
		for _, strength := range practice.Strengths {
			for _, l := range practice.Languages {
				s.Rows = append(s.Rows, []string{t.Code, t.Theme, t.Label["en"], strength, l, t.Wordings[strength].Text[l], t.Wordings[strength].Obtains, strings.Join(links, " ")})
			}
		}
	}
	return s
}

// clauseOne is /clauses/{topic}: a topic in every language.
func clauseOne(q *request) (*page, error) {
	lib, err := practice.Load()
	if err != nil {
		return nil, err
	}
	t := lib.Topic(q.params["topic"])
	if t == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("clauses.no_topic")).WithHint("%s", q.T("clauses.none_next"))
	}
	d := q.clauseTopic(lib, t, practice.Languages...)
	return &page{Template: "clause-page", Title: d.Label.Text, Lede: t.Why, Data: d, Plain: true, Trail: []link{{Text: q.T("nav.clauses"), Href: q.href("/clauses")}}, JSON: map[string]any{"topic": t, "guidance": lib.GuidanceOf(t)}, CSV: clauseSheet(lib, []*practice.Topic{t})}, nil
}
