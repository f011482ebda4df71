package projection

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"sync"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

const putMarks = `INSERT INTO marks (document, sides, marks) VALUES (?, ?, ?)`

// putMarksOf keeps what of a text can collide, so that a draft is held against it without its being read again.
func putMarksOf(tx *sql.Tx, d *Document) error {
	rules, err := conflict.Load()
	if err != nil {
		return err
	}
	m := rules.Mark(d.Reading, d.Analysis, false)
	_, err = tx.Exec(putMarks, string(d.Record.ID), strings.Join(m.Parties(), " "), m.Bytes())
	return err
}

// marks are those kept of a document; of one that is known by its analysis alone, or of which none are kept, they are made. Nil with no error
// where the readers see no such document or nothing is known of what it says.
func (p *Projection) marks(ctx context.Context, rules *conflict.Rules, id registry.RecordID) (*conflict.Marks, error) {
	b, err := p.keptMarks(ctx, id)
	if err != nil {
		return nil, err
	}
	if b != nil {
		m, err := rules.ReadMarks(b)
		if err != nil {
			return nil, registry.Errorf(registry.Unreadable, "marks of %s: %v", id, err).WithHint("assay rebuild makes them anew")
		}
		return m, nil
	}
	d, err := p.Document(id)
	if err != nil {
		return nil, err
	}
	if d != nil {
		return rules.Mark(d.Reading, d.Analysis, false), nil
	}
	an, err := p.Analysis(id)
	if an == nil || err != nil {
		return nil, err
	}
	return rules.Mark(nil, an, false), nil
}

func (p *Projection) keptMarks(ctx context.Context, id registry.RecordID) ([]byte, error) {
	p.files.RLock()
	defer p.files.RUnlock()
	var b []byte
	err := p.db.QueryRowContext(ctx, `SELECT marks FROM marks WHERE document = ?`, string(id)).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return b, err
}

// namedSides are the sides that each text names of which marks are kept.
func (p *Projection) namedSides(ctx context.Context) (map[registry.RecordID][]string, error) {
	p.files.RLock()
	defer p.files.RUnlock()
	rows, err := p.db.QueryContext(ctx, `SELECT document, sides FROM marks`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[registry.RecordID][]string{}
	for rows.Next() {
		var id, sides string
		if err := rows.Scan(&id, &sides); err != nil {
			return nil, err
		}
		out[registry.RecordID(id)] = strings.Fields(sides)
	}
	return out, rows.Err()
}

// each calls do for 0 to n-1 on all cores and gives the first error by number.
func each(n int, do func(int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
