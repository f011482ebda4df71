// Command analyse reads the public texts that the seed's records point to and writes their analyses and their grams, without the words of the texts, into
// seed/analyses: the list there names the files. Run it again when the rules of reading change:
//
//	go run ./internal/analyse --texts FOLDER
//
// With --check it writes nothing and fails where what is there is not what it would write.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
	"github.com/openassay/assay/text"
)

func main() {
	texts := flag.String("texts", "", "`FOLDER` with the texts")
	to := flag.String("to", "seed/analyses", "`FOLDER` of the seed")
	check := flag.Bool("check", false, "write nothing; fail where something would change")
	flag.Parse()
	if err := run(*texts, *to, *check); err != nil {
		fmt.Fprintln(os.Stderr, "analyse:", err)
		os.Exit(1)
	}
}

// run makes the files and writes or compares them.
func run(texts, to string, check bool) error {
	made, err := analyse(texts, to)
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(to, "*.json"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if made[filepath.Base(path)] == nil {
			if check {
				return fmt.Errorf("%s would go", path)
			}
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	for name, b := range made {
		path := filepath.Join(to, name)
		if was, err := os.ReadFile(path); err == nil && bytes.Equal(was, b) {
			continue
		}
		if check {
			return fmt.Errorf("%s would change: run go run ./internal/analyse --texts FOLDER", path)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// analyse gives the files by name.
func analyse(texts, to string) (map[string][]byte, error) {
	b, err := os.ReadFile(filepath.Join(to, "list.csv"))
	if err != nil {
		return nil, err
	}
	list, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, err
	}
	entries, err := seed.Entries()
	if err != nil {
		return nil, err
	}
	view := registry.Compile(entries, registry.Reader(), "")
	sources := map[string]registry.SourceID{}
	for id, s := range view.Sources {
		u := strings.TrimSuffix(s.URL, "/")
		if old, ok := sources[u]; !ok || id < old {
			sources[u] = id
		}
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return nil, err
	}
	lex := ingest.LexiconOf(view)
	made := map[string][]byte{}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write([]string{"record", "field", "key", "value", "lang", "source", "method", "note"})
	for _, row := range list[1:] {
		file, record, kind, attach := row[0], row[1], row[2], row[3]
		b, err := os.ReadFile(filepath.Join(texts, file))
		if err != nil {
			return nil, err
		}
		rd, err := text.Read(file, b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		source := sources[strings.TrimSuffix(rd.SourceURL, "/")]
		if source == "" {
			return nil, fmt.Errorf("%s: the seed has no source with the address %s", file, rd.SourceURL)
		}
		j, err := json.MarshalIndent(assay.Analyze(rd, rules, lex).Wordless(), "", " ")
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(j)
		made[strings.TrimPrefix(record, "doc_")+".json"] = j
		file256 := sha256.Sum256(b)
		put := func(field, key, value, lang, method, note string) {
			w.Write([]string{record, field, key, value, lang, string(source), method, note})
		}
		put("title", "", rd.Title, "en", "", "")
		put("language", "", rd.Language, "", "", "")
		put("document_type", "", kind, "", "", "")
		put("external_id", "sha256", hex.EncodeToString(file256[:]), "", "", "The text itself is not part of the registry; a file with this hash lights the page up when it is imported.")
		put("website", "", rd.SourceURL, "", "", "")
		if rd.Date != "" {
			put("event", "published", rd.Date, "", "", "")
		}
		for _, a := range strings.Split(attach, "|") {
			field, value, ok := strings.Cut(a, ":")
			if !ok || view.Record(registry.RecordID(value)) == nil {
				return nil, fmt.Errorf("%s: attach %q: no such record", file, a)
			}
			put(field, "", value, "", "", "")
		}
		put("analysis", "", hex.EncodeToString(sum[:]), "", "read", "")
		if j, err = json.Marshal(overlap.NewWordless(rd)); err != nil {
			return nil, err
		}
		sum = sha256.Sum256(j)
		made[strings.TrimPrefix(record, "doc_")+".grams.json"] = j
		put("grams", "", hex.EncodeToString(sum[:]), "", "read", "")
	}
	w.Flush()
	made["claims.csv"] = out.Bytes()
	return made, w.Error()
}
