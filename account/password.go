package account

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/registry"
)

// Cost is what a guess of a password costs. The zero value is the cost for real use.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// defaultCost takes about a tenth of a second, and two at once 128 MiB.
var defaultCost = Cost{Memory: 64 << 10, Passes: 2, Threads: 1}

const (
	saltLength   = 16
	keyLength    = 32
	shortestPass = 12  // letters
	longestPass  = 256 // letters; more would only give work
)

// checkPassword refuses passwords that are guessed first.
func checkPassword(name, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < shortestPass:
		return registry.Errorf(registry.Invalid, "the password is too short").WithHint("%d letters or more; several words are easy to keep in mind", shortestPass)
	case n > longestPass || !utf8.ValidString(password):
		return registry.Errorf(registry.Invalid, "the password is too long").WithHint("%d letters or fewer", longestPass)
	}
	p := strings.ToLower(password)
	if f := fold(name); strings.Contains(p, f) && n < len([]rune(f))+shortestPass/2 {
		return registry.Errorf(registry.Invalid, "the password is little more than the name").WithHint("take several words that have nothing to do with it")
	}
	kinds := map[rune]bool{}
	for _, r := range p {
		kinds[r] = true
	}
	weak := len(kinds) < 5
	for _, known := range []string{"password", "passwort", "123456789", "qwertyuiop", "abcdefgh", "administrator", "letmein"} {
		weak = weak || strings.Contains(p, known) && n < len(known)+shortestPass/2
	}
	if weak {
		return registry.Errorf(registry.Invalid, "the password is one of those that are guessed first").WithHint("take several words that do not belong together")
	}
	return nil
}

func (c Cost) key(password string, salt []byte, length uint32) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Passes, c.Memory, c.Threads, length)
}

// encode is the form in which argon2id hashes are commonly written.
func (c Cost) encode(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Threads, b.EncodeToString(salt), b.EncodeToString(key))
}

// decode reads what encode wrote. Costs beyond what a machine can bear are refused: the file may have been written by someone else.
func decode(s string) (c Cost, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	var v int
	if len(parts) == 6 && parts[1] == "argon2id" {
		_, e1 := fmt.Sscanf(parts[2], "v=%d", &v)
		_, e2 := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Threads)
		salt, err = base64.RawStdEncoding.DecodeString(parts[4])
		if err == nil {
			key, err = base64.RawStdEncoding.DecodeString(parts[5])
		}
		if err == nil && e1 == nil && e2 == nil && v == argon2.Version && c.Memory > 0 && c.Memory <= 1<<20 && c.Passes > 0 && c.Passes <= 64 && c.Threads > 0 && len(key) >= 16 && len(key) <= 64 {
			return c, salt, key, nil
		}
	}
	return c, nil, nil, registry.Errorf(registry.Unreadable, "a password in accounts.db cannot be read").WithHint("set it anew with assay user password")
}

// matches says whether the password is the one that was encoded, and whether it should be encoded anew at today's cost.
func (s *Store) matches(stored, password string) (ok, renew bool, err error) {
	c, salt, key, err := decode(stored)
	if err != nil {
		return false, false, err
	}
	got := c.key(password, salt, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, c != s.cost, nil
}
