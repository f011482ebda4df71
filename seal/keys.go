package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// FileName is the file of the keys in a data directory: where it is, the directory is encrypted.
const FileName = "KEYS"

// Keys opens what one registry keeps.
type Keys struct {
	master []byte
	names  []byte // of blobs
	once   sync.Once
	vfs    string
	vfsErr error
}

// Cost is how much work it is to try a passphrase.
type Cost struct {
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory_kib"`
	Threads uint8  `json:"threads"`
}

// DefaultCost takes about half a second and 256 MB.
var DefaultCost = Cost{Time: 3, Memory: 256 << 10, Threads: 4}

// Bounds of a cost that is read from a file: less is no protection, more is somebody's joke.
const (
	leastMemory = 8       // KiB for each thread, by the definition
	mostMemory  = 4 << 20 // KiB
	mostTime    = 1000    // passes
	keyLength   = 32      // bytes
	shortest    = 12      // characters of a passphrase
	longest     = 10_000  // bytes
	format      = 1       // of the file
	kdf         = "argon2id"
)

// keyFile is what stands in FileName.
type keyFile struct {
	Format int    `json:"assay_keys"`
	KDF    string `json:"kdf"`
	Cost   Cost   `json:"cost"`
	Salt   string `json:"salt"`   // hexadecimal
	Sealed string `json:"sealed"` // the master key under the passphrase's key, hexadecimal
}

// Create makes new keys and writes them to path, which must not be there. registry.Invalid for a passphrase that is too short.
func Create(path string, passphrase []byte, cost Cost) (*Keys, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.Conflict, "%s is there already", path).WithHint("the directory is encrypted: assay passphrase changes the passphrase")
	}
	master := make([]byte, keyLength)
	if _, err := io.ReadFull(rand.Reader, master); err != nil {
		return nil, err
	}
	if err := write(path, master, passphrase, cost); err != nil {
		return nil, err
	}
	return fromMaster(master)
}

// Open opens the keys at path. A wrong passphrase is registry.Invalid, a damaged file registry.Unreadable, one of a newer version
// registry.Unsupported.
func Open(path string, passphrase []byte) (*Keys, error) {
	f, err := read(path)
	if err != nil {
		return nil, err
	}
	bad := registry.Errorf(registry.Unreadable, "%s is damaged", path).WithHint("restore it from a backup of the same registry; without it nothing can be opened")
	salt, err1 := hex.DecodeString(f.Salt)
	sealed, err2 := hex.DecodeString(f.Sealed)
	if err1 != nil || err2 != nil || len(salt) < 16 || len(sealed) != chacha20poly1305.NonceSizeX+keyLength+chacha20poly1305.Overhead ||
		f.Cost.Threads == 0 || f.Cost.Time == 0 || f.Cost.Time > mostTime || f.Cost.Memory > mostMemory || f.Cost.Memory < leastMemory*uint32(f.Cost.Threads) {
		return nil, bad
	}
	a, err := chacha20poly1305.NewX(f.Cost.key(passphrase, salt))
	if err != nil {
		return nil, err
	}
	master, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], []byte(kdf))
	if err != nil {
		return nil, registry.Errorf(registry.Invalid, "the passphrase does not open %s", path).
			WithHint("try again: capital letters, keyboard layout; there is no way in without it")
	}
	return fromMaster(master)
}

// Change gives the keys at path another passphrase. Nothing else is written anew; copies of the old file, as in backups, open with the old one.
func (k *Keys) Change(path string, passphrase []byte, cost Cost) error {
	return write(path, k.master, passphrase, cost)
}

// CheckPassphrase says what is wrong with a new one: registry.Invalid.
func CheckPassphrase(p []byte) error {
	switch n := len([]rune(string(normal(p)))); {
	case n < shortest:
		return registry.Errorf(registry.Invalid, "the passphrase has %d characters", n).WithHint("at least %d: five words that have nothing to do with each other are good", shortest)
	case len(p) > longest:
		return registry.Errorf(registry.Invalid, "the passphrase has %d bytes", len(p)).WithHint("at most %d; was another file named?", longest)
	}
	return nil
}

// normal is the same for the same characters, however a keyboard makes them.
func normal(p []byte) []byte { return norm.NFC.Bytes(p) }

func (c Cost) key(passphrase, salt []byte) []byte {
	return argon2.IDKey(normal(passphrase), salt, c.Time, c.Memory, c.Threads, keyLength)
}

func read(path string) (f keyFile, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return f, &registry.Error{Code: registry.Unreadable, Message: path + " cannot be read", Err: err, Hint: "run as the owner of the data directory"}
	}
	err = json.Unmarshal(b, &f)
	if err == nil && f.Format > format {
		return f, registry.Errorf(registry.Unsupported, "%s has format %d; this program knows %d", path, f.Format, format).WithHint("it was written by a newer version of assay: use that one")
	}
	if err != nil || f.Format < 1 || f.KDF != kdf {
		return f, registry.Errorf(registry.Unreadable, "%s is damaged", path).WithHint("restore it from a backup of the same registry; without it nothing can be opened")
	}
	return f, nil
}

func write(path string, master, passphrase []byte, cost Cost) error {
	if err := CheckPassphrase(passphrase); err != nil {
		return err
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(rand.Reader, salt); err != nil {
		return err
	}
	a, err := chacha20poly1305.NewX(cost.key(passphrase, salt))
	if err != nil {
		return err
	}
	nonce := make([]byte, a.NonceSize())
	if _, err := io.ReadFull(rand.Reader, nonce); err != nil {
		return err
	}
	b, err := json.MarshalIndent(keyFile{format, kdf, cost, hex.EncodeToString(salt), hex.EncodeToString(a.Seal(nonce, nonce, master, []byte(kdf)))}, "", " ")
	if err != nil {
		return err
	}
	if err := durable.WriteFile(path, append(b, '\n')); err != nil {
		return &registry.Error{Code: registry.Unreadable, Message: path + " cannot be written", Err: err, Hint: "check the disk and who owns the folder"}
	}
	return nil
}

func fromMaster(master []byte) (*Keys, error) {
	k := &Keys{master: master}
	var err error
	k.names, err = k.derive("names of blobs", keyLength)
	return k, err
}

// derive makes a key for one purpose.
func (k *Keys) derive(purpose string, length int) ([]byte, error) {
	return hkdf.Key(sha256.New, k.master, nil, "assay "+purpose, length)
}

// Name is a name for what has a hash: the same each time, and to nobody without the keys a sign of what it names.
func (k *Keys) Name(hash string) string {
	h := hmac.New(sha256.New, k.names)
	h.Write([]byte(hash))
	return hex.EncodeToString(h.Sum(nil))
}

func (k *Keys) file(purpose string) (cipher.AEAD, error) {
	key, err := k.derive("file "+purpose, keyLength)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(key)
}

// Make opens the keys at path, or creates them where there are none.
func Make(path string, passphrase []byte, cost Cost) (*Keys, error) {
	if _, err := os.Stat(path); err == nil {
		return Open(path, passphrase)
	}
	return Create(path, passphrase, cost)
}

// Seal encrypts data; only Unseal with the same context opens it. The length is rounded up, so that it tells little.
func (k *Keys) Seal(context string, data []byte) ([]byte, error) {
	a, err := k.file(kind(context))
	if err != nil {
		return nil, err
	}
	n := padded(8 + len(data))
	plain := make([]byte, a.NonceSize()+n, a.NonceSize()+n+a.Overhead())
	if _, err := io.ReadFull(rand.Reader, plain[:a.NonceSize()]); err != nil {
		return nil, err
	}
	body := plain[a.NonceSize():]
	for i := range 8 {
		body[i] = byte(uint64(len(data)) >> (8 * i))
	}
	copy(body[8:], data)
	return a.Seal(plain[:a.NonceSize()], plain[:a.NonceSize()], body, []byte(context)), nil
}

var errSealed = errors.New("it was changed, or sealed with other keys")

// Unseal gives back what Seal took.
func (k *Keys) Unseal(context string, sealed []byte) ([]byte, error) {
	a, err := k.file(kind(context))
	if err != nil {
		return nil, err
	}
	if len(sealed) < a.NonceSize() {
		return nil, errSealed
	}
	plain, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], []byte(context))
	if err != nil || len(plain) < 8 {
		return nil, errSealed
	}
	var n uint64
	for i := range 8 {
		n |= uint64(plain[i]) << (8 * i)
	}
	if n > uint64(len(plain)-8) {
		return nil, errSealed
	}
	return plain[8 : 8+n : 8+n], nil
}

// kind is the first word of a context: things of one kind share a key.
func kind(context string) string {
	word, _, _ := strings.Cut(context, " ")
	return word
}

// padded rounds a length up so that few lengths are left: to 4 KiB, then by less than an eighth (Padmé, of Nikitin et al. 2019, has the idea).
func padded(n int) int {
	step := 4096
	for step*8 < n {
		step *= 2
	}
	return (n + step - 1) / step * step
}

// String keeps keys out of messages.
func (k *Keys) String() string { return "keys" }

// Format keeps them out of messages however they are printed.
func (k *Keys) Format(s fmt.State, _ rune) { io.WriteString(s, "keys") }
