package assay_test

import "testing"

// Acts of bodies and officials in the present, passives with an agent, futures of one, and what only tells: French, Spanish, Portuguese.
func TestActsOfBodies(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{
		{"fr treaty", "Le conseil des ministres fixe notamment le règlement financier.", "obligation"},
		{"fr treaty", "La conférence des ministres prononce la dissolution.", "obligation"},
		{"fr treaty", "Le secrétaire exécutif prépare les sessions.", "obligation"},
		{"fr treaty", "Le gouvernement du pays hôte veille à la sécurité du siège.", "obligation"},
		{"fr treaty", "Elle prend ses décisions à l'unanimité.", "obligation"},
		{"fr treaty", "Le secrétaire exécutif est chargé, sous l'autorité du président, de préparer les sessions.", "obligation"},
		{"fr treaty", "La présidence est assurée par chacun des États.", "obligation"},
		{"fr treaty", "Le règlement du fonds est établi par le conseil.", "obligation"},
		{"fr treaty", "La session se tient une fois par an.", "obligation"},
		{"fr treaty", "Il est tenu compte de la sécurité.", "obligation"},
		{"fr treaty", "La réunion décidera du programme.", "obligation"},
		{"fr treaty", "Le dépositaire transmettra les copies.", "obligation"},
		{"fr treaty", "La réunion aura lieu à Nordville.", "obligation"},
		{"fr treaty", "Les experts jouiront des immunités.", "right"},
		{"fr treaty", "Le conseil est régi par son règlement.", "declaration"},
		{"fr treaty", "Le présent accord remplacera la convention de 1960.", "declaration"},
		{"fr treaty", "Le présent accord prend fin dans dix ans.", "declaration"},
		{"fr treaty", "Le ministre qui préside la conférence est français.", "declaration"},
		{"fr treaty", "La dépense que l'État supportera est limitée.", "declaration"},
		{"fr other", "Le conseil des ministres fixe le règlement financier.", "declaration"},
	} {
		if n := first(t, c.form, c.sentence); string(n.Modality) != c.want {
			t.Errorf("%s: %q: %s, want %s (%v)", c.form, c.sentence, n.Modality, c.want, n.Rules)
		}
	}
}
