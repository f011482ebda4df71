package account_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// secured is a store whose key is elsewhere, as in a data directory.
func secured(t testing.TB) (*account.Store, *clock, string) {
	t.Helper()
	c := &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), account.FileName)
	s, err := account.Open(t.Context(), path, account.Options{Now: c.now, Cost: cheap, Key: []byte("a key that is kept in another file")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, c, path
}

var home = account.Attempt{Network: "192.0.2.0/24"}

func attempt(name string) account.Attempt {
	return account.Attempt{Name: name, Password: pass, Network: home.Network}
}

// enrolled gives a user an authenticator, and its secret and recovery codes.
func enrolled(t testing.TB, s *account.Store, c *clock, u *account.User) (secret string, codes []string, e *account.Entered) {
	t.Helper()
	if err := s.OfferTOTP(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	o, err := s.Offered(t.Context(), u, "registry.example")
	if err != nil || o == nil {
		t.Fatal(o, err)
	}
	e, codes, err = s.ConfirmTOTP(t.Context(), u, code(t, o.Secret, c.now()), home)
	if err != nil || len(codes) != 10 {
		t.Fatal(codes, err)
	}
	c.pass(time.Minute)
	return o.Secret, codes, e
}

func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	s, err := totp.GenerateCode(secret, at) // of the library, as authenticators make it
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSecondFactorAtSignIn(t *testing.T) {
	s, c, _ := secured(t)
	u := add(t, s, "Ada", account.Editor, "delegation:ZMB")
	first := enter(t, s, "Ada")
	held, _, err := s.Session(t.Context(), first.Session)
	if err != nil || !held.Held || held.Can(account.Contributor) || !held.Can(account.Reader) || held.Readers().Name() != registry.Reader().Name() {
		t.Fatalf("an editor without a second factor: %+v %v", held, err)
	}
	secret, codes, e := enrolled(t, s, c, u)
	if x, _, _ := s.Session(t.Context(), first.Session); x != nil {
		t.Error("a session of before lives on")
	}
	if x, now, err := s.Session(t.Context(), e.Session); err != nil || x.Held || !x.Can(account.Editor) || now.Second != account.ByTOTP || !x.SecondFactor || x.Unread != 1 {
		t.Errorf("after enrolment: %+v %+v %v", x, now, err)
	}
	in, err := s.SignIn(t.Context(), attempt("Ada"))
	if err != nil || in.Session != "" || in.Step == "" {
		t.Fatalf("the password alone opens: %+v %v", in, err)
	}
	if x, _, _ := s.Session(t.Context(), in.Step); x != nil {
		t.Error("the step is a session")
	}
	right := code(t, secret, c.now())
	for _, wrong := range []string{"", "000000", "12345", right + "0", strings.Repeat("1", 5000), codes[0][:10]} {
		if _, err := s.Second(t.Context(), in.Step, wrong, home); !account.NotRight(err) && !waits(err) {
			t.Errorf("%.20q: %v", wrong, err)
		}
		c.pass(time.Hour * 5)
		if in, err = s.SignIn(t.Context(), attempt("Ada")); err != nil {
			t.Fatal(err)
		}
	}
	right = code(t, secret, c.now())
	if _, err = s.Second(t.Context(), in.Step, right[:3]+" "+right[3:], home); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Second(t.Context(), in.Step, codes[0], home); !account.StepOver(err) {
		t.Errorf("a step counts twice: %v", err)
	}
	again, err := s.SignIn(t.Context(), attempt("Ada"))
	if err != nil {
		t.Fatal(err)
	}
	for _, ago := range []time.Duration{0, 30 * time.Second} { // the code that was used, and the one before it
		if _, err := s.Second(t.Context(), again.Step, code(t, secret, c.now().Add(-ago)), home); !account.NotRight(err) {
			t.Errorf("a code of %v ago is taken after a later one: %v", ago, err)
		}
	}
	c.pass(30 * time.Second)
	if _, err := s.Second(t.Context(), again.Step, code(t, secret, c.now()), home); err != nil {
		t.Errorf("the next code: %v", err)
	}
	late, err := s.SignIn(t.Context(), attempt("Ada"))
	if err != nil {
		t.Fatal(err)
	}
	c.pass(11 * time.Minute)
	if _, err := s.Second(t.Context(), late.Step, code(t, secret, c.now()), home); !account.StepOver(err) {
		t.Errorf("eleven minutes after the password: %v", err)
	}
}

func waits(err error) bool {
	var w *account.Wait
	return errors.As(err, &w)
}

// A recovery code opens once, is typed in whatever way, and the account hears of it.
func TestRecoveryCodes(t *testing.T) {
	s, c, _ := secured(t)
	u := add(t, s, "Ada", account.Editor)
	_, codes, _ := enrolled(t, s, c, u)
	other := add(t, s, "Ben", account.Editor)
	enrolled(t, s, c, other)
	try := func(name, code string) error {
		in, err := s.SignIn(t.Context(), attempt(name))
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Second(t.Context(), in.Step, code, home)
		return err
	}
	if err := try("Ben", codes[0]); !account.NotRight(err) {
		t.Errorf("another's code: %v", err)
	}
	if !regexp.MustCompile(`^([0-9a-z]{4}-){3}[0-9a-z]{4}$`).MatchString(codes[0]) {
		t.Errorf("a code is %q", codes[0])
	}
	sloppy := strings.ReplaceAll(strings.NewReplacer("-", " ", "0", "O", "1", "l").Replace(strings.ToUpper(codes[0])), "L", "l")
	if err := try("Ada", sloppy); err != nil {
		t.Errorf("%q for %q: %v", sloppy, codes[0], err)
	}
	if err := try("Ada", codes[0]); !account.NotRight(err) {
		t.Errorf("a code counts twice: %v", err)
	}
	if f, err := s.Factors(t.Context(), u); err != nil || f.Codes != 9 {
		t.Errorf("%+v %v", f, err)
	}
	told, err := s.Told(t.Context(), u)
	if err != nil || !slicesHas(told, "code_used") || !slicesHas(told, "factor_totp") || !slicesHas(told, "wrong_code") {
		t.Errorf("told: %+v %v", told, err)
	}
	if err := s.Read(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	if told, _ := s.Told(t.Context(), u); len(told) > 0 {
		t.Errorf("told again what was read: %+v", told)
	}
	if _, err := s.NewCodes(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	if err := try("Ada", codes[1]); !account.NotRight(err) {
		t.Errorf("a code of before the new ones: %v", err)
	}
}

func slicesHas(told []account.Told, what string) bool {
	for _, x := range told {
		if x.What == what {
			return true
		}
	}
	return false
}

// Guessing codes is slowed from one network, from many, and ends with the password's step; the owner's own device does not wait for strangers.
func TestCodesAreNotGuessed(t *testing.T) {
	s, c, _ := secured(t)
	u := add(t, s, "Ada", account.Editor)
	secret, _, e := enrolled(t, s, c, u)
	looked := 0
	for i := range 200 {
		a := attempt("Ada")
		a.Network = "10." + string(rune('a'+i%26)) + string(rune('a'+i/26)) // each from another network
		in, err := s.SignIn(t.Context(), a)
		if waits(err) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Second(t.Context(), in.Step, "000000", a); account.NotRight(err) {
			looked++
		} else if !waits(err) {
			t.Fatal(err)
		}
	}
	if looked > 21 {
		t.Errorf("%d of 200 guesses from 200 networks at once were looked at", looked)
	}
	own := attempt("Ada")
	own.Device = e.Device
	in, err := s.SignIn(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Second(t.Context(), in.Step, code(t, secret, c.now()), own); err != nil {
		t.Errorf("the owner on their own device: %v", err)
	}
}

// The file alone gives no codes: not its bytes, and not to a program with another key.
func TestSecretsAreSealed(t *testing.T) {
	s, c, path := secured(t)
	u, v := add(t, s, "Ada", account.Editor), add(t, s, "Ben", account.Editor)
	secret, codes, _ := enrolled(t, s, c, u)
	enrolled(t, s, c, v)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range append(codes, secret, strings.ReplaceAll(codes[0], "-", "")) {
		if strings.Contains(string(b), hidden) {
			t.Errorf("accounts.db holds %q", hidden)
		}
	}
	other, err := account.Open(t.Context(), path, account.Options{Now: c.now, Cost: cheap, Key: []byte("another key, of another directory")})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	in, err := other.SignIn(t.Context(), attempt("Ada"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Second(t.Context(), in.Step, code(t, secret, c.now()), home); registry.CodeOf(err) != registry.Unreadable {
		t.Errorf("with another key: %v", err)
	}
	without, err := account.Open(t.Context(), path, account.Options{Now: c.now, Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer without.Close()
	if err := without.OfferTOTP(t.Context(), u); registry.CodeOf(err) != registry.Unsupported {
		t.Errorf("without a key: %v", err)
	}
}

func TestFactorsComeAndGo(t *testing.T) {
	s, c, _ := secured(t)
	u := add(t, s, "Ada", account.Editor)
	if _, _, err := s.ConfirmTOTP(t.Context(), u, "123456", home); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("nothing offered: %v", err)
	}
	if err := s.OfferTOTP(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ConfirmTOTP(t.Context(), u, "123456", home); !account.NotRight(err) {
		t.Errorf("a wrong code: %v", err)
	}
	c.pass(16 * time.Minute)
	if o, err := s.Offered(t.Context(), u, "registry.example"); o != nil || err != nil {
		t.Errorf("an offer of sixteen minutes ago: %v %v", o, err)
	}
	_, _, e := enrolled(t, s, c, u)
	_, x, err := s.Session(t.Context(), e.Session)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemovePasskey(t.Context(), u, x, "nobody's"); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("a passkey that is not there: %v", err)
	}
	if err := s.RemoveTOTP(t.Context(), u, x); err != nil {
		t.Fatal(err)
	}
	if now, x, err := s.Session(t.Context(), e.Session); err != nil || x.Second != "" || !now.Held {
		t.Errorf("after the last factor went: %+v %+v %v", now, x, err)
	}
	if f, err := s.Factors(t.Context(), u); err != nil || f.Count() != 0 || f.Codes != 0 {
		t.Errorf("%+v %v", f, err)
	}
	for _, r := range []account.Rule{account.Optional, account.Required, "sometimes"} {
		err := s.SetRule(t.Context(), account.Operator, r)
		now, _, _ := s.Session(t.Context(), e.Session)
		if (err != nil) != (r == "sometimes") || now.Held != (r != account.Optional) {
			t.Errorf("%s: held %v, %v", r, now.Held, err)
		}
	}
	reader := add(t, s, "Rita", account.Reader)
	if now, _, _ := s.Session(t.Context(), enter(t, s, "Rita").Session); now.Held || reader.Restricted() {
		t.Error("a reader who sees what the public sees is held")
	}
}
