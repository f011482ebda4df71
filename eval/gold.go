package eval

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Code is what people said of one area of one agreement.
type Code struct {
	Covered bool `json:"covered"`
	Force   int  `json:"force"` // le: 0 not enforceable, 1 enforceable but excluded from dispute settlement, 2 enforceable
}

// Gold is one agreement as people coded it.
type Gold struct {
	ID, Name, Language string
	Codes              map[string]Code // by area
}

// Table reads a CSV with a heading line into maps by column.
func readTable(path string, need ...string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, registry.Errorf(registry.NotFound, "%s: no such file", path).WithHint("check the path")
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: %v", path, err).WithHint("give a CSV with a heading line")
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.TrimPrefix(strings.TrimSpace(h), "\ufeff")] = i
	}
	for _, n := range need {
		if _, ok := at[n]; !ok {
			return nil, registry.Errorf(registry.Invalid, "%s: no column %q", path, n).WithHint("columns needed: %s", strings.Join(need, ", "))
		}
	}
	var out []map[string]string
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, registry.Errorf(registry.Unreadable, "%s: %v", path, err).WithHint("mend the line")
		}
		row := map[string]string{}
		for name, i := range at {
			if i < len(rec) {
				row[name] = strings.TrimSpace(rec[i])
			}
		}
		out = append(out, row)
	}
}

// ReadDTA reads codes of the form of dta_enforceability.csv: tota_id, area, ac, le, and where there are, tota_name and tota_lang.
// Agreements come in order of their ids.
func ReadDTA(path string) ([]*Gold, error) {
	rows, err := readTable(path, "tota_id", "area", "ac", "le")
	if err != nil {
		return nil, err
	}
	by := map[string]*Gold{}
	for n, row := range rows {
		g := by[row["tota_id"]]
		if g == nil {
			g = &Gold{ID: row["tota_id"], Name: row["tota_name"], Language: row["tota_lang"], Codes: map[string]Code{}}
			by[g.ID] = g
		}
		ac, err1 := strconv.Atoi(row["ac"])
		le, err2 := strconv.Atoi(row["le"])
		if err1 != nil || err2 != nil || ac < 0 || ac > 1 || le < 0 || le > 2 {
			return nil, registry.Errorf(registry.Invalid, "%s: line %d: ac %q, le %q", path, n+2, row["ac"], row["le"]).WithHint("ac is 0 or 1, le is 0, 1 or 2")
		}
		g.Codes[row["area"]] = Code{ac == 1, le}
	}
	var out []*Gold
	for _, g := range by {
		out = append(out, g)
	}
	sort.Slice(out, func(i, j int) bool { return less(out[i].ID, out[j].ID) })
	return out, nil
}

// less orders ids as numbers where they are.
func less(a, b string) bool {
	x, err1 := strconv.Atoi(a)
	y, err2 := strconv.Atoi(b)
	if err1 == nil && err2 == nil {
		return x < y
	}
	return a < b
}

// Treaty is a coded agreement with its text and what the rules found in it.
type Treaty struct {
	*Gold
	Reading  *text.Reading
	Analysis *assay.Analysis
	Parties  []string // of the text's own header, else as the analysis reads them
}

// Load reads and analyses the text of each agreement: pta_ID.xml in the folder. What has no text is named in missing.
func Load(gold []*Gold, dir string, rules *assay.Rules, lex *assay.Lexicon) (out []*Treaty, missing []string, err error) {
	all := make([]*Treaty, len(gold))
	errs := make([]error, len(gold))
	lost := make([]bool, len(gold))
	var wg sync.WaitGroup
	work := make(chan int)
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range work {
				name := "pta_" + gold[i].ID + ".xml"
				b, err := os.ReadFile(filepath.Join(dir, name))
				if errors.Is(err, os.ErrNotExist) {
					lost[i] = true
					continue
				}
				if err != nil {
					errs[i] = err
					continue
				}
				r, err := text.Read(name, b)
				if err != nil {
					errs[i] = fmt.Errorf("read %s: %w", name, err)
					continue
				}
				all[i] = &Treaty{Gold: gold[i], Reading: r, Analysis: assay.Analyze(r, rules, lex)}
				all[i].Parties = partiesOf(r, all[i].Analysis)
			}
		}()
	}
	for i := range gold {
		work <- i
	}
	close(work)
	wg.Wait()
	for i, t := range all {
		switch {
		case errs[i] != nil:
			return nil, nil, errs[i]
		case lost[i]:
			missing = append(missing, gold[i].ID)
		default:
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return nil, nil, registry.Errorf(registry.NotFound, "%s holds none of the %d agreements", dir, len(gold)).WithHint("name the folder with files pta_ID.xml")
	}
	return out, missing, nil
}

func partiesOf(r *text.Reading, a *assay.Analysis) []string {
	for _, m := range r.Meta {
		if m.Name == "parties" {
			return strings.FieldsFunc(m.Value, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
		}
	}
	return a.Parties
}
