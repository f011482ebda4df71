package desk

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Erased stands in place of words that were erased from the log.
const Erased = "[erased]"

// Forget takes words that are erased out of every row of the desk, also where they stand within JSON, and leaves nothing of them in free pages
// of the file. Words are whole texts as they stood in the log; the longest are taken first.
func (d *Desk) Forget(ctx context.Context, words []string) error {
	if len(words) == 0 {
		return nil
	}
	forms := writtenForms(words)
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(d.path, err)
	}
	defer tx.Rollback()
	cols, err := textColumns(ctx, tx)
	if err != nil {
		return wrap(d.path, err)
	}
	for _, c := range cols {
		for _, w := range forms {
			// Where the row would then be the same as another, it is the other that stays.
			set := fmt.Sprintf(`UPDATE OR REPLACE %[1]s SET %[2]s = replace(%[2]s, ?1, ?2) WHERE instr(%[2]s, ?1) > 0`, c[0], c[1])
			if _, err := tx.ExecContext(ctx, set, w, Erased); err != nil {
				return wrap(d.path, err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		return wrap(d.path, err)
	}
	_, err = d.db.ExecContext(ctx, "VACUUM")
	return wrap(d.path, err)
}

// Repeats counts the rows in which any of the words stands.
func (d *Desk) Repeats(ctx context.Context, words []string) (n int, err error) {
	tx, err := d.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, wrap(d.path, err)
	}
	defer tx.Rollback()
	cols, err := textColumns(ctx, tx)
	if err != nil {
		return 0, wrap(d.path, err)
	}
	forms := writtenForms(words)
	byTable := map[string][]string{}
	for _, c := range cols {
		byTable[c[0]] = append(byTable[c[0]], c[1])
	}
	for table, cols := range byTable {
		rows, err := tx.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM %s`, strings.Join(cols, " || char(0) || "), table))
		if err != nil {
			return 0, wrap(d.path, err)
		}
		for rows.Next() {
			var s sql.NullString
			if err := rows.Scan(&s); err != nil {
				rows.Close()
				return 0, wrap(d.path, err)
			}
			if slices.ContainsFunc(forms, func(w string) bool { return strings.Contains(s.String, w) }) {
				n++
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return 0, wrap(d.path, err)
		}
	}
	return n, nil
}

// writtenForms are the words as they stand in a text and within JSON, the longest first.
func writtenForms(words []string) []string {
	var out []string
	for _, w := range words {
		out = append(out, w)
		for _, html := range []bool{false, true} {
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(html)
			if e.Encode(w) == nil {
				out = append(out, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`))
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

// textColumns are the tables and columns that hold text.
func textColumns(ctx context.Context, tx *sql.Tx) ([][2]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT '"' || m.name || '"', '"' || c.name || '"' FROM sqlite_schema m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type = 'TEXT' ORDER BY m.name, c.cid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][2]string
	for rows.Next() {
		var c [2]string
		if err := rows.Scan(&c[0], &c[1]); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
