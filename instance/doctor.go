package instance

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// Check is one thing that the doctor looked at.
type Check struct {
	Name     string   `json:"name"`
	Checked  string   `json:"checked"` // what was looked at, and how much
	Notes    []string `json:"notes"`
	Problems []string `json:"problems"` // empty where all is well
}

func (c *Check) problem(format string, args ...any) {
	c.Problems = append(c.Problems, fmt.Sprintf(format, args...))
}

func (c *Check) note(format string, args ...any) {
	c.Notes = append(c.Notes, fmt.Sprintf(format, args...))
}

// maxProblems is how many differences of a projection are listed.
const maxProblems = 20

// Doctor holds log, blobs, projections and desk against each other. It changes nothing; projections are copied to a temporary
// folder and compared there with ones made anew. The error is for what keeps it from looking.
func (in *Instance) Doctor(ctx context.Context) ([]Check, error) {
	entries, err := in.Entries(ctx)
	if registry.CodeOf(err) == registry.Unreadable {
		return []Check{{Name: "log", Checked: "read until it is damaged", Notes: []string{}, Problems: []string{err.Error()}}}, nil
	}
	if err != nil {
		return nil, err
	}
	out := []Check{in.checkLog(ctx, entries), in.checkBlobs(entries)}
	more, err := in.checkProjections(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, more...)
	d, err := in.checkDesk(ctx, entries)
	if err != nil {
		return nil, err
	}
	out = append(out, d)
	for i := range out {
		if out[i].Notes == nil {
			out[i].Notes = []string{}
		}
		if out[i].Problems == nil {
			out[i].Problems = []string{}
		}
	}
	return out, nil
}

func (in *Instance) checkLog(ctx context.Context, entries []registry.Entry) Check {
	c := Check{Name: "log", Checked: fmt.Sprintf("%d entries; ids fit payloads, sources are there", len(entries))}
	l, ok := in.Log.(*sqlite.Log)
	if g, isGuarded := in.Log.(guarded); isGuarded {
		l, ok = g.Log.(*sqlite.Log)
	}
	if ok {
		if err := l.Check(ctx); err != nil {
			c.problem("%v", err)
		}
	}
	known := map[registry.SourceID]bool{}
	for i := range entries {
		e := &entries[i]
		if !e.Verify() {
			c.problem("entry %s does not fit its payload", e.ID)
		}
		if e.Source != nil {
			known[e.Source.ID] = true
		}
	}
	in.checkIdentity(&c, entries)
	erased := 0
	for i := range entries {
		if entries[i].Erased() {
			erased++
		} else if cl := entries[i].Claim; cl != nil && !known[cl.Source] && erased == 0 {
			c.problem("claim %s rests on the source %s, which is not in the log", entries[i].ID, cl.Source)
		}
	}
	if erased > 0 {
		c.note("%d erased", erased)
	}
	return c
}

// checkIdentity counts merges and splits, and names those that do nothing: of what is not here, or is erased.
func (in *Instance) checkIdentity(c *Check, entries []registry.Entry) {
	claims, records := map[registry.EntryID]bool{}, map[registry.RecordID]bool{}
	for i := range entries {
		if cl := entries[i].Claim; cl != nil {
			claims[entries[i].ID], records[cl.Record] = true, true
		}
	}
	merges, moves := 0, 0
	for i := range entries {
		switch e := &entries[i]; {
		case e.Claim != nil && e.Claim.Field == "redirect" && e.Claim.Value.State == "" && !e.Claim.Not:
			if merges++; !records[registry.RecordID(e.Claim.Value.Raw)] {
				c.note("%s is merged into %s, which is not here", e.Claim.Record, e.Claim.Value.Raw)
			}
		case e.Move != nil:
			moves++
			if n := len(e.Move.Claims) - len(slices.DeleteFunc(slices.Clone(e.Move.Claims), func(id registry.EntryID) bool { return !claims[id] })); n > 0 {
				c.note("the move %s names %d claims that are not here", e.ID, n)
			}
		}
	}
	if merges+moves > 0 {
		c.note("%d merged, %d splits", merges, moves)
	}
}

// blobFields are the fields that name blobs.
var blobFields = []string{"file", "reading", "analysis", "succession", "grams", "fetched"}

// BlobOf is the blob that an entry names, or "".
func BlobOf(e *registry.Entry) string {
	if c := e.Claim; c != nil && c.Value.State == "" && slices.Contains(blobFields, c.Field) {
		return c.Value.Raw
	}
	return ""
}

func (in *Instance) checkBlobs(entries []registry.Entry) Check {
	c := Check{Name: "blobs"}
	wanted := map[string]string{} // hash → who wants it
	for i := range entries {
		if hash := BlobOf(&entries[i]); hash != "" {
			wanted[hash] = string(entries[i].Record()) + " " + entries[i].Claim.Field
		}
	}
	n, extra := 0, 0
	if err := in.Blobs.Walk(func(hash string, _ int64) error {
		n++
		if _, err := in.Blobs.Get(hash); err != nil {
			c.problem("%v", err)
		}
		if wanted[hash] == "" {
			extra++
		}
		return nil
	}); err != nil {
		c.problem("%v", err)
	}
	for hash, who := range wanted {
		if has, err := in.Blobs.Has(hash); err != nil {
			c.problem("%s: %v", who, err)
		} else if !has {
			c.problem("%s: there is no blob %s", who, hash)
		}
	}
	slices.Sort(c.Problems)
	c.Checked = fmt.Sprintf("%d read, each fits its hash; %d that the log names are there", n, len(wanted))
	if extra > 0 {
		c.note("%d are named by no entry: left by an import that was cut off; they are used when it is repeated", extra)
	}
	return c
}

func (in *Instance) checkProjections(ctx context.Context) ([]Check, error) {
	if in.dir == nil {
		return nil, nil
	}
	sets, err := in.projected()
	if err != nil {
		return nil, err
	}
	out := []Check{}
	if in.keys != nil {
		out = append(out, Check{Name: "projections", Checked: "none is kept, for the directory is encrypted; they are made in memory each time"})
		if len(sets) > 0 {
			out[0].problem("%s holds some that are not encrypted; assay rebuild removes them", in.dir.ProjectionPath())
		}
		return out, nil
	}
	for _, readers := range sets {
		c := Check{Name: "projection " + readers.Name()}
		if err := in.checkProjection(ctx, readers, &c); err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			c.problem("%v", err)
		}
		out = append(out, c)
	}
	return out, nil
}

// checkProjection compares a copy, so that looking changes nothing and a writer is not in the way.
func (in *Instance) checkProjection(ctx context.Context, readers registry.Audiences, c *Check) error {
	temp, err := os.MkdirTemp("", "assay-doctor-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	c.Checked = "could not be compared"
	folder := filepath.Join(temp, "copy")
	if err := os.CopyFS(folder, os.DirFS(in.projectionFolder(readers))); err != nil {
		return err
	}
	here, err := projection.OpenAsFound(in.Log, in.Blobs, readers, folder)
	if err != nil {
		return err
	}
	defer here.Close()
	behind, err := here.Behind(ctx)
	if err != nil {
		return err
	}
	if behind {
		c.note("it is behind the log and is brought up to date when it is next used; a copy was brought up to date and compared")
		if err := here.Update(ctx); err != nil {
			return err
		}
	}
	fresh, err := projection.Open(in.Log, in.Blobs, readers, filepath.Join(temp, "fresh"))
	if err != nil {
		return err
	}
	defer fresh.Close()
	if err := fresh.Update(ctx); err != nil {
		return err
	}
	differences, rows, err := here.Compare(ctx, fresh, maxProblems)
	if err != nil {
		return err
	}
	c.Checked = fmt.Sprintf("%d rows compared with a rebuild", rows)
	c.Problems = append(c.Problems, differences...)
	return nil
}

func (in *Instance) checkDesk(ctx context.Context, entries []registry.Entry) (Check, error) {
	c := Check{Name: "desk", Checked: "nothing is waiting"}
	if in.desk == nil {
		return c, nil
	}
	readers := registry.Audiences{registry.Registry, registry.Sealed}
	known := map[registry.RecordID]bool{}
	for i := range entries {
		readers = append(readers, entries[i].Audience)
		known[entries[i].Record()] = true
	}
	readers = registry.Reader(readers...)
	reviews, err := in.desk.Reviews(ctx, readers)
	if err != nil {
		return c, err
	}
	attempts, err := in.desk.Attempts(ctx, readers)
	if err != nil {
		return c, err
	}
	for _, r := range reviews {
		c.checkReview(r, known)
	}
	c.Checked = fmt.Sprintf("%d matches and %d files waiting; what they name is in the log", len(reviews), len(attempts))
	return c, nil
}

func (c *Check) checkReview(r desk.Review, known map[registry.RecordID]bool) {
	if !known[r.Document] {
		c.problem("review of %s: the log does not know this document", r.Document)
	}
	var options []ingest.Candidate
	if err := json.Unmarshal(r.Reasons, &options); err != nil {
		c.problem("review of %s: its reasons cannot be read: %v", r.Document, err)
	}
	for _, o := range options {
		if !known[o.Instrument] {
			c.problem("review of %s: the log does not know the instrument %s", r.Document, o.Instrument)
		}
	}
}
