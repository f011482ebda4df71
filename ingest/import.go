package ingest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// maxFile is the largest file that is read, in bytes.
const maxFile = 64 << 20

// Importer brings files into a log. Log, Blobs, Rules and Now must be set.
type Importer struct {
	Log      claimlog.Log
	Blobs    blob.Store
	Rules    *assay.Rules
	Audience registry.Audience // at which entries enter; "" for registry
	Now      func() time.Time
	Secret   []byte // of this data directory; makes nonces that nobody outside can guess and that are the same on the next import
	Progress func(Progress)

	view    *registry.View
	lex     *assay.Lexicon
	matcher *matcher
	similar *similar
	urls    map[string]registry.SourceID
	done    map[registry.RecordID]registry.RecordID // documents of this import and the instruments they belong to
	report  *Report
}

// By is the author of what files say in their own words: their headers and rows.
const By = "importer:files"

// Import reads files, and folders in depth. A file that cannot be read is quarantined and the others go on; the error is only for what
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
		files = append(files, file{path, info.Size(), func() (io.ReadCloser, error) { return fsys.Open(path) }})
		return err
	})
	if err != nil {
		return nil, err
	}
	return im.enterAll(ctx, files)
}

func (im *Importer) begin() error {
	im.report = &Report{Review: []Review{}, Quarantined: []Quarantine{}}
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
	im.view = registry.Compile(all, registry.Reader(im.Audience), "")
	im.lex = LexiconOf(im.view)
	im.matcher = newMatcher(im.view)
	im.similar = newSimilar()
	im.urls = map[string]registry.SourceID{}
	im.done = map[registry.RecordID]registry.RecordID{}
	for id, s := range im.view.Sources {
		if u := bareURL(s.URL); s.URL != "" && (im.urls[u] == "" || id < im.urls[u]) {
			im.urls[u] = id
		}
	}
	return im.similar.load(im.view, im.Blobs)
}

// file is a path that was found, with the size it had then.
type file struct {
	path string
	size int64
	from func() (io.ReadCloser, error)
}

func onDisk(path string, info fs.FileInfo) file {
	return file{path, info.Size(), func() (io.ReadCloser, error) { return os.Open(path) }}
}

// find lists the regular files under the paths, in order, each once. Hidden files and folders are left out, links are not followed.
func (im *Importer) find(paths []string) ([]file, error) {
	seen := map[string]bool{}
	var out []file
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, registry.Errorf(registry.NotFound, "%s: no such file or folder", p).WithHint("check the path; nothing was imported")
		}
		if !info.IsDir() {
			if !seen[filepath.Clean(p)] {
				seen[filepath.Clean(p)] = true
				out = append(out, onDisk(p, info))
			}
			continue
		}
		err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				im.quarantine(path, registry.Errorf(registry.Unreadable, "cannot be opened: %v", err))
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if strings.HasPrefix(d.Name(), ".") && path != p {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.IsDir() || seen[filepath.Clean(path)] {
				return nil
			}
			seen[filepath.Clean(path)] = true
			if !d.Type().IsRegular() {
				im.quarantine(path, registry.Errorf(registry.Unsupported, "not a regular file (a link, pipe or device)").WithHint("import the file itself"))
				return nil
			}
			info, err := d.Info()
			if err != nil {
				im.quarantine(path, registry.Errorf(registry.Unreadable, "vanished: %v", err))
				return nil
			}
			out = append(out, onDisk(path, info))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].path < out[j].path })
	return out, nil
}

func (f file) read() ([]byte, error) {
	tooLarge := registry.Errorf(registry.Unsupported, "the file has more than %d MB", maxFile>>20).WithHint("split it, or leave out annexes that are tables")
	if f.size > maxFile {
		return nil, tooLarge
	}
	h, err := f.from()
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "cannot be opened: %v", err).WithHint("check that it is still there and may be read")
	}
	defer h.Close()
	b, err := io.ReadAll(io.LimitReader(h, maxFile+1))
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "cannot be read: %v", err)
	}
	if len(b) > maxFile {
		return nil, tooLarge
	}
	return b, nil
}

func (im *Importer) quarantine(path string, err error) {
	im.report.Quarantined = append(im.report.Quarantined, Quarantine{path, strings.TrimPrefix(err.Error(), path+": "), registry.HintOf(err)})
}

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

// append enters entries as one batch at the importer's audience and counts the new ones.
func (im *Importer) append(ctx context.Context, es []registry.Entry) (int, error) {
	for i := range es {
		e := &es[i]
		e.Audience, e.At = im.Audience, im.Now()
		var err error
		if *e, err = registry.NewEntry(*e); err != nil {
			return 0, fmt.Errorf("entry %d: %w", i, err)
		}
		if im.Audience != registry.Public {
			// Without a nonce the id of a restricted claim would confirm a guess of its content to whoever sees the id.
			e.Nonce = im.mac("nonce", string(im.Audience), string(e.ID))
			if *e, err = registry.NewEntry(*e); err != nil {
				return 0, err
			}
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
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type job struct {
		f    file
		done chan read
	}
	workers := runtime.GOMAXPROCS(0)
	todo, order := make(chan job), make(chan job, 2*workers)
	go func() {
		defer close(todo)
		defer close(order)
		for _, f := range files {
			j := job{f, make(chan read, 1)}
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
	}()
	for range workers {
		go func() {
			for j := range todo {
				j.done <- im.readFile(j.f)
			}
		}()
	}
	n := 0
	for j := range order {
		select {
		case r := <-j.done:
			if err := im.enter(ctx, r); err != nil {
				return err
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
