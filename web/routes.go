package web

import "github.com/openassay/assay/registry"

// routes is the site map: an address and what makes its page. {x} stands for one part of an address. Each page that has data is also
// there as .json and .csv. What is not here does not exist; parts are matched in order, so that words stand before {x}.
func routes() []route {
	return []route{
		{"/", home},
		{"/index", home},
		{"/negotiations", list(registry.KindNegotiation)},
		{"/negotiations/{address}", record(registry.KindNegotiation)},
		{"/negotiations/{address}/disclosure", recordDisclosure(registry.KindNegotiation)},
		{"/negotiations/{address}/disclosure-index", disclosureIndexOf(registry.KindNegotiation)},
		{"/negotiations/{address}/versions", versions(registry.KindNegotiation)},
		{"/negotiations/{address}/history", recordHistory(registry.KindNegotiation)},
		{"/instruments", list(registry.KindInstrument)},
		{"/instruments/{address}", record(registry.KindInstrument)},
		{"/instruments/{address}/summary", summaryOf},
		{"/instruments/{address}/disclosure", recordDisclosure(registry.KindInstrument)},
		{"/instruments/{address}/disclosure-index", disclosureIndexOf(registry.KindInstrument)},
		{"/instruments/{address}/versions", versions(registry.KindInstrument)},
		{"/instruments/{address}/history", recordHistory(registry.KindInstrument)},
		{"/documents/{address}", document},
		{"/documents/{address}/assay", binds},
		{"/documents/{address}/changes", trackedChanges},
		{"/documents/{address}/cite", cite},
		{"/documents/{address}/download", textDownload},
		{"/documents/{address}/pages/{n}", sheetImage},
		{"/documents/{address}/{eid}", provision},
		{"/parties", list(registry.KindParty)},
		{"/parties/{address}", party},
		{"/parties/{address}/history", recordHistory(registry.KindParty)},
		{"/minerals", list(registry.KindMineral)},
		{"/minerals/{address}", mineral},
		{"/minerals/{address}/history", recordHistory(registry.KindMineral)},
		{"/forums", list(registry.KindForum)},
		{"/forums/{address}", record(registry.KindForum)},
		{"/forums/{address}/history", recordHistory(registry.KindForum)},
		{"/programmes", list(registry.KindProgramme)},
		{"/programmes/{address}", record(registry.KindProgramme)},
		{"/programmes/{address}/history", recordHistory(registry.KindProgramme)},
		{"/projects", list(registry.KindProject)},
		{"/projects/{address}", record(registry.KindProject)},
		{"/projects/{address}/history", recordHistory(registry.KindProject)},
		{"/financing", list(registry.KindFinancing)},
		{"/financing/{address}", record(registry.KindFinancing)},
		{"/financing/{address}/disclosure", recordDisclosure(registry.KindFinancing)},
		{"/financing/{address}/history", recordHistory(registry.KindFinancing)},
		{"/laws", list(registry.KindLaw)},
		{"/laws/{address}", record(registry.KindLaw)},
		{"/laws/{address}/history", recordHistory(registry.KindLaw)},
		{"/overlaps", overlaps},
		{"/overlaps/texts", reuseTexts},
		{"/overlaps/family/{address}/{eid}", family},
		{"/overlaps/{a}/{b}", overlapPair},
		{"/conflicts", conflicts},
		{"/conflicts/rules", conflictRules},
		{"/conflicts/rules/{code}", conflictRule},
		{"/conflicts/{a}/{b}", conflictPair},
		{"/producers", producers},
		{"/clauses", clauses},
		{"/clauses/{topic}", clauseOne},
		{"/search", search},
		{"/compare", compare},
		{"/redline", showRedline},
		{"/side", sideBySide},
		{"/clips", clips},
		{"/findings", findingsOverview},
		{"/findings/{key}", finding},
		{"/map", pictured("map")},
		{"/network", pictured("network")},
		{"/timeline", pictured("timeline")},
		{"/matrix", pictured("matrix")},
		{"/briefs", briefs},
		{"/briefs/compare", editionChanges},
		{"/sources", sources},
		{"/sources/{id}", source},
		{"/method", method},
		{"/method/accuracy", accuracy},
		{"/glossary", glossary},
		{"/help", help},
		{"/corrections", corrections},
		{"/takedowns", takedowns},
		{"/erasures", erasures},
		{"/summary", summaryForm},
		{"/withheld", withheld},
		{"/withheld/grounds", grounds},
		{"/withheld/protocol", modelProtocol},
		{"/disclosure-index", disclosureIndex},
		{"/both-sides", bothSides},
		{"/undisclosed", undisclosed},
		{"/released", released},
		{"/ledger", ledgerHome},
		{"/data", data},
		{"/storybook", storybook},
	}
}

// Patterns are the addresses that there are, of pages for all and of the desk, for who checks every one of them. {x} stands for a part.
func Patterns() []string {
	var out []string
	for _, r := range routes() {
		out = append(out, r.pattern)
	}
	for _, r := range deskRoutes() {
		out = append(out, r.pattern)
	}
	return out
}

// navigation are the addresses of the bar on top of every page, in its order. One that is no route is left out.
var navigation = []string{"/negotiations", "/instruments", "/parties", "/minerals", "/financing", "/projects", "/forums", "/programmes", "/laws",
	"/overlaps", "/conflicts", "/check", "/findings"}

// footnotes are the addresses at the foot of every page.
var footnotes = []string{
	"/clauses",
	"/briefs",
	"/map",
	"/compare",
	"/clips",
	"/sources",
	"/method",
	"/glossary",
	"/corrections",
	"/takedowns",
	"/erasures",
	"/withheld",
	"/disclosure-index",
	"/producers",
	"/ledger",
	"/help",
	"/data",
	"/storybook",
}
