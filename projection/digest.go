package projection

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/registry"
)

const putDigest = `INSERT INTO digest (document, digest) VALUES (?, ?)`

// digestOf is the stored form of what a draft check needs of a text.
func digestOf(d *Document) ([]byte, error) {
	lib, err := practice.Load()
	if err != nil {
		return nil, err
	}
	return json.Marshal(draftcheck.DigestOf(d.Reading, d.Analysis, lib))
}

// DraftRegistry is what a draft is held against: a digest of each text that the readers see, and the frameworks that have not ended. Of an
// instrument with several texts one stands for all.
func (p *Projection) DraftRegistry(ctx context.Context) (*draftcheck.Registry, error) {
	lib, err := practice.Load()
	if err != nil {
		return nil, err
	}
	v := p.View("")
	stored, err := p.digests(ctx)
	if err != nil {
		return nil, err
	}
	out := &draftcheck.Registry{Names: map[string]string{}}
	seen := map[registry.RecordID]bool{}
	for _, r := range v.OfKind(registry.KindDocument) {
		refs := r.Refs("instrument") // fact sheets and speeches belong to none: nobody agreed to them
		if len(refs) == 0 {
			continue
		}
		ins := v.Record(refs[0])
		if ins == nil || seen[ins.ID] {
			continue
		}
		d := stored[r.ID]
		if d == nil && r.String("reading") == "" && r.String("analysis") != "" {
			an, err := p.Analysis(r.ID)
			if err != nil || an == nil {
				continue
			}
			d = draftcheck.DigestOf(nil, an, lib)
		}
		if d == nil {
			continue
		}
		seen[ins.ID] = true
		t := draftcheck.Text{Document: string(r.ID), Path: r.Path(), Title: ins.Title(), Date: r.String("date"), Sample: r.Sample() || ins.Sample(), Parties: d.Sides, Digest: d}
		if sides := codesOf(v, ins.Refs("party")); len(sides) > 0 {
			t.Parties = sides
		}
		for _, e := range []string{"signed", "concluded", "announced"} {
			if s := ins.Slot("event", e); s != nil && s.Shown != nil && t.Date == "" {
				t.Date = s.Shown.Value.String()
			}
		}
		out.Texts = append(out.Texts, t)
	}
	for _, r := range v.OfKind(registry.KindParty) {
		out.Names[r.ID.Tail()] = r.Title()
	}
	set := framework.New(v)
	for _, k := range []registry.Kind{registry.KindInstrument, registry.KindNegotiation, registry.KindLaw} {
		for _, r := range v.OfKind(k) {
			f := set.Frame(r.ID)
			if f == nil || f.Ended || r.Sample() {
				continue
			}
			out.Frames = append(out.Frames, draftcheck.Frame{Path: r.Path(), Title: r.Title(), Kind: string(k), Sides: tails(f.Sides), Minerals: tails(f.Minerals), General: f.General,
				Binding: f.Binding, Open: f.Open, From: string(f.From)})
		}
	}
	return out, nil
}

// digests are those stored, by document.
func (p *Projection) digests(ctx context.Context) (map[registry.RecordID]*draftcheck.Digest, error) {
	p.files.RLock()
	defer p.files.RUnlock()
	rows, err := p.db.QueryContext(ctx, `SELECT document, digest FROM digest`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[registry.RecordID]*draftcheck.Digest{}
	for rows.Next() {
		var id string
		var b []byte
		if err := rows.Scan(&id, &b); err != nil {
			return nil, err
		}
		d := new(draftcheck.Digest)
		if err := json.Unmarshal(b, d); err != nil {
			return nil, registry.Errorf(registry.Unreadable, "digest of %s: %v", id, err).WithHint("assay rebuild makes it anew")
		}
		out[registry.RecordID(id)] = d
	}
	return out, rows.Err()
}

// codesOf are the codes of the states and blocs that parties count for.
func codesOf(v *registry.View, ids []registry.RecordID) []string {
	var out []string
	for _, id := range ids {
		if c := framework.StateOf(v, id).Tail(); !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func tails(ids []registry.RecordID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.Tail()
	}
	return out
}
