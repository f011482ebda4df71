// Package witness is a witness for ledgers by C2SP tlog-witness: it remembers the last checkpoint of each ledger that it knows, and cosigns
// a later one only where a proof shows that nothing was changed or taken out. Who trusts a few witnesses need not trust the registry.
//
// Start with [Open] and serve the handler that it is. It knows nothing of what is in a ledger, and needs nothing of the registry.
package witness

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

const (
	keyName   = "KEY"
	stateName = "checkpoints.json"
	maxBody   = 64 << 10
)

// Witness is an open witness. It may serve many requests at once.
type Witness struct {
	dir    string
	signer *fnote.Signer
	vkey   string
	logs   map[string]note.Verifier // by origin

	mu   sync.Mutex
	last map[string]string // the last cosigned checkpoint, by origin
}

// Open opens the witness that is kept in dir, for the ledgers of these public keys, and makes it with this name where the folder is empty.
func Open(dir, name string, ledgers []string) (*Witness, error) {
	if err := durable.MakeDir(dir); err != nil {
		return nil, err
	}
	w := &Witness{dir: dir, logs: map[string]note.Verifier{}, last: map[string]string{}}
	for _, l := range ledgers {
		v, err := note.NewVerifier(l)
		if err != nil {
			return nil, registry.Errorf(registry.Invalid, "%q is no key of a ledger: %w", l, err)
		}
		w.logs[v.Name()] = v
	}
	skey, err := os.ReadFile(filepath.Join(dir, keyName))
	if errors.Is(err, fs.ErrNotExist) {
		s, _, err := note.GenerateKey(rand.Reader, name)
		if err != nil {
			return nil, registry.Errorf(registry.Invalid, "a witness cannot be called %q: %w", name, err)
		}
		skey = []byte(s + "\n")
		if err := durable.WriteFile(filepath.Join(dir, keyName), skey); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	if w.signer, err = fnote.NewSignerForCosignatureV1(strings.TrimSpace(string(skey))); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s is no key of a witness", filepath.Join(dir, keyName))
	}
	if w.vkey, err = vkeyOf(strings.TrimSpace(string(skey))); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(filepath.Join(dir, stateName))
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &w.last)
	}
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: %w", filepath.Join(dir, stateName), err).
			WithHint("restore it from a backup; a witness that forgot what it cosigned must start anew under another name")
	}
	return w, nil
}

// vkeyOf is the public key of a cosigner as policies write it.
func vkeyOf(skey string) (string, error) {
	parts := strings.SplitN(skey, "+", 5) // PRIVATE+KEY+NAME+HASH+KEY
	if len(parts) != 5 {
		return "", errors.New("a key of another form")
	}
	seed, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", errors.New("a key of another form")
	}
	vkey, err := note.NewEd25519VerifierKey(parts[2], ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return "", err
	}
	return fnote.VKeyToCosignatureV1(vkey)
}

// VKey is the witness's public key, as policies write it.
func (w *Witness) VKey() string { return w.vkey }

// ServeHTTP answers POST …/add-checkpoint and GET …/ORIGIN-HASH/checkpoint.
func (w *Witness) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/add-checkpoint") && r.Method == http.MethodPost:
		w.add(rw, r)
	case strings.HasSuffix(r.URL.Path, "/checkpoint") && r.Method == http.MethodGet:
		w.show(rw, r)
	default:
		http.Error(rw, "a witness answers POST add-checkpoint and GET ORIGIN-HASH/checkpoint", http.StatusNotFound)
	}
}

func (w *Witness) show(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for origin, cp := range w.last {
		sum := sha256.Sum256([]byte(origin))
		if strings.HasSuffix(r.URL.Path, "/"+hex.EncodeToString(sum[:])+"/checkpoint") {
			rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
			io.WriteString(rw, cp)
			return
		}
	}
	http.Error(rw, "no checkpoint of this ledger was cosigned", http.StatusNotFound)
}

func (w *Witness) add(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxBody))
	if err != nil {
		http.Error(rw, "the request is too long", http.StatusRequestEntityTooLarge)
		return
	}
	old, hashes, raw, err := parseAdd(body)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	sig, status, text := w.cosign(old, hashes, raw)
	if status == http.StatusConflict {
		rw.Header().Set("Content-Type", "text/x.tlog.size")
		rw.WriteHeader(status)
		fmt.Fprintf(rw, "%s\n", text)
		return
	}
	if status != http.StatusOK {
		http.Error(rw, text, status)
		return
	}
	rw.Write(sig)
}

// parseAdd reads the body of add-checkpoint.
func parseAdd(body []byte) (old uint64, hashes [][]byte, checkpoint []byte, err error) {
	head, checkpoint, ok := bytes.Cut(body, []byte("\n\n"))
	if !ok {
		return 0, nil, nil, errors.New("no empty line before the checkpoint")
	}
	lines := strings.Split(string(head), "\n")
	n, isOld := strings.CutPrefix(lines[0], "old ")
	old, err = strconv.ParseUint(n, 10, 63)
	if !isOld || err != nil || strconv.FormatUint(old, 10) != n {
		return 0, nil, nil, errors.New("the first line is not: old SIZE")
	}
	for _, l := range lines[1:] {
		h, err := base64.StdEncoding.DecodeString(l)
		if err != nil || len(h) != sha256.Size || len(hashes) == 63 {
			return 0, nil, nil, errors.New("a line of the consistency proof is no hash, or there are too many")
		}
		hashes = append(hashes, h)
	}
	return old, hashes, checkpoint, nil
}

// cosign checks a checkpoint and signs it; the status is that of the answer, the text its reason or, with 409, the size that is known.
func (w *Witness) cosign(old uint64, hashes [][]byte, raw []byte) (sig []byte, status int, text string) {
	origin, _, _ := strings.Cut(string(raw), "\n")
	v := w.logs[origin]
	if v == nil {
		return nil, http.StatusNotFound, "this ledger is not known here"
	}
	cp, _, n, err := log.ParseCheckpoint(raw, origin, v)
	if err != nil {
		return nil, http.StatusForbidden, "the checkpoint is not signed by the ledger"
	}
	if old > cp.Size {
		return nil, http.StatusBadRequest, "the old size is larger than the new one"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var size uint64
	var root []byte
	if last, ok := w.last[origin]; ok {
		known, _, _, err := log.ParseCheckpoint([]byte(last), origin, v)
		if err != nil {
			return nil, http.StatusInternalServerError, "what was cosigned before cannot be read"
		}
		size, root = known.Size, known.Hash
	}
	switch {
	case old != size:
		return nil, http.StatusConflict, strconv.FormatUint(size, 10)
	case cp.Size == 0 && !bytes.Equal(cp.Hash, rfc6962.DefaultHasher.EmptyRoot()):
		return nil, http.StatusUnprocessableEntity, "the empty tree has another root"
	case old == 0 && len(hashes) > 0:
		return nil, http.StatusUnprocessableEntity, "from the empty tree no proof is needed"
	case old > 0:
		if err := proof.VerifyConsistency(rfc6962.DefaultHasher, old, cp.Size, hashes, root, cp.Hash); err != nil {
			return nil, http.StatusUnprocessableEntity, "the ledger does not continue what was cosigned before"
		}
	}
	signed, err := note.Sign(&note.Note{Text: n.Text, Sigs: n.Sigs}, w.signer)
	if err != nil {
		return nil, http.StatusInternalServerError, "it cannot be signed"
	}
	last := w.last[origin]
	w.last[origin] = string(signed)
	b, err := json.Marshal(w.last)
	if err == nil {
		err = durable.WriteFile(filepath.Join(w.dir, stateName), b)
	}
	if err != nil { // what is not kept is not said
		w.last[origin] = last
		if last == "" {
			delete(w.last, origin)
		}
		return nil, http.StatusInternalServerError, "it cannot be kept"
	}
	lines := bytes.SplitAfter(bytes.TrimSuffix(signed, []byte("\n")), []byte("\n"))
	return append(lines[len(lines)-1], '\n'), http.StatusOK, ""
}
