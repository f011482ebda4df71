package registry

import "strings"

// Agree says whether two values of one slot say the same, or the same with different exactness. States agree with nothing.
//
//	date      one lies within the other (2025-10 and 2025-10-27)
//	money     same amount and currency, and no different kind
//	quantity  same number and unit
//	url       the same but for scheme, www. and a final slash
//	string    the same but for case and blanks
//	text      the same words; texts in two languages stand in two slots and never compete
//	others    the same
func Agree(a, b Value) bool {
	if a.State != "" || b.State != "" || a.Type != b.Type {
		return false
	}
	if a.Raw == b.Raw {
		return true
	}
	switch a.Type {
	case TypeDate:
		x, _ := a.Date()
		y, _ := b.Date()
		return x.Contains(y) || y.Contains(x)
	case TypeMoney:
		x, ok1 := a.Money()
		y, ok2 := b.Money()
		return ok1 && ok2 && x.Currency == y.Currency && x.Amount.Cmp(y.Amount) == 0 && x.UpTo == y.UpTo &&
			(x.Kind == y.Kind || x.Kind == "" || y.Kind == "" || x.Kind == "unspecified" || y.Kind == "unspecified")
	case TypeQuantity:
		x, ok1 := a.Quantity()
		y, ok2 := b.Quantity()
		return ok1 && ok2 && x.Unit == y.Unit && x.Number.Cmp(y.Number) == 0
	case TypeURL:
		return bareURL(a.Raw) == bareURL(b.Raw)
	case TypeString, TypeText:
		return a.Lang == b.Lang && fold(a.Raw) == fold(b.Raw)
	}
	return false
}

// moreExact says whether a agrees with b and says more.
func moreExact(a, b Value) bool {
	if a.Raw == b.Raw || !Agree(a, b) {
		return false
	}
	switch a.Type {
	case TypeDate:
		x, _ := a.Date()
		y, _ := b.Date()
		return y.Contains(x) && !x.Contains(y)
	case TypeMoney:
		x, _ := a.Money()
		y, _ := b.Money()
		return (y.Kind == "" || y.Kind == "unspecified") && x.Kind != "" && x.Kind != "unspecified"
	}
	return false
}

func bareURL(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "http://"), "https://")
	return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
