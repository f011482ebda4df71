package ingest

import (
	"context"
	"path/filepath"
	"slices"
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
			im.report.rows += len(ss)
		case "claims":
			claims = append(claims, f)
		default:
			im.quarantine(f.path, registry.Errorf(registry.Invalid, "line 1: the columns are neither those of claims nor those of sources").
				WithHint("claims: %s; sources: %s", strings.Join(registry.ClaimColumns, ","), strings.Join(registry.SourceColumns, ",")))
		}
	}
	made := map[registry.RecordID]bool{} // records that rows speak of: others may refer to them, in whatever order the files come
	bodies := make([][]byte, len(claims))
	for i, f := range claims {
		b, err := f.read()
		if err != nil {
			im.quarantine(f.path, err)
			continue
		}
		bodies[i] = b
		cs, _ := registry.ReadClaims(f.path, b)
		for _, c := range cs {
			made[c.Record] = true
		}
	}
	for i, f := range claims {
		cs, errs := registry.ReadClaimsIf(f.path, bodies[i], func(c *registry.Claim) error { return im.checkRow(c, made) })
		if bodies[i] == nil {
			continue
		}
		for _, err := range errs {
			im.quarantine(f.path, err)
		}
		es := make([]registry.Entry, 0, len(cs))
		for i := range cs {
			es = append(es, registry.Entry{Claim: &cs[i], By: By})
		}
		rows := len(es)
		for i := range cs { // a match decided by a row brings what the text says of its instrument
			c := &cs[i]
			d := im.view.Record(c.Record)
			if c.Field != "instrument" || c.Not || c.Value.State != "" || d == nil || d.Kind != registry.KindDocument {
				continue
			}
			if slices.Contains(d.Refs("instrument"), registry.RecordID(c.Value.Raw)) {
				continue // decided before; what the text says was weighed then
			}
			more, err := im.belongs(d, registry.RecordID(c.Value.Raw))
			if err != nil {
				return nil, err
			}
			es = append(es, more...)
		}
		n, err := im.append(ctx, es)
		if err != nil {
			return nil, err
		}
		im.report.Claims += min(n, rows)
		im.report.rows += rows
	}
	if len(claims) > 0 { // what the rows say, documents may be matched to
		return rest, im.open(ctx)
	}
	return rest, nil
}

// checkRow holds a row against what the registry knows: its source, the records it refers to (known ones, and those made by other rows), notices, and
// texts. Only reading a file says which text a document has: whether its bytes happen to be here for another audience must not be
// told by a row that is let in.
func (im *Importer) checkRow(c *registry.Claim, made map[registry.RecordID]bool) error {
	if im.view.Sources[c.Source] == nil {
		return registry.Errorf(registry.Invalid, "%s %s: there is no source %s", c.Record, c.Field, c.Source).WithHint("import the CSV of sources with it")
	}
	for _, id := range registry.RefsOf(c) {
		if im.view.Record(id) == nil && !made[id] {
			return registry.Errorf(registry.Invalid, "%s %s: there is no record %s", c.Record, c.Field, id).
				WithHint("check the id (states by ISO 3166-1 alpha-3), or import rows that make the record with it")
		}
	}
	if im.Audience == registry.Public && (c.Statement == registry.Allegation || c.Statement == registry.Finding) && !im.published(c) {
		return registry.Errorf(registry.Invalid, "%s %s: a statement of the kind %s is not published by an import", c.Record, c.Field, c.Statement).
			WithHint("import it at the audience registry; it is published at the desk, once those whom it names were told or the reason why not is written down")
	}
	if c.Field != "file" && c.Field != "reading" && c.Field != "analysis" && c.Field != "succession" && c.Field != "grams" && c.Field != "fetched" || c.Value.State != "" {
		return nil
	}
	if r := im.view.Record(c.Record); r != nil && r.KeyedString(c.Field, c.Key) == c.Value.Raw {
		return nil
	}
	return registry.Errorf(registry.Invalid, "%s %s: a row cannot bring in a text", c.Record, c.Field).
		WithHint("import the text itself; the claims on its file, reading and analysis are made by that")
}

// published says whether everybody can read a statement already.
func (im *Importer) published(c *registry.Claim) bool {
	for _, e := range im.view.Entries {
		if o := e.Claim; o != nil && o.Record == c.Record && o.Field == c.Field && o.Key == c.Key && o.Value.String() == c.Value.String() && o.Statement == c.Statement && o.Speaker == c.Speaker && o.Source == c.Source {
			return true
		}
	}
	return false
}
