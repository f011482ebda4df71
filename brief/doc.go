// Package brief makes briefs of findings: what the records of a registry say within a scope, with numbered citations to sources and to provisions
// of texts, method and limits, in English, French, Spanish and Portuguese; and notes of one page for a minister or a parliamentary committee.
//
// Start with [Make]. It gives a [Brief]: a document of package paper, which its writers turn into HTML, PDF and DOCX, and every statement in it with
// the records, claims and places in texts that it rests on ([Brief.Statements]). [EditionOf] keeps a brief's numbers without its words, and
// [Compare] tells how a later edition differs.
//
// It is pure: no clock, no files; the same view, set and options give the same document. It says nothing that has no record behind it, adds no
// adjective of its own, and passes on recommendations as what they are: the judgement of those who made them. Titles of records stay in the
// language that the registry has them in, marked where that is not the brief's.
package brief
