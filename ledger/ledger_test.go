package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/ledger/witness"
	"github.com/openassay/assay/registry"
)

// shelf is a ledger at work: a book and its tree.
type shelf struct {
	*book.Book
	dir     string
	witness []byte
}

func newShelf(t testing.TB, policy func(vkey string) []byte) *shelf {
	t.Helper()
	dir := t.TempDir()
	b, err := book.Open(t.Context(), filepath.Join(dir, book.FileName), book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	s := &shelf{Book: b, dir: filepath.Join(dir, "tree")}
	if policy != nil {
		s.witness = policy(b.VKey())
	}
	return s
}

// enter adds leaves to the book.
func (s *shelf) enter(t testing.TB, leaves ...*ledger.Leaf) {
	t.Helper()
	c, err := s.Cursor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	to := c
	to.Position++
	if err := s.Add(t.Context(), c, to, leaves); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) grow(t testing.TB) error {
	return tiles.Grow(t.Context(), s.dir, s.Key(), func(from int64) ([][]byte, error) { return s.Leaves(t.Context(), from, 5000) }, tiles.Options{Witnesses: s.witness, Timeout: 3 * time.Second})
}

// receipt proves leaves.
func (s *shelf) receipt(t testing.TB, numbers ...int64) ledger.Receipt {
	t.Helper()
	tree, err := tiles.Open(s.dir, s.VKey())
	if err != nil {
		t.Fatal(err)
	}
	var out ledger.Receipt
	for _, n := range numbers {
		data, err := s.Leaves(t.Context(), n, 1)
		if err != nil || len(data) == 0 {
			t.Fatal(n, err)
		}
		hashes, err := tree.Proof(t.Context(), uint64(n), data[0])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ledger.Proof{Leaf: data[0], Index: uint64(n), Hashes: hashes, Checkpoint: tree.Checkpoint})
	}
	return out
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func fileLeaf(t testing.TB, content string) *ledger.Leaf {
	t.Helper()
	l, err := ledger.FileLeaf(sum(content), noon)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func policyOf(t testing.TB, text string) *ledger.Policy {
	t.Helper()
	p, err := ledger.ParsePolicy([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A published file, an entry, an export and a deposit are proven offline by a receipt; the same receipt says nothing of another file.
func TestReceipts(t *testing.T) {
	s := newShelf(t, nil)
	payload := `{"by":"person:test","record":"ins_x","type":"claim"}`
	id := registry.EntryID(sum(payload))
	s.enter(t, fileLeaf(t, "a summary"))
	s.enter(t, ledger.Leaves([]ledger.Event{{At: "2026-11-30T12:00:00Z", ID: id}, {At: "2026-11-30T12:00:00Z", ID: "x", File: sum("the text")}}, 0)...)
	nonce := [32]byte{1, 2, 3}
	secretly := sha256.Sum256([]byte("a draft"))
	place, err := s.Deposit(t.Context(), "2026-11-29", ledger.Commitment(nonce, secretly))
	if err != nil {
		t.Fatal(err)
	}
	day, err := s.Deposits(t.Context(), "2026-11-29")
	if err != nil {
		t.Fatal(err)
	}
	s.enter(t, day.Leaf())
	if err := s.grow(t); err != nil {
		t.Fatal(err)
	}
	p := policyOf(t, "log "+s.VKey()+"\nquorum none\n")
	deposit := s.receipt(t, 2)
	proof := &ledger.DepositProof{Nonce: hex.EncodeToString(nonce[:]), Place: place}
	for _, h := range day.Path(place) {
		proof.Path = append(proof.Path, hex.EncodeToString(h))
	}
	deposit[0].Deposit = proof
	export := fmt.Sprintf(`{"id":%q,"audience":"public","at":"2026-11-30T12:00:00Z","payload":%s}`+"\n", id, payload)
	for name, c := range map[string]struct {
		r       ledger.Receipt
		file    string
		subject string
	}{
		"file":     {s.receipt(t, 0), "a summary", "file"},
		"document": {s.receipt(t, 1), "the text", "file"},
		"deposit":  {deposit, "a draft", "deposit"},
		"export":   {s.receipt(t, 0, 1), export, "export"},
	} {
		r, err := ledger.ParseReceipt(c.r.Bytes())
		if err != nil {
			t.Fatal(name, err)
		}
		if !bytes.Equal(r.Bytes(), c.r.Bytes()) {
			t.Errorf("%s: the receipt does not come back as it was", name)
		}
		v, err := ledger.Verify(p, r, []byte(c.file))
		if err != nil || v.Subject != c.subject || v.Size != 3 || v.Log != s.Name() {
			t.Errorf("%s: %+v %v", name, v, err)
		}
		if _, err := ledger.Verify(p, r, []byte(c.file+" changed")); err == nil {
			t.Errorf("%s: another file passes", name)
		}
	}
	// The tree is thrown away and made again: the same root, signed with the same key.
	before, _ := tiles.Open(s.dir, s.VKey())
	os.RemoveAll(s.dir)
	if err := s.grow(t); err != nil {
		t.Fatal(err)
	}
	after, err := tiles.Open(s.dir, s.VKey())
	if err != nil || !bytes.Equal(before.Checkpoint, after.Checkpoint) {
		t.Errorf("the tree made anew has another checkpoint: %v", err)
	}
}

// witnesses starts n witnesses for a ledger and gives a policy that wants k of them.
func witnesses(t testing.TB, vkey string, n, k int) string {
	t.Helper()
	policy := "log " + vkey + "\n"
	members := ""
	for i := range n {
		w, err := witness.Open(t.TempDir(), fmt.Sprintf("witness-%d.example", i), []string{vkey})
		if err != nil {
			t.Fatal(err)
		}
		srv := httptest.NewServer(w)
		t.Cleanup(srv.Close)
		policy += fmt.Sprintf("witness w%d %s %s\n", i, w.VKey(), srv.URL)
		members += fmt.Sprintf(" w%d", i)
	}
	return policy + fmt.Sprintf("group g %d%s\nquorum g\n", k, members)
}

// With witnesses, a receipt says when they saw the checkpoint; a registry that shows a second ledger, or an older one anew, gets no cosignature.
func TestWitnesses(t *testing.T) {
	var policy string
	s := newShelf(t, func(vkey string) []byte {
		policy = witnesses(t, vkey, 3, 2)
		return []byte(policy)
	})
	s.enter(t, fileLeaf(t, "one"), fileLeaf(t, "two"))
	if err := s.grow(t); err != nil {
		t.Fatal(err)
	}
	p := policyOf(t, policy)
	v, err := ledger.Verify(p, s.receipt(t, 1), []byte("two"))
	if err != nil || len(v.Seen) < 2 || v.By.IsZero() || v.By.Before(time.Now().Add(-time.Minute)) {
		t.Fatalf("%+v %v", v, err)
	}
	// A split view: the same key, other leaves. The tree is made anew elsewhere, as a dishonest operator would.
	honest := s.dir
	s.dir = filepath.Join(t.TempDir(), "other")
	other := [][]byte{fileLeaf(t, "one").Bytes(), fileLeaf(t, "back-dated").Bytes(), fileLeaf(t, "three").Bytes()}
	err = tiles.Grow(t.Context(), s.dir, s.Key(), func(from int64) ([][]byte, error) { return other[from:], nil }, tiles.Options{Witnesses: s.witness, Timeout: 2 * time.Second})
	if err == nil {
		t.Error("witnesses cosigned a second ledger")
	}
	// Without witnesses it can be signed, but nobody with the policy believes it.
	alone := filepath.Join(t.TempDir(), "alone")
	if err := tiles.Grow(t.Context(), alone, s.Key(), func(from int64) ([][]byte, error) { return other[from:], nil }, tiles.Options{}); err != nil {
		t.Fatal(err)
	}
	tree, err := tiles.Open(alone, s.VKey())
	if err != nil {
		t.Fatal(err)
	}
	hashes, err := tree.Proof(t.Context(), 1, other[1])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Verify(p, ledger.Receipt{{Leaf: other[1], Index: 1, Hashes: hashes, Checkpoint: tree.Checkpoint}}, []byte("back-dated")); err == nil {
		t.Error("a split view passes without cosignatures")
	}
	s.dir = honest
	s.enter(t, fileLeaf(t, "three"))
	if err := s.grow(t); err != nil {
		t.Errorf("the honest ledger goes on: %v", err)
	}
}

// Every change to a receipt, to its file or to what stands in the ledger is found: fifty of them.
func TestTampering(t *testing.T) {
	policy := ""
	s := newShelf(t, func(vkey string) []byte {
		policy = witnesses(t, vkey, 2, 2)
		return []byte(policy)
	})
	for i := range 9 {
		s.enter(t, fileLeaf(t, fmt.Sprint("file ", i)))
	}
	if err := s.grow(t); err != nil {
		t.Fatal(err)
	}
	p := policyOf(t, policy)
	good := s.receipt(t, 4)
	if _, err := ledger.Verify(p, good, []byte("file 4")); err != nil {
		t.Fatal(err)
	}
	text := string(good.Bytes())
	found := 0
	refused := func(name, receipt, file string) {
		t.Helper()
		r, err := ledger.ParseReceipt([]byte(receipt))
		if err == nil {
			_, err = ledger.Verify(p, r, []byte(file))
		}
		if err == nil {
			t.Errorf("%s passes", name)
			return
		}
		found++
	}
	// what the ledger says: back-dated, another file, another kind, dropped or reordered leaves
	for _, leaf := range []string{
		strings.Replace(string(good[0].Leaf), "2026", "2025", 1), strings.Replace(string(good[0].Leaf), "11-30", "11-29", 1), strings.Replace(string(good[0].Leaf), "12:00", "11:00", 1),
		string(fileLeaf(t, "file 5").Bytes()), string(fileLeaf(t, "file 3").Bytes()), " " + string(good[0].Leaf), strings.Replace(string(good[0].Leaf), `"kind":"file"`, `"kind":"entries"`, 1),
	} {
		r := ledger.Receipt{good[0]}
		r[0].Leaf = []byte(leaf)
		refused("leaf "+leaf, string(r.Bytes()), "file 4")
	}
	for i := range uint64(12) { // moved elsewhere
		if i != 4 {
			r := ledger.Receipt{good[0]}
			r[0].Index = i
			refused(fmt.Sprint("index ", i), string(r.Bytes()), "file 4")
		}
	}
	for i := range good[0].Hashes { // a proof with a hash changed, dropped, or exchanged
		r := ledger.Receipt{good[0]}
		r[0].Hashes = append([][]byte{}, good[0].Hashes...)
		h := bytes.Clone(r[0].Hashes[i])
		h[0] ^= 1
		r[0].Hashes[i] = h
		refused(fmt.Sprint("hash ", i), string(r.Bytes()), "file 4")
		r[0].Hashes = append(append([][]byte{}, good[0].Hashes[:i]...), good[0].Hashes[i+1:]...)
		refused(fmt.Sprint("hash dropped ", i), string(r.Bytes()), "file 4")
	}
	lines := strings.SplitAfter(string(good[0].Checkpoint), "\n")
	for i, l := range lines { // the checkpoint: every line changed or dropped
		if strings.TrimSpace(l) == "" {
			continue
		}
		changed := append([]string{}, lines...)
		changed[i] = strings.Replace(l, l[len(l)/2:len(l)/2+1], "Z", 1)
		if changed[i] != l {
			refused("checkpoint line "+l, strings.Replace(text, string(good[0].Checkpoint), strings.Join(changed, ""), 1), "file 4")
		}
		changed[i] = ""
		refused("checkpoint without "+l, strings.Replace(text, string(good[0].Checkpoint), strings.Join(changed, ""), 1), "file 4")
	}
	for i := range 16 { // the file, one bit at a time
		b := []byte("file 4")
		b[i%len(b)] ^= 1 << (i / len(b))
		refused("file "+string(b), text, string(b))
	}
	strange := newShelf(t, nil) // another ledger
	for i := range 9 {
		strange.enter(t, fileLeaf(t, fmt.Sprint("file ", i)))
	}
	if err := strange.grow(t); err != nil {
		t.Fatal(err)
	}
	refused("another ledger", string(strange.receipt(t, 4).Bytes()), "file 4")
	refused("cut off", text[:len(text)/2], "file 4")
	refused("empty", "", "file 4")
	if found < 50 {
		t.Errorf("%d tamperings were tried and found; there should be 50", found)
	}
	t.Logf("%d tamperings found", found)
}

// How many deposits a day has does not show: the root, the length of a path and what stands beside a place look alike.
func TestDepositsShowNothing(t *testing.T) {
	secret := bytes.Repeat([]byte{7}, 32)
	for _, n := range []int{0, 1, 100} {
		taken := map[int][32]byte{}
		for i := range n {
			taken[i*600] = sha256.Sum256([]byte{byte(i)})
		}
		d, err := ledger.NewDeposits(secret, "2026-11-30", taken)
		if err != nil {
			t.Fatal(err)
		}
		if l := d.Leaf().Bytes(); len(l) != len(`{"assay":"ledger/1","interval":"2026-11-30","kind":"deposits","root":""}`)+64 {
			t.Errorf("%d deposits: the leaf has %d bytes", n, len(l))
		}
		if p := d.Path(1); len(p) != ledger.DepositDepth {
			t.Errorf("%d deposits: the path has %d steps", n, len(p))
		}
	}
	if _, err := ledger.NewDeposits(secret, "2026-11-30", map[int][32]byte{1 << 16: {}}); err == nil {
		t.Error("a place that is none")
	}
}

func TestPolicies(t *testing.T) {
	s := newShelf(t, nil)
	w, err := witness.Open(t.TempDir(), "w.example", []string{s.VKey()})
	if err != nil {
		t.Fatal(err)
	}
	log := "log " + s.VKey() + "\n"
	wit := "witness w " + w.VKey() + "\n"
	for _, good := range []string{log + "quorum none\n", "# a remark\n\n" + log + wit + " \tquorum\tw \n", log + wit + "group g any w\nquorum g\n"} {
		if _, err := ledger.ParsePolicy([]byte(good)); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for bad, says := range map[string]string{
		"":                                   "no quorum",
		log:                                  "no quorum",
		log + log + "quorum none\n":          "same key",
		log + "quorum w\n":                   "not defined",
		log + wit + wit + "quorum w\n":       "taken",
		log + "log x\nquorum none\n":         "line 2",
		wit + "group g 2 w\nquorum g\n":      `"2" of 1`,
		wit + "group none all w\nquorum g\n": "taken",
		"quorum none\nquorum none\n":         "second quorum",
		"speak friend\n":                     "not known",
		"quorum none\r\n":                    "control character",
		wit + "group g all w w\nquorum g\n":  "group already",
		"group g all missing\nquorum g\n":    "not defined",
		"witness none " + w.VKey() + "\nquorum none\n": "taken",
	} {
		_, err := ledger.ParsePolicy([]byte(bad))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", bad, err, says)
		}
	}
}

func FuzzReceipt(f *testing.F) {
	f.Add([]byte("c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\nname\n1\nAAAA\n\n— name AAAA\n"))
	f.Add([]byte("----\n----\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := ledger.ParseReceipt(b)
		if err != nil {
			return
		}
		again, err := ledger.ParseReceipt(r.Bytes())
		if err != nil || len(again) != len(r) {
			t.Errorf("%q does not come back: %v", b, err)
		}
	})
}

func BenchmarkGrow(b *testing.B) {
	for b.Loop() {
		s := newShelf(b, nil)
		var leaves []*ledger.Leaf
		for i := range 10000 {
			l, _ := ledger.FileLeaf(sum(fmt.Sprint(i)), noon)
			leaves = append(leaves, l)
		}
		start := time.Now()
		s.enter(b, leaves...)
		if err := s.grow(b); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(leaves))/time.Since(start).Seconds(), "publications/s")
	}
}

func TestLeafForms(t *testing.T) {
	if _, err := ledger.ParseLeaf([]byte(`{"assay":"ledger/2","kind":"file"}`)); registry.CodeOf(err) != registry.Unsupported {
		t.Error(err)
	}
	if _, err := ledger.ParseLeaf([]byte(`{"kind":"file","assay":"ledger/1"}`)); registry.CodeOf(err) != registry.Unreadable {
		t.Error(err)
	}
	big := make([]ledger.Event, 1000)
	for i := range big {
		big[i] = ledger.Event{Act: ledger.Withdrawn, At: "2026-11-30T12:00:00Z", File: sum("x"), ID: registry.EntryID(sum(fmt.Sprint(i)))}
	}
	for _, l := range ledger.Leaves(big, 1<<40) {
		if n := len(l.Bytes()); n > ledger.MaxLeaf {
			t.Errorf("a leaf of %d bytes", n)
		}
		if !json.Valid(l.Bytes()) {
			t.Error("no JSON")
		}
	}
}
