package account

import (
	"context"
	"database/sql"
	"strconv"
	"sync"
	"time"

	"github.com/openassay/assay/registry"
)

// Acts of lines that tell of reads.
const (
	ReadAct   = "read"
	Forgotten = "read (forgotten)" // its words went with time
)

// How long a read is kept where nothing else is said, and at least.
const (
	ReadDays      = 730
	fewestDays    = 30
	mostThings    = 50 // of one answer that are named; how many more there were is in the note
	readDaysName  = "read_days"
	auditKeyName  = "audit_key"
	forgetsEvery  = 6 * time.Hour
	readsTogether = 500
)

// reads gathers what is to be noted, so that reads at the same time share a write to the disk.
type reads struct {
	mu       sync.Mutex
	waiting  []*waitingRead
	busy     bool
	forgot   time.Time
	together int // the most that one write took; for tests
}

type waitingRead struct {
	event Event
	done  chan error
}

// NoteRead writes that something restricted is about to be shown, and returns when the line is on the disk: before the answer leaves, so that nothing
// is read that is not noted, whatever ends the process. Reads at the same time are written together. e gives By, Outlet, Things, Tier, About, Note.
func (s *Store) NoteRead(ctx context.Context, e Event) error {
	e.Act, e.Outcome = ReadAct, Done
	if n := len(e.Things); n > mostThings {
		e.Things, e.Note = e.Things[:mostThings], line(e.Note+" and "+strconv.Itoa(n-mostThings)+" more", 1000)
	}
	w := &waitingRead{e, make(chan error, 1)}
	s.reads.mu.Lock()
	s.reads.waiting = append(s.reads.waiting, w)
	lead := !s.reads.busy
	s.reads.busy = true
	s.reads.mu.Unlock()
	if lead {
		go s.writeReads(context.WithoutCancel(ctx))
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) writeReads(ctx context.Context) {
	for {
		s.reads.mu.Lock()
		batch := s.reads.waiting
		batch = batch[:min(len(batch), readsTogether)]
		if s.reads.waiting = s.reads.waiting[len(batch):]; len(batch) == 0 {
			s.reads.busy = false
			s.reads.mu.Unlock()
			return
		}
		s.reads.together = max(s.reads.together, len(batch))
		forget := s.now().Sub(s.reads.forgot) > forgetsEvery
		if forget {
			s.reads.forgot = s.now()
		}
		s.reads.mu.Unlock()
		err := s.change(ctx, func(tx *sql.Tx) error {
			for _, w := range batch {
				if err := s.note(ctx, tx, w.event); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil && forget {
			_, _ = s.ForgetReads(ctx) // the next turn tries again
		}
		for _, w := range batch {
			w.done <- err
		}
	}
}

// ReadDays is for how many days the words of a read are kept.
func (s *Store) ReadDays(ctx context.Context) (int, error) {
	v, err := s.setting(ctx, readDaysName)
	if n, e := strconv.Atoi(v); e == nil {
		return n, err
	}
	return ReadDays, err
}

// KeepReads says for how many days the words of reads are kept, 30 at least.
func (s *Store) KeepReads(ctx context.Context, by string, days int) error {
	if days < fewestDays || days > 36500 {
		return registry.Errorf(registry.Invalid, "reads cannot be kept for %d days", days).WithHint("30 days at least: who looks after a leak needs them")
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2`, readDaysName, strconv.Itoa(days)); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: by, Act: "audit keep", Outcome: Done, Note: strconv.Itoa(days) + " days"})
	})
}

// ForgetReads takes the words of reads that are older than they are kept, and says of how many. Their hashes stay, so that the chain holds.
func (s *Store) ForgetReads(ctx context.Context) (int64, error) {
	days, err := s.ReadDays(ctx)
	if err != nil {
		return 0, err
	}
	res, err := s.db.ExecContext(ctx, `UPDATE audit SET at = substr(at, 1, 7) || '-01T00:00:00.000Z', by = '', act = ?, about = '', note = '', outlet = '', things = '', tier = '' WHERE act = ? AND at < ?`,
		Forgotten, ReadAct, s.now().AddDate(0, 0, -days).UTC().Format(stamp))
	if err != nil {
		return 0, wrap(s.path, err)
	}
	return res.RowsAffected()
}

func (s *Store) setting(ctx context.Context, name string) (v string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT coalesce((SELECT value FROM setting WHERE name = ?), '')`, name).Scan(&v)
	return v, wrap(s.path, err)
}

// AuditKey is a secret by which pages name, the same each time, what whoever reads them may not know the name of.
func (s *Store) AuditKey(ctx context.Context) ([]byte, error) {
	v, err := s.setting(ctx, auditKeyName)
	if err != nil || v != "" {
		return []byte(v), err
	}
	key, err := s.token()
	if err != nil {
		return nil, err
	}
	if _, err := s.db.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, auditKeyName, key); err != nil {
		return nil, wrap(s.path, err)
	}
	v, err = s.setting(ctx, auditKeyName) // another process may have been first
	return []byte(v), err
}
