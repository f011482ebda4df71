package projection

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
)

// dumps are the queries whose rows, in this order, are the canonical dump of a projection.
var dumps = []string{
	`SELECT 'record', id, kind, path, json FROM record ORDER BY id`,
	`SELECT 'facet', record, name, value, '' FROM facet ORDER BY record, name, value`,
	`SELECT 'document', id, reading, analysis, instrument || ' ' || title || ' ' || language || ' ' || facets FROM document ORDER BY id`,
	`SELECT 'provision', document, n || ' ' || eid, kind || ' ' || num || ' ' || heading, start || ' ' || "end" || ' ' || parent || ' ' || modality || ' ' || part FROM provision ORDER BY document, n`,
	`SELECT 'digest', document, digest, '', '' FROM digest ORDER BY document`,
	`SELECT 'marks', document, sides, marks, '' FROM marks ORDER BY document`,
	`SELECT 'label', document, eid, class || ' ' || rule, start || ' ' || "end" FROM label ORDER BY document, start, "end", class, rule, eid`,
}

// Dump writes every row in a stable order, a line each.
func (p *Projection) Dump(ctx context.Context, w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, q := range dumps {
		rows, err := p.db.QueryContext(ctx, q)
		if err != nil {
			return err
		}
		for rows.Next() {
			var c [5]string
			if err := rows.Scan(&c[0], &c[1], &c[2], &c[3], &c[4]); err != nil {
				rows.Close()
				return err
			}
			fmt.Fprintf(b, "%s\t%q\t%q\t%q\t%q\n", c[0], c[1], c[2], c[3], c[4])
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return b.Flush()
}

// Compare holds the projection against one made anew from the same log: rows one by one, and the number of units in the index.
// It returns what differs, at most max lines, and how many rows were compared.
func (p *Projection) Compare(ctx context.Context, fresh *Projection, max int) (differences []string, rows int, err error) {
	read := func(q *Projection, out chan<- string, fail *error) {
		r, w := io.Pipe()
		go func() { w.CloseWithError(q.Dump(ctx, w)) }()
		s := bufio.NewScanner(r)
		s.Buffer(nil, 64<<20)
		for s.Scan() {
			out <- s.Text()
		}
		*fail = s.Err()
		close(out)
	}
	a, b := make(chan string, 100), make(chan string, 100)
	var errA, errB error
	go read(p, a, &errA)
	go read(fresh, b, &errB)
	for {
		x, okA := <-a
		y, okB := <-b
		if !okA && !okB {
			break
		}
		rows++
		if x != y && len(differences) < max {
			x, y = around(x, y)
			differences = append(differences, "here:    "+x+"\nrebuilt: "+y)
		}
	}
	if errA != nil || errB != nil {
		return differences, rows, fmt.Errorf("doctor: %v %v", errA, errB)
	}
	n, err := p.index.DocCount()
	if err != nil {
		return differences, rows, err
	}
	m, err := fresh.index.DocCount()
	if err == nil && n != m {
		differences = append(differences, fmt.Sprintf("index: %d units here, %d rebuilt", n, m))
	}
	return differences, rows, err
}

// around keeps of two rows that differ their beginnings and what stands where they begin to differ: a record may have thousands of claims.
func around(a, b string) (string, string) {
	const head, before, most = 80, 40, 240
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	keep := func(s string) string {
		if len(s) <= head+most {
			return s
		}
		from := max(i-before, head)
		to := min(from+most, len(s))
		out := s[:head]
		if from > head {
			out += " … "
		}
		out += s[min(from, len(s)):to]
		if to < len(s) {
			out += " …"
		}
		return strings.ToValidUTF8(out, "")
	}
	return keep(a), keep(b)
}
