package extract

import (
	"github.com/openassay/assay/extract/markup"
	"github.com/openassay/assay/extract/office"
	"github.com/openassay/assay/extract/pack"
	"github.com/openassay/assay/text"
)

func readDOCX(r *reader, p *Part, b []byte) error {
	a, err := pack.Open(b, &r.left)
	if err != nil {
		return err
	}
	return p.lay(office.Docx(a))
}

func readODT(r *reader, p *Part, b []byte) error {
	a, err := pack.Open(b, &r.left)
	if err != nil {
		return err
	}
	return p.lay(office.Odt(a))
}

func readRTF(_ *reader, p *Part, b []byte) error { return p.lay(office.Rtf(b)) }

func readAKN(_ *reader, p *Part, b []byte) error { return p.lay(one(markup.AkomaNtoso(utf8Of(b)))) }

func readFormex(_ *reader, p *Part, b []byte) error { return p.lay(one(markup.Formex(utf8Of(b)))) }

func one(s *text.Source, err error) ([]*text.Source, error) { return []*text.Source{s}, err }

// readHTML reads the main content of a page.
func readHTML(_ *reader, p *Part, b []byte) error {
	rs, err := text.ReadAll(p.Path, markup.MainContent(utf8Of(b)))
	if err != nil {
		return err
	}
	p.accept(rs...)
	return nil
}

// lay makes readings of sources.
func (p *Part) lay(sources []*text.Source, err error) error {
	if err != nil {
		return err
	}
	var out []*text.Reading
	for _, s := range sources {
		rd, err := text.FromSource(p.Path, s)
		if err != nil {
			if s.Variant != "" && len(out) > 0 { // nothing is left where all insertions are rejected
				continue
			}
			return err
		}
		rd.Extractor = Version
		out = append(out, rd)
	}
	p.accept(out...)
	return nil
}
