package projection

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	_ "modernc.org/sqlite" // the driver

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/registry"
)

//go:embed schema/0001_projection.sql
var schema string

// format changes whenever the tables, the index or what is put into them change; a projection of another format is made anew.
// So a change of the rules of conflicts makes it anew too: what was marked by other rules would be missed in silence.
var format = "9-" + draftcheck.DigestVersion + "-" + conflict.Version()

// openDB opens or makes the tables. A file of another format or one that is damaged is thrown away: it can be made again.
func openDB(folder string) (*sql.DB, error) {
	if folder == "" {
		db, err := sql.Open("sqlite", ":memory:")
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1) // each connection to :memory: is a database of its own
		return db, initDB(db)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "projection.db")
	for try := 0; ; try++ {
		db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)")
		if err == nil {
			if err = initDB(db); err == nil {
				return db, nil
			}
			db.Close()
		}
		if try == 1 {
			return nil, registry.Errorf(registry.Unreadable, "projection %s: %v", path, err).WithHint("delete the folder; it is made again from the log")
		}
		if err := Remove(folder); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
	}
}

func initDB(db *sql.DB) error {
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM sqlite_master WHERE name = 'meta'`).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		if _, err := db.Exec(schema); err != nil {
			return err
		}
		_, err := db.Exec(`INSERT INTO meta (name, value) VALUES ('format', ?), ('position', '0')`, format)
		return err
	}
	var f string
	if err := db.QueryRow(`SELECT value FROM meta WHERE name = 'format'`).Scan(&f); err != nil {
		return err
	}
	if f != format {
		return fmt.Errorf("format %s, this binary writes %s", f, format)
	}
	return nil
}

// Remove deletes a projection's folder; the next Update makes it again from the log.
func Remove(folder string) error { return os.RemoveAll(folder) }

// store writes what changed: the index in batches, rows and position in one transaction that is committed after the last of them, so
// that after a crash the rows tell how far both are, and doing it again is harmless.
func (p *Projection) store(ctx context.Context, v *registry.View, facets map[registry.RecordID]Facets, pos claimlog.Position, erased int64, version string) error {
	changed, gone, err := p.diff(ctx, v)
	if err != nil {
		return err
	}
	docs, err := p.changedDocuments(ctx, v, facets)
	if err != nil {
		return err
	}
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	w := &indexWriter{p.index, p.index.NewBatch()}
	if err := w.records(v, facets, changed, gone); err != nil {
		return err
	}
	for _, d := range docs { // one at a time: the texts of a whole library do not fit into memory
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.putDocument(tx, w, d); err != nil {
			return err
		}
	}
	if err := w.flush(0); err != nil {
		return err
	}
	units, err := p.index.DocCount()
	if err != nil {
		return err
	}
	for _, id := range gone {
		for _, q := range []string{`DELETE FROM record WHERE id = ?`, `DELETE FROM facet WHERE record = ?`} {
			if _, err := tx.Exec(q, string(id)); err != nil {
				return err
			}
		}
	}
	if err := putRecords(tx, facets, changed); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT OR REPLACE INTO meta (name, value) VALUES ('position', ?), ('erasures', ?), ('version', ?), ('units', ?)`,
		strconv.FormatInt(int64(pos), 10), strconv.FormatInt(erased, 10), version, strconv.FormatUint(units, 10)); err != nil {
		return err
	}
	return tx.Commit()
}

type row struct {
	record *registry.Record
	json   []byte
}

// diff compares the view with the rows: what is new or different, and what is gone.
func (p *Projection) diff(ctx context.Context, v *registry.View) (changed []row, gone []registry.RecordID, err error) {
	old := map[registry.RecordID]string{}
	rows, err := p.db.QueryContext(ctx, `SELECT id, json FROM record`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, j string
		if err := rows.Scan(&id, &j); err != nil {
			return nil, nil, err
		}
		old[registry.RecordID(id)] = j
	}
	if err := rows.Err(); err != nil {
		return nil, nil, err
	}
	for _, k := range registry.Kinds() {
		for _, r := range v.OfKind(k) {
			j, err := json.Marshal(r.JSON())
			if err != nil {
				return nil, nil, err
			}
			if old[r.ID] != string(j) {
				changed = append(changed, row{r, j})
			}
			delete(old, r.ID)
		}
	}
	for id := range old {
		gone = append(gone, id)
	}
	return changed, gone, nil
}

func putRecords(tx *sql.Tx, facets map[registry.RecordID]Facets, changed []row) error {
	put, err := tx.Prepare(`INSERT OR REPLACE INTO record (id, kind, path, json) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer put.Close()
	for _, c := range changed {
		if _, err := put.Exec(string(c.record.ID), string(c.record.Kind), c.record.Path(), string(c.json)); err != nil {
			return err
		}
	}
	// A facet may change with another record (a state's region), so facets are written for all.
	if _, err := tx.Exec(`DELETE FROM facet`); err != nil {
		return err
	}
	add, err := tx.Prepare(`INSERT INTO facet (record, name, value) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer add.Close()
	for id, f := range facets {
		for name, values := range f {
			for _, x := range values {
				if _, err := add.Exec(string(id), name, x); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// changedDoc is a document whose text or analysis is not the one stored; record is nil where it is gone.
type changedDoc struct {
	id         registry.RecordID
	record     *registry.Record
	instrument string
	facets     Facets // that its provisions carry: those of its instrument, else its own
}

func (p *Projection) changedDocuments(ctx context.Context, v *registry.View, facets map[registry.RecordID]Facets) ([]changedDoc, error) {
	old := map[registry.RecordID][5]string{}
	rows, err := p.db.QueryContext(ctx, `SELECT id, reading, analysis, instrument, title, facets FROM document`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var x [5]string
		if err := rows.Scan(&id, &x[0], &x[1], &x[2], &x[3], &x[4]); err != nil {
			return nil, err
		}
		old[registry.RecordID(id)] = x
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var out []changedDoc
	for _, r := range v.OfKind(registry.KindDocument) {
		ins := ""
		if refs := r.Refs("instrument"); len(refs) > 0 {
			ins = string(refs[0])
		}
		c := changedDoc{id: r.ID, record: r, instrument: ins, facets: facets[r.ID]}
		if f := facets[registry.RecordID(ins)]; ins != "" && f != nil {
			c.facets = f
		}
		is := [5]string{r.String("reading"), r.String("analysis"), ins, r.Title(), c.facets.key()}
		was, known := old[r.ID]
		delete(old, r.ID)
		if is[0] == "" || is[1] == "" {
			if known {
				out = append(out, changedDoc{id: r.ID})
			}
			continue
		}
		if is == was {
			continue
		}
		out = append(out, c)
	}
	for id := range old {
		out = append(out, changedDoc{id: id})
	}
	return out, nil
}

const (
	putDoc       = `INSERT INTO document (id, reading, analysis, instrument, title, language, facets) VALUES (?, ?, ?, ?, ?, ?, ?)`
	putProvision = `INSERT INTO provision (document, n, eid, kind, num, heading, start, "end", parent, modality, part) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	putLabel     = `INSERT OR IGNORE INTO label (document, eid, start, "end", class, rule) VALUES (?, ?, ?, ?, ?, ?)`
)

// putDocument writes rows and index units of one document in the place of what was there.
func (p *Projection) putDocument(tx *sql.Tx, w *indexWriter, c changedDoc) error {
	if err := w.forget(tx, c.id); err != nil {
		return err
	}
	for _, q := range []string{`DELETE FROM digest WHERE document = ?`, `DELETE FROM marks WHERE document = ?`, `DELETE FROM label WHERE document = ?`, `DELETE FROM provision WHERE document = ?`, `DELETE FROM document WHERE id = ?`} {
		if _, err := tx.Exec(q, string(c.id)); err != nil {
			return err
		}
	}
	if c.record == nil {
		return nil
	}
	d, err := p.load(c.record)
	switch registry.CodeOf(err) {
	case "":
	case registry.NotFound, registry.Unreadable, registry.Invalid: // one missing or damaged text must not keep the others from being read; the doctor names it
		return nil
	default:
		return err
	}
	if err := w.provisions(c, d); err != nil {
		return err
	}
	if _, err := tx.Exec(putDoc, string(c.id), c.record.String("reading"), c.record.String("analysis"), c.instrument, c.record.Title(), d.Reading.Language, c.facets.key()); err != nil {
		return err
	}
	digest, err := digestOf(d)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(putDigest, string(c.id), digest); err != nil {
		return err
	}
	if err := putMarksOf(tx, d); err != nil {
		return err
	}
	provision, err := tx.Prepare(putProvision)
	if err != nil {
		return err
	}
	defer provision.Close()
	label, err := tx.Prepare(putLabel)
	if err != nil {
		return err
	}
	defer label.Close()
	for i, t := range d.Reading.Provisions {
		a := d.Analysis.Provisions[i]
		if _, err := provision.Exec(string(c.id), i, t.EID, string(t.Kind), t.Num, t.Heading, t.Start, t.End, t.Parent, string(a.Modality), a.Part); err != nil {
			return err
		}
		for _, l := range a.Labels {
			if _, err := label.Exec(string(c.id), t.EID, l.Start, l.End, l.Class, l.Rule); err != nil {
				return err
			}
		}
	}
	return nil
}
