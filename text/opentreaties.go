package text

import (
	"encoding/json"
	"errors"
	"strings"
)

// parseOpenTreaties reads the JSON of the open-treaties collection, which holds a treaty article by article in English and
// Chinese: one source for each language that has text, English first.
func parseOpenTreaties(name, s string) ([]source, error) {
	var t struct {
		TitleEn    string `json:"treaty_en"`
		TitleZh    string `json:"treaty_zh"`
		PreambleEn string `json:"preamble_en"`
		PreambleZh string `json:"preamble_zh"`
		Articles   []struct {
			Number    string `json:"article"`
			TitleEn   string `json:"title_en"`
			TitleZh   string `json:"title_zh"`
			ContentEn string `json:"content_en"`
			ContentZh string `json:"content_zh"`
		} `json:"articles"`
	}
	if err := json.Unmarshal([]byte(s), &t); err != nil {
		e := &Error{Code: CodeInvalid, Name: name, Message: "not the JSON of a treaty: " + err.Error(), Hint: "articles need the fields article, content_en and content_zh"}
		if syn := (*json.SyntaxError)(nil); errors.As(err, &syn) {
			e.Line = 1 + strings.Count(s[:min(max(int(syn.Offset), 0), len(s))], "\n")
		}
		return nil, e
	}
	en := source{format: FormatOpenTreaties, header: header{{"language", "en"}, {"title", t.TitleEn}}}
	zh := source{format: FormatOpenTreaties, header: header{{"language", "zh"}, {"title", t.TitleZh}}}
	en.front(t.TitleEn, t.PreambleEn)
	zh.front(t.TitleZh, t.PreambleZh)
	textEn, textZh := t.PreambleEn != "", t.PreambleZh != ""
	for _, a := range t.Articles {
		number := strings.TrimSpace(a.Number)
		plain := number
		if v := han(number); v > 0 {
			plain = itoa(v)
		}
		if a.ContentEn != "" {
			textEn = true
			en.article("Article "+plain, number, a.TitleEn, a.ContentEn)
		}
		if a.ContentZh != "" {
			textZh = true
			zh.article("第"+number+"條", number, a.TitleZh, a.ContentZh)
		}
	}
	var out []source
	if textEn {
		en.blocks = unflatten(en.blocks, &en.warn)
		out = append(out, en)
	}
	if textZh {
		zh.blocks = unflatten(zh.blocks, &zh.warn)
		out = append(out, zh)
	}
	if len(out) == 0 {
		return nil, &Error{Code: CodeUnsupported, Name: name, Message: "JSON without the articles of a treaty", Hint: "give the text as HTML, Markdown or plain text"}
	}
	return out, nil
}

func (s *source) front(title, preamble string) {
	if title != "" {
		s.blocks = append(s.blocks, block{text: title, hint: hintCover})
	}
	for _, l := range splitLines(preamble) {
		s.blocks = append(s.blocks, block{text: l})
	}
}

func (s *source) article(head, number, title, content string) {
	if number != "" {
		s.blocks = append(s.blocks, block{text: head, hint: hintStruct})
	}
	if title != "" {
		s.blocks = append(s.blocks, block{text: title, hint: hintName, tight: true})
	}
	for i, l := range splitLines(content) {
		s.blocks = append(s.blocks, block{text: l, tight: i > 0})
	}
}
