package tiles

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/client"
	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/registry"
)

// Cosign asks the witnesses of a policy for their signatures below a checkpoint of a held tree, by C2SP tlog-witness. from is the size of the checkpoint
// that they last saw, as far as is known. Where too few answer the error says so, and the old checkpoint stays.
func (h *Held) Cosign(ctx context.Context, checkpoint []byte, size, from uint64, policy []byte, timeout time.Duration) ([]byte, error) {
	if len(bytes.TrimSpace(policy)) == 0 {
		return checkpoint, nil
	}
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return nil, registry.Errorf(registry.Invalid, "the ledger's witnesses: %w", err).WithHint("a policy for a ledger gives each witness its address: witness NAME VKEY URL")
	}
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	out := slices.Clone(checkpoint)
	ends := group.Endpoints()
	var last error
	for _, url := range slices.Sorted(maps.Keys(ends)) {
		if group.Satisfied(out) {
			break
		}
		ctx, stop := context.WithTimeout(ctx, timeout)
		sig, err := h.ask(ctx, url, ends[url], checkpoint, size, from)
		stop()
		if err != nil {
			last = err
			continue
		}
		out = append(out, sig...)
	}
	if !group.Satisfied(out) {
		return nil, registry.Errorf(registry.Internal, "no checkpoint of %d leaves was published: too few witnesses cosigned it: %w", size, last).WithHint("the next change of the registry tries again")
	}
	return out, nil
}

// ask gets one witness's line. A witness that saw another size than was thought says which, and is asked once more.
func (h *Held) ask(ctx context.Context, url string, v note.Verifier, checkpoint []byte, size, from uint64) ([]byte, error) {
	for range 2 {
		status, body, err := h.send(ctx, url, checkpoint, size, from)
		switch {
		case err != nil:
			return nil, err
		case status == http.StatusConflict:
			n, err := strconv.ParseUint(strings.TrimSpace(string(body)), 10, 63)
			if err != nil || n > size {
				return nil, registry.Errorf(registry.Conflict, "the witness %s has seen %q leaves of this ledger, which has %d", v.Name(), strings.TrimSpace(string(body)), size)
			}
			from = n
			continue
		case status != http.StatusOK:
			return nil, registry.Errorf(registry.Internal, "the witness %s answers %d: %.200s", v.Name(), status, body)
		}
		if _, err := note.Open(append(slices.Clone(checkpoint), body...), note.VerifierList(v)); err != nil {
			return nil, registry.Errorf(registry.Internal, "the witness %s sent no signature of its own", v.Name())
		}
		return body, nil
	}
	return nil, registry.Errorf(registry.Internal, "the witness %s does not settle on what it has seen", v.Name())
}

func (h *Held) send(ctx context.Context, url string, checkpoint []byte, size, from uint64) (status int, body []byte, err error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "old %d\n", from)
	if from > 0 && from < size {
		pb, err := client.NewProofBuilder(ctx, size, h.read(size))
		if err != nil {
			return 0, nil, err
		}
		hashes, err := pb.ConsistencyProof(ctx, from, size)
		if err != nil {
			return 0, nil, err
		}
		for _, x := range hashes {
			fmt.Fprintln(&b, base64.StdEncoding.EncodeToString(x))
		}
	}
	b.WriteByte('\n')
	b.Write(checkpoint)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, &b)
	if err != nil {
		return 0, nil, err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, 16<<10))
	return res.StatusCode, body, err
}
