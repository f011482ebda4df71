package ingest

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/registry"
)

// importCSV takes the CSV files, sources before claims, and returns the other files.
func (im *Importer) importCSV(ctx context.Context, files []file) ([]file, error) {
	var rest []file
	var claims []file
	for _, f := range files {
		if strings.ToLower(filepath.Ext(f.path)) != ".csv" {
			rest = append(rest, f)
			continue
		}
		b, err := f.read()
		if err != nil {
			im.quarantine(f.path, err)
			continue
		}
		switch registry.IsCSVHeader(b) {
		case "sources":
			ss, errs := registry.ReadSources(f.path, b)
			for _, err := range errs {
				im.quarantine(f.path, err)
			}
			es := make([]registry.Entry, 0, len(ss))
			for i := range ss {
				es = append(es, registry.Entry{Source: &ss[i], By: By})
				im.view.Sources[ss[i].ID] = &ss[i]
			}
			n, err := im.append(ctx, es)
			if err != nil {
				return nil, err
			}
			im.report.Sources += n
		case "claims":
			claims = append(claims, f)
		default:
			im.quarantine(f.path, registry.Errorf(registry.Invalid, "line 1: the columns are neither those of claims nor those of sources").
				WithHint("claims: %s; sources: %s", strings.Join(registry.ClaimColumns, ","), strings.Join(registry.SourceColumns, ",")))
		}
	}
	for _, f := range claims {
		b, err := f.read()
		if err != nil {
			im.quarantine(f.path, err)
			continue
		}
		cs, errs := registry.ReadClaims(f.path, b)
		for _, err := range errs {
			im.quarantine(f.path, err)
		}
		es := make([]registry.Entry, 0, len(cs))
		for i := range cs {
			if im.view.Sources[cs[i].Source] == nil {
				im.quarantine(f.path, registry.Errorf(registry.Invalid, "%s %s: there is no source %s", cs[i].Record, cs[i].Field, cs[i].Source).
					WithHint("import the CSV of sources with it"))
				continue
			}
			if err := im.textClaim(&cs[i]); err != nil {
				im.quarantine(f.path, err)
				continue
			}
			es = append(es, registry.Entry{Claim: &cs[i], By: By})
		}
		n, err := im.append(ctx, es)
		if err != nil {
			return nil, err
		}
		im.report.Claims += n
	}
	if len(claims) > 0 { // what the rows say, documents may be matched to
		return rest, im.open(ctx)
	}
	return rest, nil
}

// textClaim refuses a row that names a stored text, unless the record is known to have it: only reading a file makes such
// claims. Whether the bytes happen to be here for another audience must not be told by it.
func (im *Importer) textClaim(c *registry.Claim) error {
	if c.Field != "file" && c.Field != "reading" && c.Field != "analysis" || c.Value.State != "" {
		return nil
	}
	if r := im.view.Record(c.Record); r != nil && r.String(c.Field) == c.Value.Raw {
		return nil
	}
	return registry.Errorf(registry.Invalid, "%s %s: a row cannot bring in a text", c.Record, c.Field).WithHint("import the text itself; the claims on its file, reading and analysis are made by that")
}
