package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/openassay/assay/registry"
)

// What a session was begun with beside the password.
const (
	ByTOTP     = "totp"     // a code of an authenticator
	ByPasskey  = "passkey"  // instead of the password too: the authenticator asked for a finger or a PIN
	ByCode     = "code"     // a recovery code
	ByProvider = "provider" // a provider of sign-ins whose word on it counts
)

const (
	totpPeriod   = 30                                 // seconds
	totpSkew     = 1                                  // steps by which clocks may differ
	offerLimit   = 15 * time.Minute                   // to confirm an authenticator
	stepLimit    = 10 * time.Minute                   // between password and code
	stepTries    = 10                                 // of a code after one password
	codeCount    = 10                                 // recovery codes
	codeLetters  = 16                                 // 80 bits
	freshLimit   = 10 * time.Minute                   // since the sign-in: within it, factors are changed without asking for the password
	secretLength = 20                                 // bytes, as RFC 4226 recommends
	codeAlphabet = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's: nothing in it looks like another
)

// perCode is how many codes strangers may try at an account, wherever they come from: a million codes are few.
var perCode = rule{20, 10 * time.Second, 15 * time.Minute}

// Rule says whether a second factor is needed to see more than the public.
type Rule string

// The rules. A registry without one has Required.
const (
	Required Rule = "required"
	Optional Rule = "optional"
)

const ruleName = "second_factor"

// Rule is the registry's.
func (s *Store) Rule(ctx context.Context) (Rule, error) {
	r, err := s.setting(ctx, ruleName)
	return cmp.Or(Rule(r), Required), err
}

// SetRule changes it, at once and for all.
func (s *Store) SetRule(ctx context.Context, by string, r Rule) error {
	if r != Required && r != Optional {
		return registry.Errorf(registry.Invalid, "%q is no rule for second factors", string(r)).WithHint("required or optional")
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, ruleName, string(r)); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: by, Act: "second factor", About: string(r), Outcome: Done})
	})
}

// Factors are what an account can be opened with beside its password.
type Factors struct {
	TOTP     time.Time // when the authenticator was set up; zero where there is none
	Passkeys []Passkey
	Codes    int // recovery codes that were not used yet
	Links    []Link
}

// Count is how many second factors there are. Recovery codes are none: they are for when the others are lost.
func (f *Factors) Count() int {
	n := len(f.Passkeys)
	if !f.TOTP.IsZero() {
		n++
	}
	return n
}

// Factors of a user.
func (s *Store) Factors(ctx context.Context, u *User) (*Factors, error) {
	f := &Factors{}
	var at string
	err := s.db.QueryRowContext(ctx, `SELECT made_at FROM totp WHERE user = ?`, u.ID).Scan(&at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, wrap(s.path, err)
	}
	f.TOTP = parseStamp(at)
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM recovery_code WHERE user = ? AND used_at = ''`, u.ID).Scan(&f.Codes); err != nil {
		return nil, wrap(s.path, err)
	}
	if f.Passkeys, err = s.Passkeys(ctx, u); err != nil {
		return nil, err
	}
	f.Links, err = s.Links(ctx, u)
	return f, err
}

// Offer is an authenticator that is being set up.
type Offer struct {
	Secret string // base32, to be typed where no picture can be taken
	URI    string // otpauth://…, for the picture
}

// OfferTOTP makes the secret of a new authenticator. It holds nothing until ConfirmTOTP.
func (s *Store) OfferTOTP(ctx context.Context, u *User) error {
	secret := make([]byte, secretLength)
	if _, err := io.ReadFull(s.random, secret); err != nil {
		return err
	}
	sealed, err := s.seal(u.ID, secret)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO totp_offered (user, secret, made_at) VALUES (?, ?, ?) ON CONFLICT (user) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at`, u.ID, sealed, s.at())
	return wrap(s.path, err)
}

// Offered is the authenticator that the user is setting up, which will show it under the address of the registry; nil where there is none, or it was begun too long ago.
func (s *Store) Offered(ctx context.Context, u *User, address string) (*Offer, error) {
	secret, err := s.offered(ctx, s.db, u)
	if secret == nil || err != nil {
		return nil, err
	}
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	name := strings.ReplaceAll(strings.TrimSpace("Assay "+line(address, 60)), ":", " ") // a colon would end it
	return &Offer{text, "otpauth://totp/" + escape(name) + ":" + escape(u.Name) + "?secret=" + text + "&issuer=" + escape(name)}, nil
}

// escape is percent-encoding that authenticators read: a blank is never a plus.
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

func (s *Store) offered(ctx context.Context, q queryer, u *User) ([]byte, error) {
	var sealed []byte
	err := q.QueryRowContext(ctx, `SELECT secret FROM totp_offered WHERE user = ? AND made_at > ?`, u.ID, s.before(offerLimit)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, wrap(s.path, err)
	}
	return s.unseal(u.ID, sealed)
}

// before is the stamp of a time that long ago.
func (s *Store) before(d time.Duration) string { return s.now().Add(-d).UTC().Format(stamp) }

// ConfirmTOTP takes the offered authenticator in place of the one there may have been, where the code is of it. All sessions end and a new one
// begins. The first factor of an account comes with recovery codes. Errors: NotRight; *Wait; registry.NotFound where nothing is offered.
func (s *Store) ConfirmTOTP(ctx context.Context, u *User, code string, a Attempt) (e *Entered, codes []string, err error) {
	key := limitKey("confirm", u.ID)
	if wait := s.limits.admit(key, perPair, s.now()); wait > 0 {
		return nil, nil, &Wait{wait}
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		secret, err := s.offered(ctx, tx, u)
		if err != nil {
			return err
		}
		if secret == nil {
			return registry.Errorf(registry.NotFound, "no authenticator is being set up").WithHint("begin again: what was shown counts for a quarter of an hour")
		}
		step, ok := s.stepOf(secret, code, 0)
		if !ok {
			return errNotRight
		}
		sealed, err := s.seal(u.ID, secret)
		if err != nil {
			return err
		}
		for _, q := range []struct {
			do   string
			args []any
		}{
			{`DELETE FROM totp WHERE user = ?`, []any{u.ID}},
			{`INSERT INTO totp (user, secret, made_at, step) VALUES (?, ?, ?, ?)`, []any{u.ID, sealed, s.at(), step}},
			{`DELETE FROM totp_offered WHERE user = ?`, []any{u.ID}},
		} {
			if _, err := tx.ExecContext(ctx, q.do, q.args...); err != nil {
				return err
			}
		}
		codes, err = s.factorAdded(ctx, tx, u, "factor_totp", "authenticator")
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	s.limits.clear(key)
	e, err = s.beginAgain(ctx, u, a, ByTOTP)
	return e, codes, err
}

// factorAdded does what follows from a new factor: other sessions end, the account is told, and where there are no recovery codes there are some.
func (s *Store) factorAdded(ctx context.Context, tx *sql.Tx, u *User, what, note string) (codes []string, err error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE user = ?`, u.ID); err != nil {
		return nil, err
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM recovery_code WHERE user = ? AND used_at = ''`, u.ID).Scan(&n); err != nil {
		return nil, err
	}
	if n == 0 {
		if codes, err = s.newCodes(ctx, tx, u); err != nil {
			return nil, err
		}
	}
	if err := s.tell(ctx, tx, u.ID, what, u.By()); err != nil {
		return nil, err
	}
	return codes, s.note(ctx, tx, Event{By: u.By(), Act: "factor add", About: u.Name, Outcome: Done, Note: note})
}

// beginAgain begins a session for someone whose sessions ended by what they did.
func (s *Store) beginAgain(ctx context.Context, u *User, a Attempt, second string) (*Entered, error) {
	known, err := s.knows(ctx, u, a.Device)
	if err != nil {
		return nil, err
	}
	if !known {
		a.Device = ""
	}
	return s.begin(ctx, u, a, second)
}

// stepOf is the time step of which the code is, later than the last that was taken.
func (s *Store) stepOf(secret []byte, code string, last int64) (step int64, ok bool) {
	now := s.now().Unix() / totpPeriod
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	for i := now - totpSkew; i <= now+totpSkew; i++ {
		want, err := hotp.GenerateCodeCustom(text, uint64(i), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(plainCode(code))) == 1 && i > last && !ok {
			step, ok = i, true
		}
	}
	return step, ok
}

// plainCode is a code without what people put between its letters, and with the letters that look like others.
func plainCode(s string) string {
	if len(s) > 100 {
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -\t\n", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
	return strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(s)
}

// takeTOTP says whether the code is of the user's authenticator and was not taken before, and takes it.
func (s *Store) takeTOTP(ctx context.Context, tx *sql.Tx, u *User, code string) (bool, error) {
	var sealed []byte
	var last int64
	err := tx.QueryRowContext(ctx, `SELECT secret, step FROM totp WHERE user = ?`, u.ID).Scan(&sealed, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	secret, err := s.unseal(u.ID, sealed)
	if err != nil {
		return false, err
	}
	step, ok := s.stepOf(secret, code, last)
	if !ok {
		return false, nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE totp SET step = ? WHERE user = ?`, step, u.ID)
	return err == nil, err
}

// NewCodes gives new recovery codes in place of the old ones. They are shown once: only hashes are kept.
func (s *Store) NewCodes(ctx context.Context, u *User) (codes []string, err error) {
	err = s.change(ctx, func(tx *sql.Tx) error {
		if codes, err = s.newCodes(ctx, tx, u); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, u.ID, "codes_new", u.By()); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: u.By(), Act: "recovery codes", About: u.Name, Outcome: Done})
	})
	return codes, err
}

func (s *Store) newCodes(ctx context.Context, tx *sql.Tx, u *User) (codes []string, err error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE user = ?`, u.ID); err != nil {
		return nil, err
	}
	b := make([]byte, codeLetters)
	for range codeCount {
		if _, err := io.ReadFull(s.random, b); err != nil {
			return nil, err
		}
		for i := range b {
			b[i] = codeAlphabet[b[i]%32]
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery_code (hash, user, used_at) VALUES (?, ?, '')`, codeHash(u, string(b)), u.ID); err != nil {
			return nil, err
		}
		codes = append(codes, string(b[:4])+"-"+string(b[4:8])+"-"+string(b[8:12])+"-"+string(b[12:]))
	}
	return codes, nil
}

// codeHash is what is kept of a recovery code. It has 80 bits of chance: no slow hash is needed.
func codeHash(u *User, plain string) string {
	h := sha256.Sum256([]byte("recovery code of " + u.ID + ": " + plain))
	return hex.EncodeToString(h[:])
}

// takeCode says whether it is a recovery code of the user that was not used, and uses it.
func (s *Store) takeCode(ctx context.Context, tx *sql.Tx, u *User, code string) (bool, error) {
	res, err := tx.ExecContext(ctx, `UPDATE recovery_code SET used_at = ? WHERE user = ? AND hash = ? AND used_at = ''`, s.at(), u.ID, codeHash(u, plainCode(code)))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	return true, s.tell(ctx, tx, u.ID, "code_used", u.By())
}
