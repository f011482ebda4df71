package markup

import (
	"encoding/xml"
	"strings"

	"github.com/openassay/assay/text"
)

// roles reads a list of names for each role.
func roles(lists map[role]string) map[string]role {
	m := map[string]role{}
	for r, names := range lists {
		for _, n := range strings.Fields(names) {
			m[n] = r
		}
	}
	return m
}

var aknRoles = roles(map[role]string{
	skip: "meta toc proprietary marker",
	group: `book tome title part subpart chapter subchapter section subsection article paragraph subparagraph clause subclause division subdivision
		rule subrule list point indent alinea item level transitional proviso hcontainer container tblock blockList recital recitals
		citation citations formula preface preamble body mainBody conclusions coverPage attachment attachments component documentRef debateSection
		speech question answer judgmentBody introduction background arguments motivation decision header listIntroduction listWrapUp
		intro wrapUp content longTitle blockContainer quotedStructure embeddedStructure table tableOfContents akomaNtoso act bill doc judgment debate
		debateBody amendment amendmentBody officialGazette documentCollection collectionBody portion portionBody ul ol dl administrationOfOath
		rollCall prayers oralStatements writtenStatements personalStatements ministerialStatements resolutions nationalInterest declarationOfVote
		communication petitions papers noticesOfMotion questions address proceduralMotions pointOfOrder adjournment narrative scene summary interstitial other`,
	block:   "p block li div from caption crossHeading dt dd",
	number:  "num",
	heading: "heading subheading",
	note:    "authorialNote",
	row:     "tr",
	cell:    "td th",
	newline: "br eol",
})

// AkomaNtoso reads a text in Akoma Ntoso 3.0 or a language that descends from it.
func AkomaNtoso(b []byte) (*text.Source, error) {
	return read(b, scheme{format: "akn", role: func(name string, up []string) role {
		if name == "marker" || name == "meta" {
			return skip
		}
		return aknRoles[name]
	}, attr: aknAttr, provision: aknProvision, eid: aknID})
}

func aknAttr(x *reader, name string, t xml.StartElement) {
	switch name {
	case "FRBRlanguage":
		if x.src.Language == "" {
			x.src.Language = language(attr(t, "language"))
		}
	case "FRBRdate":
		if d := attr(t, "date"); x.src.Date == "" && len(d) >= 10 && len(x.path) > 0 && x.path[len(x.path)-1] == "FRBRWork" && d[:4] > "1000" && d[:4] < "2100" { // drafts bear a date that is none
			x.src.Date = d[:10]
		}
	}
}

// language is BCP 47 for the codes of three letters that these formats use.
func language(s string) string {
	s = strings.ToLower(s)
	if two := map[string]string{"eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "zho": "zh", "chi": "zh", "ara": "ar", "deu": "de",
		"ger": "de", "ita": "it", "nld": "nl", "swa": "sw", "fin": "fi", "swe": "sv", "ell": "el", "rus": "ru"}[s]; two != "" {
		return two
	}
	if len(s) == 2 {
		return s
	}
	return ""
}
