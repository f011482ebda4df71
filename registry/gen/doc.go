package main

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Document is docs/fields.md: every kind, field and code with its description, from the same files as the code.
func Document(schemaPath, codesPath string) ([]byte, error) {
	var schema struct {
		Kinds  yaml.Node
		Fields yaml.Node
	}
	if err := load(schemaPath, &schema); err != nil {
		return nil, err
	}
	var lists yaml.Node
	if err := load(codesPath, &lists); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("# Kinds, fields and codes\n\nWritten by `go generate ./registry` from `registry/schema.yaml` and `registry/codes.yaml`; do not edit.\n")
	b.WriteString("\n## Kinds\n\n| kind | id | address | what it is |\n|---|---|---|---|\n")
	if err := each(&schema.Kinds, func(name string, v *yaml.Node) error {
		var k kind
		if err := v.Decode(&k); err != nil {
			return err
		}
		fmt.Fprintf(&b, "| %s (`%s`) | `%s_` | `/%s` | %s |\n", k.Label, name, k.Prefix, k.Noun, k.Description)
		return nil
	}); err != nil {
		return nil, err
	}
	b.WriteString("\n## Fields\n\n| field | type | of | what it says |\n|---|---|---|---|\n")
	if err := each(&schema.Fields, func(name string, v *yaml.Node) error {
		var f field
		if err := v.Decode(&f); err != nil {
			return err
		}
		kinds := strings.Join(f.Kinds, ", ")
		if kinds == "*" {
			kinds = "all kinds"
		}
		form := f.Type
		switch {
		case f.Codes != "":
			form += " of " + f.Codes
		case len(f.To) > 0 && f.Type == "ref":
			form += " to " + strings.ReplaceAll(strings.Join(f.To, ", "), "*", "any")
		}
		if f.Card == "keyed" {
			form += ", by " + f.Key
		} else if f.Card == "set" {
			form += ", any number"
		}
		fmt.Fprintf(&b, "| %s (`%s`) | %s | %s | %s |\n", f.Label, name, form, kinds, f.Description)
		return nil
	}); err != nil {
		return nil, err
	}
	b.WriteString("\n## Codes\n")
	err := each(lists.Content[0], func(list string, v *yaml.Node) error {
		fmt.Fprintf(&b, "\n### %s\n\n", list)
		return each(v, func(name string, v *yaml.Node) error {
			var c code
			if err := v.Decode(&c); err != nil {
				return err
			}
			fmt.Fprintf(&b, "- `%s` %s", name, c.Label)
			for _, leads := range [][2]string{{"stage", c.Stage}, {"status", c.Status}, {"implementation", c.Implementation}} {
				if leads[1] != "" {
					fmt.Fprintf(&b, " → %s %s", leads[0], leads[1])
				}
			}
			if c.Description != "" {
				b.WriteString(": " + c.Description)
			}
			b.WriteString("\n")
			return nil
		})
	})
	return b.Bytes(), err
}
