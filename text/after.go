package text

import "strings"

// afterWords begin the title of what may stand behind the signatures of an agreement: another instrument, notes, an annex.
var afterWords = []string{"final protocol", "protocole final", "protocolo final", "protocole de signature", "protocol of signature", "protocolo de firma",
	"protocole additionnel", "additional protocol", "protocolo adicional", "exchange of notes", "exchange of letters", "échange de notes", "échange de lettres", "echange de notes",
	"echange de lettres", "canje de notas", "canje de cartas", "troca de notas", "troca de cartas", "notas reversales", "notes", "note", "nota", "notas", "letter", "lettre", "carta",
	"annex", "annexe", "annexes", "anexo", "anexos", "appendix", "appendice", "apéndice", "apêndice", "declaration", "déclaration", "declaración", "declaração",
	"joint declaration", "déclaration commune", "declaración conjunta", "declaração conjunta", "agreed minutes", "procès-verbal", "proces-verbal", "acta", "acta final", "ata",
	"addendum", "adenda", "side letter", "lettre annexe", "understanding", "memorandum", "mémorandum", "memorando", "plan of work", "programme de travail", "plan de trabajo"}

// salutations begin a letter or a note.
var salutations = []string{"excellency", "your excellency", "monsieur le ministre", "madame la ministre", "monsieur l'ambassadeur", "monsieur l’ambassadeur", "monsieur le président",
	"señor ministro", "señora ministra", "señor embajador", "señor canciller", "excelencia", "excelentísimo señor", "excelentisimo senor", "senor ministro", "senor embajador",
	"senhor ministro", "senhora ministra", "senhor embaixador", "excelência", "sir", "dear mr", "dear minister", "monsieur"}

// afterSignatures says whether line i, behind the signatures, opens something else: a title of its own without number, or a letter.
func (s *segmenter) afterSignatures(i int) (n node, used int) {
	t := s.at(i)
	if len(t) > 100 || i+1 >= len(s.lines) || s.lines[i].hint == hintItem {
		return n, 0
	}
	low := strings.ToLower(strings.Trim(t, " .,:;()[]“”\"«»"))
	start := s.lines[i].start
	n = node{kind: KindAnnex, prefix: "annex", start: start, body: start, rank: rankAnnex * 10}
	for _, w := range salutations {
		if low == w || strings.HasPrefix(low, w+" ") && len(low) < len(w)+24 && strings.HasSuffix(strings.TrimSpace(t), ",") || low != w && strings.HasPrefix(low, w) && strings.HasSuffix(t, ":") {
			return n, 1 // the letter has no heading: its salutation is of its words
		}
	}
	if strings.ContainsRune(",;", lastRune(t)) {
		return n, 0
	}
	for _, w := range afterWords {
		if rest, ok := strings.CutPrefix(low, w); !ok || rest != "" && rest[0] != ' ' {
			continue
		} else if rest == "" || allCaps(t) || capitalised(t) && titleLike(strings.TrimRight(t, ".:")) {
			n.head = strings.Trim(t, " .:")
			used = 1
			for used < 3 && s.nameLine(i+used, used) && allCaps(t) {
				n.head += " " + s.at(i+used)
				used++
			}
			n.body = s.next(i + used - 1)
			return n, used
		}
	}
	return n, 0
}
