package registry

import "encoding/json"

// JSONSchema is the JSON Schema (draft 2020-12) of exported records, made from the schema: one definition per kind, with its fields and
// the form of their values.
func JSONSchema() ([]byte, error) {
	defs := map[string]any{
		"claim": object([]string{"id", "value", "source", "by"}, map[string]any{
			"id": str("SHA-256 of nonce and canonical payload, hexadecimal"), "value": str("written form; {unknown}, {not_applicable} and {withheld:GROUND} are states of knowledge"),
			"source": pattern(`^src_[a-z0-9.-]+$`), "locator": str("place in the source"), "from": str("EDTF: since when the value holds"), "until": str("EDTF: until when"),
			"method": enum(Codes("method")), "by": str("person:NAME, importer:NAME or machine:NAME/VERSION"), "known": pattern(`^\d{4}-\d{2}-\d{2}$`), "note": str("for readers"),
			"statement": enum(Codes("statement_kind")), "speaker": str("who alleges, found, judged or replies: a party's id or a name"),
		}),
	}
	claims := map[string]any{"type": "array", "items": map[string]any{"$ref": "#/$defs/claim"}}
	var kinds []any
	for _, k := range kindOrder {
		d := kindDefs[k]
		fields := map[string]any{}
		for _, name := range d.Fields {
			f := fieldDefs[name]
			value := map[string]any{"type": "string"}
			switch {
			case f.Type == TypeCode:
				value["anyOf"] = []any{enum(Codes(f.CodeList)), pattern(`^\{`)}
			case f.Type == TypeRef:
				value["pattern"] = `^([a-z]{3}_|\{)`
			}
			key := map[string]any{"type": "string"}
			if f.Card == Keyed && IsCodeList(f.Key) && f.Key != "event" {
				key["enum"] = Codes(f.Key)
			}
			shown := map[string]any{"allOf": []any{map[string]any{"$ref": "#/$defs/claim"}, map[string]any{"properties": map[string]any{"value": value}}}}
			fields[name] = map[string]any{"title": f.Label, "description": f.Description, "type": "array", "items": object(nil, map[string]any{
				"key": key, "lang": enum(Codes("language")), "shown": shown, "why": enum([]string{"only", "overruled", "grade", "person", "newer_source", "newer_claim", "id"}),
				"agreeing": claims, "losing": claims, "earlier": claims, "later": claims, "denials": claims, "states": claims, "alleged": claims})}
		}
		defs[string(k)] = map[string]any{"title": d.Label, "description": d.Description, "type": "object", "required": []string{"id", "kind", "path", "title", "fields"},
			"properties": map[string]any{"id": pattern("^" + d.Prefix + "_"), "kind": map[string]any{"const": string(k)}, "path": pattern("^/" + d.Noun + "/"),
				"title": str(""), "fields": object(nil, fields)}}
		kinds = append(kinds, map[string]any{"$ref": "#/$defs/" + string(k)})
	}
	return json.MarshalIndent(map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Assay record", "oneOf": kinds, "$defs": defs}, "", " ")
}

// IsCodeList says whether there is a code list of the name.
func IsCodeList(name string) bool { return codeLists[name] != nil }

func object(required []string, properties map[string]any) map[string]any {
	o := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if required != nil {
		o["required"] = required
	}
	return o
}

func str(description string) map[string]any {
	s := map[string]any{"type": "string"}
	if description != "" {
		s["description"] = description
	}
	return s
}

func pattern(p string) map[string]any { return map[string]any{"type": "string", "pattern": p} }

func enum(codes []string) map[string]any { return map[string]any{"enum": codes} }
