package text

import (
	"strings"
	"unicode"
)

var preambleWord = map[string]bool{"preamble": true, "préambule": true, "preambule": true, "preámbulo": true, "préambulo": true, "preambulo": true,
	"preâmbulo": true, "序言": true, "前言": true, "преамбула": true, "präambel": true, "recitals": true, "whereas": true, "الديباجة": true}

// formulas close a preamble: the words by which the parties agree to what follows.
var formulas = []string{
	"agree as follows", "agreed as follows", "agreed on the following", "agreed upon the following", "agreed to the following", "decided as follows", "hereby agree",
	"following understanding", "following provisions", "understood as follows", "declare as follows", "have agreed to", "decide as follows", "have decided",
	"lo siguiente", "las siguientes disposiciones", "las disposiciones siguientes", "los siguientes", "en los términos siguientes", "convienen en",
	"de ce qui suit", "ce qui suit", "dispositions suivantes", "dispositions ci-après",
	"o seguinte", "as seguintes disposições", "nos seguintes termos", "como segue",
	"如下", "согласились о нижеследующем", "wie folgt übereingekommen", "على ما يلي",
}

// isFormula says whether a line ends with the words by which the parties agree to what follows.
func isFormula(t string) bool {
	if word, _, _ := strings.Cut(t, " "); agreeing(t) && (allCaps(word) || strings.HasSuffix(t, ":")) {
		return true
	}
	if len(t) > 400 {
		if strings.HasSuffix(t, "。") || strings.HasSuffix(t, ".") || !strings.HasSuffix(t, ":") && !strings.HasSuffix(t, "：") && !strings.HasSuffix(t, ",") {
			return false
		}
		t = t[len(t)-200:]
	}
	t = strings.ToLower(t)
	if len(t) > 160 {
		t = t[len(t)-160:]
	}
	for _, f := range formulas {
		if strings.Contains(t, f) {
			return true
		}
	}
	return false
}

// recitalWord are the first words of recitals that no ending gives away; in lower case.
var recitalWord = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`whereas convinced determined aware mindful conscious resolved desirous guided concerned inspired
		committed encouraged confident anxious animated persuaded pursuant given firmly deeply fully further also in-view alarmed
		considérant reconnaissant désireux désireuses désirant rappelant conscients conscientes convaincus convaincues soucieux soucieuses vu résolus résolues
		notant affirmant réaffirmant estimant ayant constatant animés tenant déterminés attendu souhaitant prenant
		deseosos deseosas conscientes convencidos convencidas decididos decididas resueltos resueltas animados visto vista persuadidos
		desejosos cientes convencidos decididos animados determinados`) {
		m[w] = true
	}
	return m
}()

var hanRecital = []string{"鉴于", "鑒於", "鑑於", "鉴於", "认识到", "認識到", "考虑到", "考慮到", "忆及", "憶及", "回顾", "回顧", "希望", "确信", "確信", "深信", "注意到", "重申", "铭记", "銘記", "意识到", "察及", "决心", "決心"}

// recitalStart says whether a line begins as a recital does: with "Whereas", a participle ("Recalling", "Considerando"), or an adjective of the will.
func recitalStart(t string) bool {
	for _, h := range hanRecital {
		if strings.HasPrefix(t, h) {
			return true
		}
	}
	if m, ok := parseMarker(t); ok && m.cands[0].style != note {
		t = t[m.body:]
	}
	words := strings.Fields(t[:min(len(t), 60)])
	for k := 0; k < 2 && k < len(words); k++ {
		w := words[k]
		if k == 0 && !unicode.IsUpper(firstRune(w)) {
			return false
		}
		low := strings.ToLower(strings.Trim(w, ",:"))
		if recitalWord[low] || participle(low) {
			return true
		}
		if k == 0 && len(w) >= 5 && w == strings.ToUpper(w) && headWord[low].prefix == "" && len(words) > 2 && unicode.IsLower(firstRune(words[1])) && endsOpen(t) {
			return true // "REDUCIR las distorsiones …;"
		}
		if k == 0 && !strings.HasSuffix(low, "ly") && low != "also" && low != "further" && low != "and" {
			return false
		}
	}
	return false
}

// strongRecital says whether a line can be nothing but a recital.
func strongRecital(t string) bool {
	return strings.HasPrefix(t, "Whereas") || strings.HasPrefix(t, "WHEREAS") || isHan(firstRune(t)) && recitalStart(t)
}

// agreeing says whether words begin as a formula does.
func agreeing(t string) bool {
	t = strings.ToLower(t[:min(len(t), 60)])
	for _, f := range []string{"have agreed", "have decided", "hereby agree", "agree as follows", "have reached", "sont convenus", "han convenido", "han acordado",
		"convienen", "acordam", "acordaram"} {
		if strings.HasPrefix(t, f) {
			return true
		}
	}
	return false
}

func participle(w string) bool {
	if len(w) < 6 || w == "during" || w == "nothing" || w == "regarding" || w == "concerning" || w == "notwithstanding" || w == "pending" || w == "according" || w == "memorando" ||
		w == "including" || w == "following" || w == "mining" || w == "processing" || w == "financing" || w == "permitting" {
		return w == "noting" || w == "being"
	}
	for _, end := range []string{"ing", "ando", "iendo", "endo", "indo", "yendo"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// partyOpening says whether a line names the parties as the first line of a preamble does.
func partyOpening(t string) bool {
	if strings.Contains(t, "hereinafter") || strings.Contains(t, "hereafter") || strings.Contains(t, "en adelante") || strings.Contains(t, "ci-après") ||
		strings.Contains(t, "doravante") || strings.Contains(t, "collectively") {
		return true
	}
	for _, p := range []string{"The Government", "The Contracting", "The Part", "The States", "The High ", "The Member", "The Republic", "The Kingdom", "The United ",
		"The European", "El Gobierno", "Los Gobiernos", "La República", "Las Partes", "Le Gouvernement", "Les Gouvernements", "La République", "Les Parties",
		"Les États", "O Governo", "A República", "As Partes", "Os Governos", "本公约", "本公約"} {
		if strings.HasPrefix(t, p) && !strings.HasSuffix(t, ".") && (len(t) > 40 || strings.HasSuffix(t, ",")) {
			return true
		}
	}
	return false
}

// endsOpen says whether a line ends within an enumeration, as recitals do.
func endsOpen(t string) bool {
	t = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(t, " and"), " y"), " et")
	return strings.HasSuffix(t, ";") || strings.HasSuffix(t, ",") || strings.HasSuffix(t, "；") || strings.HasSuffix(t, "，")
}

var signatureOpenings = []string{"in witness w", "in witness t", "in faith whereof", "in testimony whereof", "done at ", "done in ", "done on ", "done this ",
	"signed at ", "signed in ", "signed on ", "signed this ", "signed, ", "en foi de quoi", "fait à ", "fait a ", "fait en ", "hecho en ", "hecha en ",
	"en fe de lo cual", "en testimonio de lo", "feito em ", "feita em ", "em fé do que", "em testemunho", "assinado em ", "firmado en ", "suscrito en ",
	"signé à ", "fait et signé", "fait le ", "fait au ", "fait aux ", "signé le ", "ainsi fait", "hecho y firmado", "hecho el ", "hecho a ", "firmado el ", "firmada en ", "suscrita en ", "dado en ",
	"celebrado en ", "en prueba de conformidad", "en señal de conformidad", "leído que fue", "feito na ", "feito no ", "feito aos ", "feito e assinado", "assinado na ", "assinado no ", "assinado aos ",
	"celebrado em ", "em fé de que", "e por estarem ", "por estarem ", "firmado em ", "en fe de lo anterior", "以昭信守", "совершено в ", "geschehen zu ", "حرر في "}

// signatureOpener says whether a line opens the closing part: testimonium, place and date, signatures.
func signatureOpener(t string) bool {
	if len(t) < 8 {
		return false
	}
	head := strings.ToLower(t[:min(len(t), 40)])
	for _, o := range signatureOpenings {
		if strings.HasPrefix(head, o) {
			return !unicode.IsLower(firstRune(t)) || strings.HasPrefix(head, "in ") || strings.HasPrefix(head, "en f") || strings.HasPrefix(head, "done")
		}
	}
	return false
}

// dateLine says whether a line is no more than a date.
func dateLine(t string) bool {
	if len(t) > 40 || len(t) < 6 {
		return false
	}
	year := false
	for _, w := range strings.FieldsFunc(t, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if n := digits(w); n >= 1800 && n < 2200 {
			year = true
		} else if n < 0 && !monthWord(strings.ToLower(w)) {
			return false
		}
	}
	return year
}

func monthWord(w string) bool {
	for _, d := range []string{"st", "nd", "rd", "th"} {
		if digits(strings.TrimSuffix(w, d)) > 0 {
			return true
		}
	}
	return strings.Contains(" january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "+
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "+
		"janeiro fevereiro março maio junho julho setembro outubro novembro dezembro de of ", " "+w+" ")
}
