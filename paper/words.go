package paper

import "strings"

// Words are the few words that writers add to a document, in its language.
type Words struct{ Page, Of, Note, Notes, Comment, Comments, Added, Deleted, End, Figure, Continued, Missing string }

var words = map[string]Words{
	"en": {"Page", "of", "Note", "Notes", "Comment", "Comments", "added", "deleted", "end", "Figure", "continued", "%d characters that the typeface of this file lacks are shown as ☐; the DOCX and HTML forms have them."},
	"fr": {"Page", "sur", "Note", "Notes", "Commentaire", "Commentaires", "ajouté", "supprimé", "fin", "Figure", "suite", "%d caractères qui manquent à la police de ce fichier sont remplacés par ☐ ; les formes DOCX et HTML les contiennent."},
	"es": {"Página", "de", "Nota", "Notas", "Comentario", "Comentarios", "añadido", "suprimido", "fin", "Figura", "continuación", "%d caracteres que faltan en la tipografía de este archivo se muestran como ☐; las formas DOCX y HTML los contienen."},
	"pt": {"Página", "de", "Nota", "Notas", "Comentário", "Comentários", "acrescentado", "suprimido", "fim", "Figura", "continuação", "%d caracteres que faltam na fonte deste ficheiro são mostrados como ☐; as formas DOCX e HTML contêm-nos."},
}

// WordsIn gives the words in a language, English where there are none of it.
func WordsIn(lang string) Words {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if w, ok := words[base]; ok {
		return w
	}
	return words["en"]
}

// RightToLeft says whether a language is written from right to left.
func RightToLeft(lang string) bool {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return base == "ar" || base == "fa" || base == "he" || base == "ur"
}
