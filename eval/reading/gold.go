package reading

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

var goldHead = append(append([]string{}, head[:4]...), "a_modality", "a_part", "a_bearer", "a_precise", "a_kind", "b_modality", "b_part", "b_bearer", "b_precise", "b_kind",
	"modality", "part", "bearer", "precise", "kind", "note")

// ReadGold reads an adjudicated file and returns the adjudicated answers. Rows where the adjudicator has not decided are left out.
func ReadGold(b []byte) ([]Row, error) {
	records, err := table(b, goldHead)
	if err != nil {
		return nil, err
	}
	var out []Row
	for i, f := range records {
		r := Row{Hash: f["hash"], Note: f["note"], Answer: Answer{f["modality"], f["part"], f["bearer"], f["precise"], f["kind"]}}
		if err := r.place(f, out); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		if r.Modality == "" {
			continue
		}
		if err := r.Check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// WriteGold lays two readers side by side for the adjudicator: where they agree the answer is filled in, where not it is left empty.
// The units are those of reader a; b's answer is that of the unit of b's that shares most of it.
func WriteGold(w io.Writer, a, b []Row) error {
	c := csv.NewWriter(w)
	_ = c.Write(goldHead)
	for _, r := range a {
		var other Answer
		note := r.Note
		if q, ok := overlap(b, r.Start, r.End); ok {
			other = q.Answer
			if q.Note != "" {
				note = strings.TrimPrefix(note+" / b: "+q.Note, " / ")
			}
			if q.Start != r.Start || q.End != r.End {
				note = strings.TrimPrefix(note+fmt.Sprintf(" / b cuts it at %d-%d", q.Start, q.End), " / ")
			}
		}
		var agreed Answer
		if other == r.Answer {
			agreed = other
		}
		rec := []string{strconv.Itoa(r.Start), strconv.Itoa(r.End), strconv.Itoa(r.Words), r.Hash}
		for _, x := range []Answer{r.Answer, other, agreed} {
			rec = append(rec, x.Modality, x.Part, x.Bearer, x.Precise, x.Kind)
		}
		_ = c.Write(append(rec, note))
	}
	c.Flush()
	return c.Error()
}

// overlap finds the row that shares most bytes with [start, end).
func overlap(rows []Row, start, end int) (Row, bool) {
	best, most := Row{}, 0
	for _, r := range rows {
		if n := min(r.End, end) - max(r.Start, start); n > most {
			best, most = r, n
		}
	}
	return best, most > 0
}
