package text

import "strings"

// hint is what the source format says about a line.
type hint byte

const (
	hintNone    hint = iota
	hintHeading      // marked as a heading: "#", <h2>, a line all bold
	hintItem         // an item of a list
	hintStruct       // the number line of a chapter or article that the format itself marks
	hintName         // the name of the chapter or article on the line before
	hintCover        // the title of the whole
	hintRecital      // a recital, whatever letters it begins with
	hintSign         // the closing words
)

// block is one paragraph, heading or list item as a format's parser gives it: one logical line.
type block struct {
	text  string
	hint  hint
	level int  // of a heading (1 outermost) or list item (1 outermost); 0 where unknown
	lead  int  // bytes at the start of text that the source sets in bold; 0 where none
	tight bool // separated from the block before by one line end instead of a blank line

	anchors []Anchor // of a block that another package made
	note    int      // as Block.Note
}

// line is a line of the canonical text with what its format said about it.
type line struct {
	start, end int // bytes in the text, without the line end
	hint       hint
	level      int
	lead       int
	loose      bool // a blank line stands before it
	note       int  // 1 + index of the note whose words these are
}

// canonical lays blocks out as the canonical text. Blocks without visible characters leave no trace but their anchors.
func canonical(blocks []block, w *warnings) (string, []line, []placed) {
	var b strings.Builder
	size := 0
	for i := range blocks {
		size += len(blocks[i].text) + 2
	}
	b.Grow(size)
	lines := make([]line, 0, len(blocks))
	var places []placed
	var waiting []Anchor // of blocks that left no words
	for i := range blocks {
		bl := &blocks[i]
		lead := 0
		if bl.lead > 0 && bl.lead <= len(bl.text) {
			lead = len(tidy(bl.text[:bl.lead]))
		}
		t := tidyWarn(bl.text, w)
		if t == "" {
			waiting = append(waiting, bl.anchors...)
			continue
		}
		loose := !bl.tight || len(lines) == 0
		if len(lines) > 0 {
			b.WriteByte('\n')
			if loose {
				b.WriteByte('\n')
			}
		}
		start := b.Len()
		b.WriteString(t)
		for _, a := range waiting {
			places = append(places, placed{a.Kind, a.Index, start})
		}
		waiting = waiting[:0]
		if len(bl.anchors) > 0 {
			places = append(places, anchored(bl, start, t)...)
		}
		lines = append(lines, line{start: start, end: b.Len(), hint: bl.hint, level: bl.level, lead: min(lead, len(t)), loose: loose, note: bl.note})
	}
	if len(lines) > 0 {
		b.WriteByte('\n')
	}
	return b.String(), lines, places
}
