package instance

import (
	"context"
	"encoding/json"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// Noted is what importers noted for these readers: doubtful matches, and files that did not enter.
func (in *Instance) Noted(ctx context.Context, readers registry.Audiences) ([]review.Noted, error) {
	out := []review.Noted{}
	if in.desk == nil {
		return out, nil
	}
	reviews, err := in.desk.Reviews(ctx, readers)
	if err != nil {
		return nil, err
	}
	for _, r := range reviews {
		var options []ingest.Candidate
		if err := json.Unmarshal(r.Reasons, &options); err != nil {
			return nil, registry.Errorf(registry.Unreadable, "review of %s: %v", r.Document, err)
		}
		n := review.Noted{Document: r.Document, Title: r.Title, Since: registry.DayOf(r.First)}
		for _, o := range options {
			n.Options = append(n.Options, review.Option{Record: o.Instrument, Score: o.Score, Reasons: o.Reasons})
		}
		out = append(out, n)
	}
	attempts, err := in.desk.Attempts(ctx, readers)
	if err != nil {
		return nil, err
	}
	for _, a := range attempts {
		out = append(out, review.Noted{Path: a.Path, Reason: oneReason(a), Tries: a.Tries, Since: registry.DayOf(a.First), Last: registry.DayOf(a.Last)})
	}
	return out, nil
}

func oneReason(a desk.Attempt) string {
	if a.Hint == "" {
		return a.Reason
	}
	return a.Reason + " (" + a.Hint + ")"
}

// Verdicts are what people decided about items of the review list without its being knowledge.
func (in *Instance) Verdicts(ctx context.Context) ([]review.Verdict, error) {
	out := []review.Verdict{}
	if in.desk == nil {
		return out, nil
	}
	vs, err := in.desk.Verdicts(ctx)
	for _, v := range vs {
		out = append(out, review.Verdict{Item: v.Item, Evidence: v.Evidence, What: v.What, Until: registry.Day(v.Until), Reason: v.Reason, By: v.By})
	}
	return out, err
}

// Decide remembers a verdict.
func (in *Instance) Decide(ctx context.Context, v review.Verdict) error {
	if in.desk == nil {
		return registry.Errorf(registry.Unsupported, "this registry has no desk").WithHint("serve a data directory: assay serve --data DIR")
	}
	return in.desk.Decide(ctx, desk.Verdict{Item: v.Item, Evidence: v.Evidence, What: v.What, Until: string(v.Until), Reason: v.Reason, By: v.By, At: in.Now()})
}

// Belongs gives what follows from a document being a text of an instrument, for a view of these readers.
func (in *Instance) Belongs(v *registry.View, doc, instrument registry.RecordID) ([]registry.Entry, registry.Audience, error) {
	return in.Importer("").Belongs(v, doc, instrument)
}

// Waiting is everything that waits for these readers, and what they put off.
func (in *Instance) Waiting(ctx context.Context, readers registry.Audiences) (open, later []review.Item, err error) {
	view, entries, err := in.View(ctx, readers, "")
	if err != nil {
		return nil, nil, err
	}
	noted, err := in.Noted(ctx, readers)
	if err != nil {
		return nil, nil, err
	}
	verdicts, err := in.Verdicts(ctx)
	if err != nil {
		return nil, nil, err
	}
	today := registry.DayOf(in.Now())
	open, later = review.Open(review.List(review.Input{View: view, Book: edit.NewBook(entries), Noted: noted, Today: today}), verdicts, today)
	return open, later, nil
}
