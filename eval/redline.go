package eval

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// RedlineReport is what assay eval redline prints: known edits of real provisions, and how many of them the redline says, of each kind.
type RedlineReport struct {
	Texts  int           `json:"texts"`
	Edits  int           `json:"edits"`
	ByEdit []EditCount   `json:"by_edit"`
	Kinds  []KindFigures `json:"kinds"`

	Precision map[redline.Kind]float64 `json:"precision"` // as in Kinds, to be found by name
	Recall    map[redline.Kind]float64 `json:"recall"`

	Clean  int      `json:"clean"` // texts that give no change beside themselves
	Failed []string `json:"failed"`
	Misses []string `json:"-"`
}

// EditCount says how many edits of a kind were made.
type EditCount struct {
	Edit string `json:"edit"`
	N    int    `json:"n"`
}

// KindFigures are precision and recall of one kind of change. A change counts as right where an edit makes a change of that kind at a place that
// it spans.
type KindFigures struct {
	Kind      redline.Kind `json:"kind"`
	Expected  int          `json:"expected"`
	Found     int          `json:"found"` // of those expected
	Said      int          `json:"said"`  // by the redline
	Right     int          `json:"right"` // of those said
	Precision float64      `json:"precision"`
	Recall    float64      `json:"recall"`
}

// Sizes of the measurement: enough edits of each kind from many texts, in little time.
const (
	redlineTexts = 90      // drawn from all there are
	redlineBytes = 400_000 // longer files are left out
	editsPerText = 8
)

// Redline makes known edits of texts under dir and compares. The edits are drawn with a fixed seed: the same texts give the same edits.
func Redline(dir string, rules *assay.Rules, lex *assay.Lexicon) (*RedlineReport, error) {
	files, err := textFiles(dir)
	if err != nil {
		return nil, err
	}
	rep := &RedlineReport{Failed: []string{}, Precision: map[redline.Kind]float64{}, Recall: map[redline.Kind]float64{}}
	count := map[string]int{}
	fig := map[redline.Kind]*KindFigures{}
	for _, k := range redline.Kinds {
		fig[k] = &KindFigures{Kind: k}
	}
	rnd := rand.New(rand.NewPCG(5, 20261130))
	rnd.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	names := []string{"move", "move and change", "add", "delete", "drop", "split", "merge", "article", "modal", "deadline", "quantity", "standard", "words"}
	for _, f := range files {
		if rep.Texts >= redlineTexts {
			break
		}
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		orig, err := text.Read(filepath.Base(f), b)
		if err != nil {
			continue
		}
		a, err := text.Read("a.txt", []byte(orig.Text)) // both sides are read from plain text, so that the edit alone is between them
		if err != nil {
			continue
		}
		an := assay.Analyze(a, rules, lex)
		e := newEditor(a, an, rnd)
		lists, leaves := e.lists(), e.leaves()
		rnd.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] })
		rnd.Shuffle(len(leaves), func(i, j int) { leaves[i], leaves[j] = leaves[j], leaves[i] })
		made := 0
		for try := 0; try < 4*editsPerText && made < editsPerText; try++ {
			least := names[0]
			for _, n := range names {
				if count[n] < count[least] || count[n] == count[least] && rnd.IntN(3) == 0 {
					least = n
				}
			}
			name := least
			if try >= editsPerText {
				name = names[rnd.IntN(len(names))]
			}
			if e.edit(name, lists, leaves, rep.Edits+made) {
				count[name]++
				made++
			}
		}
		if made == 0 {
			continue
		}
		later := e.apply()
		bb, err := text.Read("b.txt", []byte(later))
		if err != nil {
			rep.Failed = append(rep.Failed, fmt.Sprintf("%s: %v", filepath.Base(f), err))
			continue
		}
		rep.Texts++
		rep.Edits += made
		if len(redline.Compare(a, a, an, an).Changes) == 0 {
			rep.Clean++
		}
		rep.score(filepath.Base(f), redline.Compare(a, bb, an, assay.Analyze(bb, rules, lex)), e, fig)
	}
	if rep.Texts == 0 {
		return nil, registry.Errorf(registry.NotFound, "%s holds no text that could be edited", dir).WithHint("name a folder with agreements as .md, .txt or .xml")
	}
	for _, n := range names {
		rep.ByEdit = append(rep.ByEdit, EditCount{n, count[n]})
	}
	for _, k := range redline.Kinds {
		x := fig[k]
		x.Precision, x.Recall = ratio(x.Right, x.Said), ratio(x.Found, x.Expected)
		rep.Kinds = append(rep.Kinds, *x)
		rep.Precision[k], rep.Recall[k] = x.Precision, x.Recall
	}
	return rep, nil
}

// edit makes one edit of a name where the text has a place for it.
func (e *editor) edit(name string, lists []list, leaves []int, edit int) bool {
	switch name {
	case "article":
		n, patches := len(e.want), len(e.patches)
		if e.insertArticle(edit) {
			return true
		}
		e.want, e.patches = e.want[:n], e.patches[:patches]
		return false
	case "modal", "deadline", "quantity", "standard", "words":
		for _, i := range leaves {
			if e.change(redline.Kind(name), i, edit) {
				return true
			}
		}
		return false
	}
	for _, l := range lists {
		n := len(e.want)
		if e.used[l.parent] || name == "drop" && e.r.Provisions[l.items[0]].Kind != text.KindPoint {
			continue
		}
		patches := len(e.patches)
		if !e.structural(name, l, edit) {
			e.want, e.patches = e.want[:n], e.patches[:patches]
			continue
		}
		if !e.take(l.parent) {
			e.want, e.patches = e.want[:n], e.patches[:patches]
			continue
		}
		return true
	}
	return false
}

// score compares what is expected with what the redline says.
func (rep *RedlineReport) score(name string, r *redline.Redline, e *editor, fig map[redline.Kind]*KindFigures) {
	meets := func(w expected, c *redline.Change) bool {
		s := c.A
		if w.inB {
			s = c.B
		}
		return s != nil && s.Start < w.to && s.End > w.from
	}
	for _, w := range e.want {
		fig[w.kind].Expected++
		found := false
		for i := range r.Changes {
			if c := &r.Changes[i]; c.Has(w.kind) && meets(w, c) {
				found = true
				break
			}
		}
		if found {
			fig[w.kind].Found++
			continue
		}
		where := ""
		if !w.inB {
			where = clipped(e.r.Text[w.from:w.to])
		}
		rep.Misses = append(rep.Misses, fmt.Sprintf("%s\tedit %d\tnot said\t%s\t%s", name, w.edit, w.kind, where))
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		for _, k := range c.Kinds {
			fig[k].Said++
			right := false
			for _, w := range e.want {
				if w.kind == k && meets(w, c) {
					right = true
					break
				}
			}
			if right {
				fig[k].Right++
				continue
			}
			rep.Misses = append(rep.Misses, fmt.Sprintf("%s\twrongly said\t%s\t%s\t%s", name, k, clipped(c.Before), clipped(c.After)))
		}
	}
}

func clipped(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 160 {
		return strings.ToValidUTF8(s[:160], "") + "…"
	}
	return s
}

// textFiles lists the files of a folder and those below it that may be texts, in order.
func textFiles(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch strings.ToLower(filepath.Ext(p)) {
		case ".md", ".txt", ".xml", ".html", ".htm":
			if info, err := d.Info(); err == nil && info.Size() <= redlineBytes {
				out = append(out, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, registry.Errorf(registry.NotFound, "%s: %v", dir, err).WithHint("name the folder with the texts")
	}
	sort.Strings(out)
	return out, nil
}
