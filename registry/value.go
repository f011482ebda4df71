package registry

import (
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Type is the type of a field's value.
type Type string

// The types of values. Their written form (Value.Raw) is the same in CSV, JSON and the log.
const (
	TypeText         Type = "text"          // words in a language
	TypeString       Type = "string"        // words without a language
	TypeDate         Type = "date"          // EDTF
	TypeCode         Type = "code"          // of a code list
	TypeRef          Type = "ref"           // a record's id
	TypeMoney        Type = "money"         // "up to USD 150000000 loan"
	TypeQuantity     Type = "quantity"      // "35000 t/a"
	TypeNumber       Type = "number"        // "3"
	TypeURL          Type = "url"           // http or https
	TypeMineralStage Type = "mineral_stage" // "cobalt/refine"
	TypeFlag         Type = "flag"          // "yes"
)

// State is what may stand in the place of a value: it is shown beside values and never beats them.
type State string

// The states. Unknown is never "no".
const (
	Unknown       State = "unknown"        // it happened or exists, and the source does not say what or when
	Withheld      State = "withheld"       // it is known and kept back, on a ground
	NotApplicable State = "not_applicable" // there can be none
)

// Value is a claim's value in its canonical written form. Exactly one of Raw and State is set.
type Value struct {
	Type   Type
	Raw    string
	Lang   string // of a text only
	State  State
	Ground string // of a withheld value: a code of withholding_ground
	Review string // of a withheld value: EDTF date of the next review; may be empty
}

// Money is an amount of a currency.
type Money struct {
	Amount   *big.Rat
	Currency string // ISO 4217
	Kind     string // a code of money_kind; may be empty
	UpTo     bool
	About    bool
}

// Quantity is a number with a unit (UCUM-like: t, kt, t/a, a, m, %).
type Quantity struct {
	Number *big.Rat
	Unit   string
	UpTo   bool
	About  bool
}

var (
	moneyForm    = regexp.MustCompile(`^(up to )?(~)?([A-Z]{3}) ([0-9]{1,18}(?:\.[0-9]{1,4})?)(?: ([a-z_]+))?$`)
	quantityForm = regexp.MustCompile(`^(up to )?(~)?([0-9]{1,18}(?:\.[0-9]{1,6})?) ?([A-Za-z%µ][A-Za-z0-9/%·µ]{0,15})?$`)
	urlForm      = regexp.MustCompile(`^https?://[^\s/<>"]+(/[^\s<>"]*)?(\?[^\s<>"]*)?(#[^\s<>"]*)?$`)
)

// ParseMoney reads "USD 553000000 loan", "up to EUR 2000000000 guarantee", "~USD 7000000000".
func ParseMoney(s string) (Money, error) {
	m := moneyForm.FindStringSubmatch(s)
	if m == nil {
		return Money{}, Errorf(Invalid, "%q is not an amount of money", s).
			WithHint("write currency, amount in units without separators, and kind: up to USD 150000000 loan")
	}
	if !currencies[m[3]] {
		return Money{}, Errorf(Invalid, "unknown currency %q in %q", m[3], s).WithHint("use an ISO 4217 code such as USD, EUR, ZMW")
	}
	if m[5] != "" && !IsCode("money_kind", m[5]) {
		return Money{}, Errorf(Invalid, "unknown kind of money %q in %q", m[5], s).WithHint("kinds: %s", strings.Join(Codes("money_kind"), ", "))
	}
	n, _ := new(big.Rat).SetString(m[4])
	return Money{Amount: n, Currency: m[3], Kind: m[5], UpTo: m[1] != "", About: m[2] != ""}, nil
}

// ParseQuantity reads "35000 t/a", "up to 30 a", "12".
func ParseQuantity(s string) (Quantity, error) {
	m := quantityForm.FindStringSubmatch(s)
	if m == nil {
		return Quantity{}, Errorf(Invalid, "%q is not a quantity", s).WithHint("write a number without separators and a unit: 35000 t/a")
	}
	n, _ := new(big.Rat).SetString(m[3])
	return Quantity{Number: n, Unit: m[4], UpTo: m[1] != "", About: m[2] != ""}, nil
}

// Date is the value as a date; ok is false for another type or a state.
func (v Value) Date() (Date, bool) {
	if v.Type != TypeDate || v.State != "" {
		return Date{}, false
	}
	d, err := ParseDate(v.Raw)
	return d, err == nil
}

// Money is the value as money; ok is false for another type or a state.
func (v Value) Money() (Money, bool) {
	if v.Type != TypeMoney || v.State != "" {
		return Money{}, false
	}
	m, err := ParseMoney(v.Raw)
	return m, err == nil
}

// Quantity is the value as a quantity; ok is false for another type or a state.
func (v Value) Quantity() (Quantity, bool) {
	if v.Type != TypeQuantity || v.State != "" {
		return Quantity{}, false
	}
	q, err := ParseQuantity(v.Raw)
	return q, err == nil
}

// MineralStage splits a mineral_stage value; mineral is "*" where all are meant.
func (v Value) MineralStage() (mineral RecordID, stage string, ok bool) {
	if v.Type != TypeMineralStage || v.State != "" {
		return "", "", false
	}
	m, st, ok := strings.Cut(v.Raw, "/")
	return RecordID(m), st, ok
}

// ParseValue reads the written form of a value of field f in language lang ("" for the default, English) and gives its canonical form.
func ParseValue(f *FieldDef, s, lang string) (Value, error) {
	v := Value{Type: f.Type}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return v, Errorf(Invalid, "%s: the value is not clean UTF-8 text", f.Name).WithHint("save the file as UTF-8 without NUL bytes")
	}
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		return parseState(v, f, s)
	}
	if s == "" {
		return v, Errorf(Invalid, "%s: the value is empty", f.Name).WithHint("leave the row out, or write {unknown}")
	}
	if len(s) > 20000 {
		return v, Errorf(Invalid, "%s: the value has %d bytes; at most 20000 are kept", f.Name, len(s)).WithHint("a claim is a fact in our own words; a text is imported as a document")
	}
	v.Raw = s
	var err error
	switch f.Type {
	case TypeText:
		if v.Lang = lang; lang == "" {
			v.Lang = "en"
		}
		if !IsCode("language", v.Lang) {
			err = Errorf(Invalid, "unknown language %q", lang).WithHint("languages: %s", strings.Join(Codes("language"), ", "))
		}
	case TypeDate:
		_, err = ParseDate(s)
	case TypeCode:
		if !IsCode(f.CodeList, s) {
			err = unknownCode(f.CodeList, s)
		}
	case TypeRef:
		var id RecordID
		if id, err = ParseRef(s, f.To); err == nil {
			v.Raw = string(id)
		}
	case TypeMoney:
		_, err = ParseMoney(s)
	case TypeQuantity:
		_, err = ParseQuantity(s)
	case TypeNumber:
		if _, ok := new(big.Int).SetString(s, 10); !ok || len(s) > 18 {
			err = Errorf(Invalid, "%q is not a whole number", s)
		}
	case TypeURL:
		if !urlForm.MatchString(s) || len(s) > 2000 {
			err = Errorf(Invalid, "%q is not a web address", s).WithHint("write http:// or https:// and no blanks")
		}
	case TypeMineralStage:
		v.Raw, err = parseMineralStage(s)
	case TypeFlag:
		if s != "yes" {
			err = Errorf(Invalid, "%q: a flag is yes or has no claim", s)
		}
	}
	return v, err
}

func parseMineralStage(s string) (string, error) {
	m, st, ok := strings.Cut(s, "/")
	if !ok || !IsCode("chain_stage", st) {
		return "", Errorf(Invalid, "%q is not a mineral at a stage", s).WithHint("write mineral/stage, as cobalt/refine or */mine; stages: %s", strings.Join(Codes("chain_stage"), ", "))
	}
	if m == "*" {
		return s, nil
	}
	id, err := ParseRef(m, []Kind{KindMineral})
	return string(id) + "/" + st, err
}

func parseState(v Value, f *FieldDef, s string) (Value, error) {
	parts := strings.Split(strings.Trim(s, "{}"), ":")
	switch strings.ReplaceAll(parts[0], " ", "_") {
	case "unknown":
		v.State = Unknown
	case "not_applicable":
		v.State = NotApplicable
	case "withheld":
		v.State, v.Ground = Withheld, "not_stated"
		if len(parts) > 1 {
			v.Ground = parts[1]
		}
		if !IsCode("withholding_ground", v.Ground) {
			return v, unknownCode("withholding_ground", v.Ground)
		}
		if len(parts) > 2 {
			if _, err := ParseDate(parts[2]); err != nil {
				return v, err
			}
			v.Review = parts[2]
		}
		return v, nil
	}
	if v.State == "" || len(parts) > 1 {
		return v, Errorf(Invalid, "%s: %s is no state of knowledge", f.Name, s).WithHint("{unknown}, {not applicable}, {withheld:GROUND} or {withheld:GROUND:2027-01}")
	}
	return v, nil
}

func unknownCode(list, s string) *Error {
	return Errorf(Invalid, "unknown %s %q", strings.ReplaceAll(list, "_", " "), s).WithHint("codes: %s", strings.Join(Codes(list), ", "))
}

// String is the value as the CSV form writes it, states included.
func (v Value) String() string {
	switch {
	case v.State == "":
		return v.Raw
	case v.State == Withheld && v.Review != "":
		return "{withheld:" + v.Ground + ":" + v.Review + "}"
	case v.State == Withheld:
		return "{withheld:" + v.Ground + "}"
	default:
		return "{" + string(v.State) + "}"
	}
}
