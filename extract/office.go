package extract

import (
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
