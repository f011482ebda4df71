package office

import (
	"strconv"
	"strings"
)

// listLevel is how one level of a list counts.
type listLevel struct {
	format string // decimal, lowerLetter, … bullet, none
	text   string // "%1.%2"
	start  int
	legal  bool // all numbers of the levels above are decimal
	keep   bool // does not begin anew when a level above counts
}

// readNumbering reads how lists count.
func (x *docx) readNumbering() error {
	x.levels, x.same = map[string][]listLevel{}, map[string]string{}
	b, err := x.a.Read("word/numbering.xml")
	if err != nil || b == nil {
		return err
	}
	abstract := map[string][]listLevel{}
	num, abs, lvl := "", "", -1
	own := map[string]map[int]int{} // starts that a list sets for itself
	at := func(n string) {
		lvl, _ = strconv.Atoi(n)
		lvl = min(max(lvl, 0), 8)
	}
	cur := func() *listLevel {
		if num != "" || abs == "" || lvl < 0 {
			return &listLevel{}
		}
		return &abstract[abs][lvl]
	}
	return walk("word/numbering.xml", b, func(name string, attr func(string) string) {
		v := attr("val")
		switch name {
		case "abstractNum":
			abs, num = attr("abstractNumId"), ""
			abstract[abs] = make([]listLevel, 9)
			for i := range abstract[abs] {
				abstract[abs][i].start = 1
			}
		case "lvl", "lvlOverride":
			at(attr("ilvl"))
		case "start":
			if n, err := strconv.Atoi(v); err == nil {
				cur().start = n
			}
		case "numFmt":
			cur().format = v
		case "lvlText":
			cur().text = v
		case "isLgl":
			cur().legal = on(v)
		case "lvlRestart":
			cur().keep = v == "0"
		case "num":
			num = attr("numId")
		case "abstractNumId":
			x.levels[num], x.same[num] = abstract[v], v
		case "startOverride":
			if n, err := strconv.Atoi(v); err == nil {
				if own[num] == nil {
					own[num] = map[int]int{}
				}
				own[num][lvl] = n
			}
		}
	}, func(name string) {
		switch name {
		case "num":
			if o := own[num]; o != nil { // counts by itself
				ls := append([]listLevel(nil), x.levels[num]...)
				for i, n := range o {
					if i < len(ls) {
						ls[i].start = n
					}
				}
				x.levels[num], x.same[num] = ls, "own "+num
			}
			num = ""
		case "abstractNum":
			abs = ""
		}
	}, func(string) {})
}

// counter begins to count all lists of a document.
func (x *docx) counter() func(list string, level int) string {
	counts := map[string]*[9]int{}
	return func(list string, level int) string {
		ls := x.levels[list]
		if level < 0 || level >= len(ls) {
			return ""
		}
		key := x.same[list]
		c := counts[key]
		if c == nil {
			c = &[9]int{}
			for i := range c {
				c[i] = ls[i].start - 1
			}
			counts[key] = c
		}
		c[level]++
		for i := level + 1; i < len(ls); i++ {
			if !ls[i].keep {
				c[i] = ls[i].start - 1
			}
		}
		return label(ls, c, level)
	}
}

// label is a number as printed.
func label(ls []listLevel, c *[9]int, level int) string {
	l := ls[level]
	switch l.format {
	case "bullet":
		return "•"
	case "none":
		return strings.TrimSpace(l.text)
	}
	var b strings.Builder
	for i := 0; i < len(l.text); i++ {
		if l.text[i] == '%' && i+1 < len(l.text) && l.text[i+1] >= '1' && l.text[i+1] <= '9' {
			k := int(l.text[i+1] - '1')
			n, format := c[k], ls[k].format
			if k < level && n < ls[k].start {
				n = ls[k].start // a level above that never counted is shown as begun
			}
			if l.legal {
				format = "decimal"
			}
			b.WriteString(counted(n, format))
			i++
			continue
		}
		b.WriteByte(l.text[i])
	}
	return strings.TrimSpace(b.String())
}

// counted is n in a number format of Word.
func counted(n int, format string) string {
	switch format {
	case "lowerLetter":
		return lettersOf(n)
	case "upperLetter":
		return strings.ToUpper(lettersOf(n))
	case "lowerRoman":
		return romanLow(n)
	case "upperRoman":
		return strings.ToUpper(romanLow(n))
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "japaneseCounting", "ideographDigital":
		return hanOf(n)
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

// lettersOf counts a … z, aa, bb …, as Word does.
func lettersOf(n int) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

func romanLow(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		v int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= r.v {
			b.WriteString(r.s)
			n -= r.v
		}
	}
	return b.String()
}

// hanOf writes 1 to 99 in Chinese.
func hanOf(n int) string {
	digits := []string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	s := ""
	if n >= 20 {
		s = digits[n/10]
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += digits[n%10]
	}
	return s
}
