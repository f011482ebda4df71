package web

import (
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

// answer is what is shown of a finding: a person's word before the machine's.
func (c *collisions) answer(f *conflict.Finding) (code string, person bool) {
	if s := c.slot(f); s != nil {
		return s.Shown.Value.Raw, true
	}
	return f.Answer, false
}

// slot is what people said of a finding; nil where nobody did.
func (c *collisions) slot(f *conflict.Finding) *registry.Slot { return nil }

func (c *collisions) check(f *conflict.Finding) *checkView { return nil }
