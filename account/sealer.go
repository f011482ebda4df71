package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"io"

	"github.com/openassay/assay/registry"
)

// newSealer makes the cipher for what has to be read again, the secrets of authenticators: whoever gets hold of accounts.db alone, a stray copy
// or a table that was printed, cannot make codes with it.
func newSealer(key []byte) (cipher.AEAD, error) {
	if key == nil {
		return nil, nil
	}
	k, err := hkdf.Key(sha256.New, key, nil, "assay accounts: secrets of authenticators", 32)
	if err != nil {
		return nil, err
	}
	b, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

// seal hides a secret of a user. It is bound to the user: put into another's row, it does not open.
func (s *Store) seal(user string, secret []byte) ([]byte, error) {
	if s.sealer == nil {
		return nil, registry.Errorf(registry.Unsupported, "the accounts were opened without the directory's SECRET").WithHint("run assay on the whole data directory")
	}
	nonce := make([]byte, s.sealer.NonceSize())
	if _, err := io.ReadFull(s.random, nonce); err != nil {
		return nil, err
	}
	return s.sealer.Seal(nonce, nonce, secret, []byte(user)), nil
}

func (s *Store) unseal(user string, sealed []byte) ([]byte, error) {
	if s.sealer != nil && len(sealed) > s.sealer.NonceSize() {
		n := s.sealer.NonceSize()
		if b, err := s.sealer.Open(nil, sealed[:n], sealed[n:], []byte(user)); err == nil {
			return b, nil
		}
	}
	return nil, registry.Errorf(registry.Unreadable, "the secret of an authenticator in accounts.db cannot be read").
		WithHint("SECRET is not the one it was sealed with: restore both from one backup, or let the person in by assay user recover")
}
