package pdf

import (
	"unicode"

	"github.com/openassay/assay/paper"
)

// unsettable names the script of a document of which more than a twentieth of the letters is in scripts that the typeface cannot set; "" where
// it can.
func unsettable(d *paper.Document) string {
	scripts := []struct {
		name  string
		table *unicode.RangeTable
		n     int
	}{{name: "Chinese characters", table: unicode.Han}, {name: "Arabic script", table: unicode.Arabic}, {name: "Japanese kana", table: unicode.Hiragana}, {name: "Korean", table: unicode.Hangul}, {name: "another script"}}
	letters, bad := 0, 0
	count := func(runs []paper.Run) {
		for _, r := range runs {
			for _, c := range r.Text {
				if c < 0x250 {
					if c|0x20 >= 'a' && c|0x20 <= 'z' {
						letters++
					}
					continue
				}
				if !unicode.IsLetter(c) {
					continue
				}
				letters++
				if has(c) {
					continue
				}
				bad++
				for i := range scripts {
					if scripts[i].table == nil || unicode.Is(scripts[i].table, c) {
						scripts[i].n++
						break
					}
				}
			}
		}
	}
	for _, b := range d.Blocks {
		paper.Each(b, count)
	}
	if bad*20 <= letters {
		return ""
	}
	best := 0
	for i := range scripts {
		if scripts[i].n > scripts[best].n {
			best = i
		}
	}
	return scripts[best].name
}
