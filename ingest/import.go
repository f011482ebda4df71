package ingest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
)

// Importer brings files into a log. Log, Blobs, Rules and Now must be set.
type Importer struct {
	Log      claimlog.Log
	Blobs    blob.Store
	Rules    *assay.Rules
	Audience registry.Audience // at which entries enter; "" for registry
	Now      func() time.Time
	Secret   []byte // of this data directory; makes nonces that nobody outside can guess and that are the same on the next import
	Progress func(Progress)
	Extract  extract.Reader // of formats; in this process where nil
	Fetch    *fetch.Client  // of web addresses; one that fetches public ones where nil

	view    *registry.View
	lex     *assay.Lexicon
	matcher *identity.Index
	similar *similar
	urls    map[string]registry.SourceID
	erased  map[registry.EntryID]bool               // that stay so
	gone    []registry.RecordID                     // documents whose text was erased
	done    map[registry.RecordID]registry.RecordID // documents of this import and the instruments they belong to
	report  *Report

	given    *given                       // what a person said of the file; nil for files that nobody looked at
	textless map[string]registry.RecordID // documents that were read elsewhere, by the hash of the file that brings their text
}

// By is the author of what files say in their own words: their headers and rows.
const By = "importer:files"

// Import reads files, folders in depth, and what stands at web addresses. A file that cannot be read is quarantined and the others go on; the error is only for what
// stops all: a path that does not exist, or a log that cannot be written.
func (im *Importer) Import(ctx context.Context, paths ...string) (*Report, error) {
	if err := im.begin(); err != nil {
		return nil, err
	}
	files, err := im.find(paths)
	if err != nil {
		return nil, err
	}
	return im.enterAll(ctx, files)
}

// ImportFS is [Importer.Import] of all files of a file system, such as the samples that the binary carries.
func (im *Importer) ImportFS(ctx context.Context, fsys fs.FS) (*Report, error) {
	if err := im.begin(); err != nil {
		return nil, err
	}
	var files []file
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		files = append(files, file{path: path, size: info.Size(), from: func() (io.ReadCloser, error) { return fsys.Open(path) }})
		return err
	})
	if err != nil {
		return nil, err
	}
	return im.enterAll(ctx, files)
}

func (im *Importer) begin() error {
	im.report = &Report{ErasedFiles: []string{}, Review: []Review{}, Quarantined: []Quarantine{}, Kept: []Quarantine{}}
	if im.Audience == "" {
		im.Audience = registry.Registry
	}
	return im.Audience.Check()
}

func (im *Importer) enterAll(ctx context.Context, files []file) (*Report, error) {
	im.report.Files = len(files)
	for _, f := range files {
		im.report.Paths = append(im.report.Paths, f.path)
	}
	if err := im.open(ctx); err != nil {
		return nil, err
	}
	files, err := im.importCSV(ctx, files)
	if err != nil {
		return im.report, err
	}
	return im.report, im.importDocuments(ctx, files)
}

// open reads the log into what matching needs.
func (im *Importer) open(ctx context.Context) error {
	var all []registry.Entry
	var pos claimlog.Position
	for {
		batch, err := im.Log.Read(ctx, pos, 5000)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for _, l := range batch {
			all = append(all, l.Entry)
			pos = l.Position
		}
	}
	if err := im.readErasures(ctx); err != nil {
		return err
	}
	im.view = registry.Compile(all, registry.Reader(im.Audience), "")
	im.lex = LexiconOf(im.view)
	im.matcher = identity.New(im.view)
	im.similar = newSimilar()
	im.urls = map[string]registry.SourceID{}
	im.done = map[registry.RecordID]registry.RecordID{}
	im.textless = map[string]registry.RecordID{}
	for _, r := range im.view.OfKind(registry.KindDocument) {
		if f := r.KeyedString("external_id", "sha256"); f != "" {
			im.textless[f] = r.ID
		}
		if f := r.String("file"); f != "" && r.String("reading") == "" { // kept without its words
			im.textless[f] = r.ID
		}
	}
	for id, s := range im.view.Sources {
		if u := identity.BareURL(s.URL); s.URL != "" && (im.urls[u] == "" || id < im.urls[u]) {
			im.urls[u] = id
		}
	}
	return im.similar.load(im.view, im.Blobs)
}

func (im *Importer) quarantine(path string, err error) {
	im.report.Quarantined = append(im.report.Quarantined, Quarantine{path, strings.TrimPrefix(err.Error(), path+": "), registry.HintOf(err)})
}

// complete gives entries the importer's audience and time, and their names.
func (im *Importer) complete(es []registry.Entry) error {
	for i := range es {
		e := &es[i]
		e.Audience, e.At = im.Audience, im.Now()
		var err error
		if *e, err = registry.NewEntry(*e); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		if im.Audience != registry.Public {
			// Without a nonce the id of a restricted claim would confirm a guess of its content to whoever sees the id.
			e.Nonce = im.mac("nonce", string(im.Audience), string(e.ID))
			if *e, err = registry.NewEntry(*e); err != nil {
				return err
			}
		}
	}
	return nil
}

// append enters entries as one batch at the importer's audience and counts the new ones.
func (im *Importer) append(ctx context.Context, es []registry.Entry) (int, error) {
	if err := im.complete(es); err != nil {
		return 0, err
	}
	for i := range es {
		if im.erased[es[i].ID] {
			im.report.Erased++
		}
	}
	if len(es) == 0 {
		return 0, nil
	}
	n, _, err := im.Log.Append(ctx, es)
	im.report.Entries += n
	return n, err
}

// mac is a name that only this data directory can make, and makes again the same.
func (im *Importer) mac(parts ...string) string {
	h := hmac.New(sha256.New, im.Secret)
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s,", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// importDocuments reads and analyses files on all cores and enters them in the order of their paths.
func (im *Importer) importDocuments(ctx context.Context, files []file) error {
	var reading sync.WaitGroup
	defer reading.Wait() // cut off, it goes on until the files in hand are read: nobody reads for an importer that is done
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type job struct {
		f    file
		done chan []read
	}
	workers := runtime.GOMAXPROCS(0)
	todo, order := make(chan job), make(chan job, 2*workers)
	reading.Go(func() {
		defer close(todo)
		defer close(order)
		for _, f := range files {
			j := job{f, make(chan []read, 1)}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				return
			}
		}
	})
	for range workers {
		reading.Go(func() {
			for j := range todo {
				j.done <- im.readFile(ctx, j.f)
			}
		})
	}
	n := 0
	for j := range order {
		select {
		case rs := <-j.done:
			for _, r := range rs {
				if err := im.enter(ctx, r); err != nil {
					return err
				}
			}
		case <-ctx.Done():
			return ctx.Err()
		}
		n++
		if im.Progress != nil {
			im.Progress(Progress{n, len(files), j.f.path})
		}
	}
	return ctx.Err()
}
