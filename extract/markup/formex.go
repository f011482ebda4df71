package markup

import (
	"encoding/xml"
	"slices"
	"strconv"

	"github.com/openassay/assay/text"
)

var formexRoles = roles(map[role]string{
	skip: "BIB.INSTANCE BIB.DOC BIB.OJ BIB.VOLUME PAPER PDF FMX INCL.ELEMENT TOC PROD.ID FIN.ID PAGE.CONTENTS AGE.OJ",
	group: `ACT ANNEX GENERAL DIVISION ARTICLE PARAG CONTENTS PREAMBLE ENACTING.TERMS FINAL SIGNATURE LIST ITEM NP GR.SEQ GR.VISA GR.CONSID
		TBL CORPUS BLK QUOT.S AGR LETTER PROT TABLE DLIST DLIST.ITEM GR.ANNOTATION ANNOTATION TITLE`,
	block: `P ALINEA TXT VISA CONSID PREAMBLE.INIT PREAMBLE.FINAL GR.CONSID.INIT PL.DATE SIGNATORY TERM DEFINITION MARGIN CONSID.INIT SUBDIV TI.CJT
		AUTHOR TI STI TI.BLK STI.BLK LINE`,
	number:  "NO.PARAG NO.P NO.DIV NO.ANNEX",
	heading: "",
	note:    "NOTE",
	row:     "ROW",
	cell:    "CELL",
})

// Formex reads an act or annex in the format of the Official Journal of the European Union.
func Formex(b []byte) (*text.Source, error) {
	return read(b, scheme{format: "formex", role: formexRole, attr: formexAttr})
}

func formexRole(name string, up []string) role {
	in := ""
	if len(up) > 0 {
		in = up[len(up)-1]
	}
	switch name {
	case "TI.ART":
		return number
	case "STI.ART":
		return heading
	case "TI", "STI":
		if in != "TITLE" {
			break
		}
		switch {
		case len(up) >= 2 && (up[len(up)-2] == "DIVISION") && name == "TI":
			return number
		case len(up) >= 2 && (up[len(up)-2] == "ACT" || up[len(up)-2] == "AGR"):
			return cover
		}
		return heading
	case "P": // within a title it is no paragraph of its own
		if slices.Contains(up, "TI.ART") || slices.Contains(up, "STI.ART") || in == "TI" || in == "STI" {
			return newline
		}
	}
	return formexRoles[name]
}

func formexAttr(x *reader, name string, t xml.StartElement) {
	switch name {
	case "QUOT.START", "QUOT.END":
		if c, err := strconv.ParseUint(attr(t, "CODE"), 16, 32); err == nil && !x.skipping() {
			x.cur.WriteRune(rune(c))
		}
	case "DATE":
		if d := attr(t, "ISO"); len(d) == 8 && x.src.Date == "" && slices.Contains(x.path, "BIB.INSTANCE") {
			x.src.Date = d[:4] + "-" + d[4:6] + "-" + d[6:]
		}
	}
}
