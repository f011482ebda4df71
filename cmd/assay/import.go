package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
)

var importVerb = &verb{
	name: "import", args: "--data DIR PATH-OR-ADDRESS…", short: "bring texts and claims into a data directory",
	long: `Reads files, and folders in depth: documents (PDF, DOCX, ODT, RTF, EPUB, HTML, Markdown, text in any encoding, Akoma Ntoso, Formex, the
XML of ToTA, the JSON of open-treaties, e-mail with attachments, ZIP of any of these) and CSV of sources and claims. Pages of a PDF that are
images are read by tesseract where it is installed; where not, the document is kept and what is needed is said. A web address (https://…) is
fetched once and kept as it was, with date, headers and hash; addresses of this machine and of private networks are refused. DIR is made where it is missing or empty, and a new one holds the registry that comes with the program.

A document is matched to the instrument it is a text of; a doubtful match waits for you in assay review. A file that cannot be read is
named with the reason, and the others go on; that is no error unless --strict says so, or nothing at all was taken in. Importing twice changes nothing.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.StringVar(&c.audience, "audience", "registry", "`AUDIENCE` to whom what enters is open: public, registry, …")
		c.fs.BoolVar(&c.loopback, "fetch-loopback", false, "let web addresses of this machine be fetched; for tests only")
		c.fs.BoolVar(&c.strict, "strict", false, "end with an error where a file could not be read")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runImport,
}

func runImport(c *call, paths []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if c.data == "" {
		return usagef("name a folder for the registry: --data DIR", "import needs a data directory")
	}
	if len(paths) == 0 {
		return usagef("name files or folders: assay import --data DIR PATH…", "nothing to import")
	}
	a := registry.Audience(c.audience)
	if err := a.Check(); err != nil {
		return usage{err}
	}
	for _, p := range paths { // before a data directory is made for a mistyped path
		if fetch.IsURL(p) {
			continue
		}
		if _, err := os.Stat(p); err != nil {
			return registry.Errorf(registry.NotFound, "%s: no such file or folder", p).WithHint("check the path; nothing was imported")
		}
	}
	in, err := c.openForWriting()
	if err != nil {
		return err
	}
	defer in.Close()
	var done func()
	if in.Extract, done, err = extractor(in.OCRFolder()); err != nil {
		return err
	}
	defer done()
	in.Fetch = &fetch.Client{AllowLoopback: c.loopback, Now: in.Now, UserAgent: "assay/" + version()}
	bar := newBar(c)
	report, err := in.Import(c.ctx, a, bar.show, paths...)
	bar.end()
	if report != nil {
		for _, q := range report.Quarantined {
			fmt.Fprintf(c.stderr, "quarantined: %s\n", oneLine(q))
		}
		for _, q := range report.Kept {
			fmt.Fprintf(c.stderr, "kept without its words: %s\n", oneLine(q))
		}
	}
	if err != nil {
		return err
	}
	if c.format == "json" {
		err = c.json(report)
	} else {
		c.printf("%s", summary(report, a, c.data))
	}
	switch {
	case err != nil:
	case report.Nothing():
		err = registry.Errorf(registry.Unreadable, "nothing was taken in: %s", count(len(report.Quarantined), "file or row did not enter", "files or rows did not enter")).
			WithHint("mend what is named above and import again")
	case c.strict && len(report.Quarantined) > 0:
		err = registry.Errorf(registry.Unreadable, "%s did not enter", count(len(report.Quarantined), "file or row", "files or rows")).
			WithHint("mend them as said above and import again; without --strict this is no error")
	}
	return err
}

// oneLine is a quarantined file with the reason and the mend.
func oneLine(q ingest.Quarantine) string {
	s := q.Path + ": " + q.Reason
	if q.Hint != "" {
		s += " (" + q.Hint + ")"
	}
	return printable(s)
}

func summary(r *ingest.Report, a registry.Audience, data string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s read: %s new, %d known, %d quarantined\n", count(r.Files, "file", "files"), count(r.Documents, "text", "texts"), r.Known, len(r.Quarantined))
	if r.Documents > 0 {
		fmt.Fprintf(&b, "  %d matched to instruments that were known, %d made an instrument, %d near-duplicates linked\n", r.Matched, r.Instruments, r.Duplicates)
	}
	if r.Renewed > 0 {
		fmt.Fprintf(&b, "  %s read better than before; %s of the old readings gone, the others lead on\n", count(r.Renewed, "text was", "texts were"), count(r.Gone, "address is", "addresses are"))
	}
	if r.Alone > 0 {
		fmt.Fprintf(&b, "  %s of no instrument: fact sheets, speeches, papers\n", count(r.Alone, "kept as a document", "kept as documents"))
	}
	if r.Sources+r.Claims > 0 {
		fmt.Fprintf(&b, "  %s and %s from CSV\n", count(r.Sources, "source", "sources"), count(r.Claims, "claim", "claims"))
	}
	if r.Erased > 0 {
		fmt.Fprintf(&b, "  %s erased here once: nothing of it was added\n", count(r.Erased, "entry was", "entries were"))
	}
	if len(r.ErasedFiles) > 0 {
		fmt.Fprintf(&b, "  %s erased here once: nothing of it was kept\n", count(len(r.ErasedFiles), "text was", "texts were"))
	}
	if len(r.Review) > 0 {
		fmt.Fprintf(&b, "  %s for you to decide: assay review --data %s\n", count(len(r.Review), "doubtful match waits", "doubtful matches wait"), data)
	}
	fmt.Fprintf(&b, "%s added to the log", count(r.Entries, "entry", "entries"))
	switch {
	case r.Entries == 0 || a == registry.Public:
		b.WriteString("\n")
	case a == registry.Registry:
		fmt.Fprintf(&b, ", for editors: assay serve --data %s --as registry shows them\n", data)
	default:
		fmt.Fprintf(&b, ", for %s: assay serve --data %s --as %s shows them\n", a, data, a)
	}
	return b.String()
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// bar is a progress bar, on a terminal only.
type bar struct {
	c     *call
	width int // 0 where it is not drawn
	last  int
}

func newBar(c *call) *bar {
	b := &bar{c: c, last: -1}
	if f, ok := c.stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w >= 20 {
			b.width = min(w, 100)
		}
	}
	return b
}

func (b *bar) show(p ingest.Progress) {
	if b.width == 0 || p.Total == 0 {
		return
	}
	cells := b.width - 16
	full := cells * p.Done / p.Total
	if full == b.last && p.Done != p.Total {
		return
	}
	b.last = full
	if p.Done == p.Total {
		fmt.Fprintf(b.c.stderr, "\r%-*s", b.width, "read; bringing pages and search up to date …")
		return
	}
	fmt.Fprintf(b.c.stderr, "\r%s%s %6d/%d", strings.Repeat("█", full), strings.Repeat("░", cells-full), p.Done, p.Total)
}

func (b *bar) end() {
	if b.last >= 0 {
		fmt.Fprintf(b.c.stderr, "\r%s\r", strings.Repeat(" ", b.width))
	}
}
