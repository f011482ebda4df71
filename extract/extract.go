// Package extract turns the bytes of a file of any format into readings: PDF, DOCX, ODT, RTF, EPUB, Akoma Ntoso, Formex, e-mail, ZIP, and
// what package text reads by itself.
//
// Start with [Read]. Libraries and small readers of our own do the formats; the canonical text and its provisions are package text's.
// The format is told by the content, the name only helps. Nothing is fetched and nothing is run: links, macros, scripts and external
// entities of a file have no effect. Whatever is refused is refused part by part with a verdict, never silently.
package extract

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/openassay/assay/text"
)

// Version is the name and version of the reader of formats; it changes whenever the same bytes may give another reading.
const Version = "assay/extract 3"

// Options say how to read. The zero value serves.
type Options struct {
	Language string        // BCP 47, of the images of pages; "" to have it recognised
	Words    map[int]Image // of pages without a text layer, by page number: what was recognised in their images
	Limits   Limits
}

// Limits bound what one file may take; a zero field has the default.
type Limits struct {
	Parts int   // files in containers, in all; 1,000
	Depth int   // containers in containers; 4
	Bytes int64 // unpacked, in all; 256 MB
}

func (l Limits) withDefaults() Limits {
	if l.Parts == 0 {
		l.Parts = 1000
	}
	if l.Depth == 0 {
		l.Depth = 4
	}
	if l.Bytes == 0 {
		l.Bytes = 256 << 20
	}
	return l
}

// Part is a file, or a file within a container, with what was read of it.
type Part struct {
	Path     string          // its name; within a container "mail.eml/annex.pdf"
	Format   string          // pdf, docx …; "" where it was not recognised
	Bytes    []byte          // its own bytes where it lay in a container; nil for the file itself
	Readings []*text.Reading // one; more for several languages, or for a draft with tracked changes: accepted, rejected, marked-up
	Verdict  Verdict
	Scans    []int // pages that show something and have no words: their images would have to be read

	container bool // it has no words of its own: only what is in it counts
}

// Verdict says whether a part was read. Its code is "read", "kept" (nothing is wrong with it, but its words are in images that were not
// read), or one of the codes of text.Error.
type Verdict struct {
	Code   string
	Reason string // what is wrong and where; "" where it was read
	Hint   string // how to mend it
}

// Codes of a [Verdict] beside those of text.Error.
const (
	VerdictRead = "read"
	VerdictKept = "kept"
)

// OK says whether there is a reading.
func (v Verdict) OK() bool { return v.Code == VerdictRead }

// Err is the verdict as an error; nil where the part was read.
func (p *Part) Err() error {
	if p.Verdict.OK() {
		return nil
	}
	return &text.Error{Code: p.Verdict.Code, Name: p.Path, Message: p.Verdict.Reason, Hint: p.Verdict.Hint}
}

// Read reads a file. There is always a part for the file itself, first, unless it is a container: then there is one for each file in
// it. The error is only for a context that ended, or a machine on which nothing can be read.
func Read(ctx context.Context, name string, b []byte, opt Options) ([]*Part, error) {
	return (&reader{opt: opt}).all(ctx, name, b)
}

func (r *reader) all(ctx context.Context, name string, b []byte) ([]*Part, error) {
	r.opt.Limits = r.opt.Limits.withDefaults()
	r.ctx, r.left = ctx, r.opt.Limits.Bytes
	r.read(clean(name), b, 0)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r.parts, nil
}

type reader struct {
	ctx   context.Context
	opt   Options
	parts []*Part
	left  int64 // bytes that may still be unpacked

	unpack bool // what lies in a container is given with its bytes and not read: each is then read for itself
	alone  bool // a message is read without what is attached to it
}

// verdictUnread is the code of a part that was unpacked and is still to be read; it never leaves this package.
const verdictUnread = "unread"

// clean is a name as it may be shown and stored: relative, without "..", controls and backslashes.
func clean(name string) string {
	name = strings.Map(func(c rune) rune {
		if c < 0x20 || c == 0x7f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return -1
		}
		if c == '\\' {
			return '/'
		}
		return c
	}, strings.ToValidUTF8(name, "_"))
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	if len(name) > 300 {
		name = strings.ToValidUTF8(name[len(name)-300:], "")
	}
	if name == "" {
		return "file"
	}
	return name
}

// read adds the parts of one file.
func (r *reader) read(name string, b []byte, depth int) {
	p := &Part{Path: name, Format: Sniff(name, b)}
	if depth > 0 {
		p.Bytes = b
	}
	defer func() {
		if x := recover(); x != nil { // a defect on one part must not cost the others
			p.refuse(&text.Error{Code: text.CodeUnreadable, Message: fmt.Sprintf("reading failed: %v", x), Hint: "this is a defect of assay; please report it with the file"})
			r.parts = append(r.parts, p)
		}
	}()
	if len(b) > text.MaxBytes {
		p.refuse(&text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("%d bytes; at most %d are read", len(b), text.MaxBytes), Hint: "split it, or take the annexes out"})
		r.parts = append(r.parts, p)
		return
	}
	switch read := formats[p.Format]; {
	case r.unpack && depth > 0 && p.Format != "zip" && p.Format != "eml":
		p.Verdict.Code = verdictUnread
	case p.Format == "zip":
		r.readZIP(p, b, depth)
	case p.Format == "eml":
		at := len(r.parts)
		r.readMail(p, b, depth)
		if !p.container { // its own words before what is attached
			r.parts = slices.Insert(r.parts, at, p)
		}
		return
	case read != nil:
		if err := read(r, p, b); err != nil {
			p.refuse(err)
		}
	default:
		if rs, err := r.texts(name, b); err != nil {
			p.refuse(err)
		} else {
			p.Format = rs[0].Format
			p.accept(rs...)
		}
	}
	if !p.container || p.Verdict.Code != "" {
		r.parts = append(r.parts, p)
	}
}

// texts reads what package text reads, in any encoding.
func (r *reader) texts(name string, b []byte) ([]*text.Reading, error) {
	return text.ReadAll(name, utf8Of(b))
}

func (p *Part) accept(rs ...*text.Reading) {
	for _, rd := range rs {
		rd.Gaps = append(rd.Gaps, rd.FindGaps()...)
	}
	p.Readings = append(p.Readings, rs...)
	p.Verdict = Verdict{Code: VerdictRead}
}

func (p *Part) refuse(err error) {
	p.Readings = nil
	var te *text.Error
	if !errors.As(err, &te) {
		te = &text.Error{Code: text.CodeUnreadable, Message: err.Error()}
	}
	reason := te.Message
	if te.Line > 0 {
		reason = fmt.Sprintf("line %d: %s", te.Line, reason)
	}
	p.Verdict = Verdict{Code: te.Code, Reason: reason, Hint: te.Hint}
}

// formats are the readers by what Sniff says, beside those of containers.
var formats = map[string]func(*reader, *Part, []byte) error{
	"pdf": readPDF, "docx": readDOCX, "odt": readODT, "rtf": readRTF, "epub": readEPUB, "akn": readAKN, "formex": readFormex, "html": readHTML,
}
