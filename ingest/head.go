package ingest

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// head is what a file says of itself, in the registry's words.
type head struct {
	date       string // EDTF: of the document
	published  string // EDTF: of the page it came from; "" where only the document is dated
	url        string
	publisher  string
	grade      string
	kind       string // instrument type, where the form of the file tells it
	parties    []string
	events     [][2]string // key, date
	instrument registry.RecordID
	docType    string
	version    string
	sample     bool
}

// header reads a reading's own header. What is not in the registry's form is left out.
func header(rd *text.Reading) head {
	h := head{date: rd.Date, url: rd.SourceURL}
	if _, err := registry.ParseDate(h.date); err != nil {
		h.date = ""
	}
	h.url = address(h.url)
	for _, m := range rd.Meta {
		v := strings.TrimSpace(m.Value)
		switch strings.ToLower(m.Name) {
		case "instrument":
			if id, err := registry.ParseRef(v, []registry.Kind{registry.KindInstrument}); err == nil {
				h.instrument = id
			}
		case "document_type":
			if registry.IsCode("document_type", v) {
				h.docType = v
			}
		case "version":
			h.version = v
		case "sample":
			h.sample = v == "true" || v == "yes"
		case "parties":
			h.parties = append(h.parties, strings.Fields(strings.ReplaceAll(v, ",", " "))...)
		case "date_signed":
			h.event("signed", v)
		case "date_into_force":
			h.event("in_force", v)
		case "date_inactive":
			h.event("terminated", v)
		}
	}
	if rd.Format == "tota" {
		h.kind = "fta"
		h.publisher = "Texts of Trade Agreements (ToTA)"
	} else {
		h.published = h.date
	}
	h.grade = gradeOf(h.url, rd.Format)
	if h.publisher == "" {
		h.publisher = publisherOf(h.url)
	}
	return h
}

// address is a web address as the registry keeps it, blanks and such escaped; "" for anything else.
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	s = u.String()
	if _, err := registry.ParseValue(registry.FieldOf("website"), s, ""); err != nil {
		return ""
	}
	return s
}

func (h *head) event(key, date string) {
	if _, err := registry.ParseDate(date); err == nil {
		h.events = append(h.events, [2]string{key, date})
		if key == "signed" && h.date == "" {
			h.date = date
		}
	}
}

// gradeOf is the grade of a text by where it says it comes from: a government's or an international organisation's own site gives
// the official text; a copy in a collection, or a file without an address, is an aggregator's.
func gradeOf(address, format string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || format == "tota" || format == "open-treaties" {
		return "aggregator"
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, part := range strings.Split(host, ".") {
		switch part {
		case "gov", "gob", "gouv", "govt", "gc", "go", "europa", "int":
			return "official_text"
		}
	}
	return "aggregator"
}

// publishers are organisations by the host of their site; another host stands for itself.
var publishers = map[string]string{
	"whitehouse.gov": "The White House", "ustr.gov": "Office of the United States Trade Representative", "state.gov": "U.S. Department of State",
	"obamawhitehouse.archives.gov": "The White House (archived)", "bidenwhitehouse.archives.gov": "The White House (archived)", "trumpwhitehouse.archives.gov": "The White House (archived)",
}

func publisherOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if p := publishers[host]; p != "" {
		return p
	}
	return host
}

func (h head) title(rd *text.Reading, path string) string {
	t := strings.Join(strings.Fields(rd.Title), " ")
	if t == "" {
		t = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	if len(t) > 400 {
		t = strings.ToValidUTF8(t[:400], "") + "…"
	}
	return t
}

// isInstrument says whether the text is an instrument, and not a paper about one.
func (h head) isInstrument(an *assay.Analysis) bool {
	return h.kind != "" || instrumentType(an) != ""
}

// documentType is a code of document_type: what the file says, else what the kind of text tells.
func (h head) documentType(an *assay.Analysis) string {
	switch {
	case h.docType != "":
		return h.docType
	case an.Instrument.Kind == "fact_sheet":
		return "summary"
	case an.Instrument.Kind == "joint_statement":
		return "statement"
	case h.isInstrument(an):
		return "final"
	}
	return "other"
}

// instrumentTypes are the registry's codes for the kinds that the reading tells apart; a kind that is no instrument is not here.
var instrumentTypes = map[string]string{
	"memorandum_of_understanding": "mou", "joint_statement": "joint_statement", "statement_of_intent": "declaration_of_intent", "declaration": "joint_statement",
	"roadmap": "roadmap", "letter": "letter", "framework": "framework", "partnership": "framework", "trade_agreement": "fta", "agreement": "treaty",
	"treaty": "treaty", "convention": "treaty", "protocol": "treaty", "contract": "contract",
}

func instrumentType(an *assay.Analysis) string { return instrumentTypes[an.Instrument.Kind] }
