// Package ocr recognises the words in images of pages, by the program tesseract where it is installed.
//
// Start with [New]. The program gets one image on its standard input, drawn by us, and gives words with places; it gets no file of
// others. Each page has a limit of time. Results are kept in a folder, where one is given, under the hash of the document, so that
// reading it again costs nothing.
package ocr

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/layout"
)

// pageTime is how long the recognition of one page may take.
const pageTime = 3 * time.Minute

// maxOutput bounds what the program may say of one page.
const maxOutput = 32 << 20

// Tesseract recognises words by the program of that name.
type Tesseract struct {
	Program string // its path; "" where it is not installed
	Folder  string // where results are kept; "" for nowhere

	once      sync.Once
	languages map[string]bool
	failed    string
}

// New finds the program. folder is where results are kept, "" for nowhere.
func New(folder string) *Tesseract {
	p, _ := exec.LookPath("tesseract")
	return &Tesseract{Program: p, Folder: folder}
}

// names are tesseract's languages by ours.
var names = map[string]string{"en": "eng", "fr": "fra", "es": "spa", "pt": "por", "ar": "ara", "zh": "chi_sim"}

// Missing implements [extract.Recognizer].
func (t *Tesseract) Missing() string {
	t.once.Do(t.look)
	return t.failed
}

// look asks the program for its languages.
func (t *Tesseract) look() {
	if t.Program == "" {
		t.failed = "install tesseract to have the words in its images read (Debian: tesseract-ocr with tesseract-ocr-eng, -fra, -spa, -por, -ara, -chi-sim), then bring it in again"
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, t.Program, "--list-langs").Output()
	t.languages = map[string]bool{}
	for l := range strings.Lines(string(out)) {
		t.languages[strings.TrimSpace(l)] = true
	}
	for _, l := range names {
		if t.languages[l] {
			return
		}
	}
	t.failed = "tesseract is installed without a language it could read (Debian: tesseract-ocr-eng, -fra, -spa, -por, -ara, -chi-sim)"
	if err != nil {
		t.failed = fmt.Sprintf("tesseract does not run: %v", err)
	}
}

// Recognize implements [extract.Recognizer].
func (t *Tesseract) Recognize(ctx context.Context, key string, s *extract.Scan, language string) (extract.Image, error) {
	if m := t.Missing(); m != "" {
		return extract.Image{}, errors.New(m)
	}
	langs := t.forLanguage(language)
	if langs == "" {
		langs = t.byScript(ctx, s)
	}
	key += "-" + strings.ReplaceAll(langs, "+", "-")
	if img, ok := t.known(key); ok {
		return img, nil
	}
	out, err := t.run(ctx, s.PNG, langs, "--psm", "3", "--dpi", "300", "tsv")
	if err != nil {
		return extract.Image{}, err
	}
	img := words(out, s)
	t.keep(key, img)
	return img, nil
}

// forLanguage is what to read a known language with: itself, and English, which stands in many texts.
func (t *Tesseract) forLanguage(l string) string {
	n := names[l]
	if n == "" || !t.languages[n] {
		return ""
	}
	if n != "eng" && t.languages["eng"] {
		return n + "+eng"
	}
	return n
}

// byScript finds the languages to try by the script of the page.
func (t *Tesseract) byScript(ctx context.Context, s *extract.Scan) string {
	if t.languages["osd"] {
		if out, err := t.run(ctx, s.PNG, "osd", "--psm", "0"); err == nil {
			switch {
			case bytes.Contains(out, []byte("Script: Arabic")) && t.languages["ara"]:
				return "ara"
			case bytes.Contains(out, []byte("Script: Han")) && t.languages["chi_sim"]:
				return "chi_sim+eng"
			}
		}
	}
	var some []string
	for _, l := range []string{"eng", "fra", "spa", "por"} {
		if t.languages[l] {
			some = append(some, l)
		}
	}
	if len(some) == 0 {
		for _, l := range []string{"ara", "chi_sim"} {
			if t.languages[l] {
				return l
			}
		}
	}
	return strings.Join(some, "+")
}

func (t *Tesseract) run(ctx context.Context, png []byte, langs string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	c := exec.CommandContext(ctx, t.Program, append([]string{"stdin", "stdout", "-l", langs}, args...)...)
	c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	c.Stdin = bytes.NewReader(png)
	var out, errs limited
	out.most, errs.most = maxOutput, 4096
	c.Stdout, c.Stderr = &out, &errs
	c.WaitDelay = 5 * time.Second
	if err := c.Run(); err != nil {
		if ctx.Err() == context.DeadlineExceeded {
			return nil, fmt.Errorf("a page took longer than %v", pageTime)
		}
		return nil, fmt.Errorf("tesseract: %v: %s", err, strings.TrimSpace(errs.String()))
	}
	return out.Bytes(), nil
}

// limited keeps the first bytes of what is written to it.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(p []byte) (int, error) {
	if room := l.most - l.Len(); room > 0 {
		l.Buffer.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

// words reads tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. Words
// take the height of their line, so that the words of a line stand level.
func words(tsv []byte, s *extract.Scan) extract.Image {
	var img extract.Image
	scale, width := 0.0, 0.0
	var top, bottom float64
	for l := range strings.Lines(string(tsv)) {
		f := strings.Split(strings.TrimRight(l, "\n"), "\t")
		if len(f) < 12 {
			continue
		}
		var v [11]float64
		bad := false
		for i := range v {
			var err error
			if v[i], err = strconv.ParseFloat(f[i], 64); err != nil {
				bad = true
			}
		}
		if bad {
			continue
		}
		switch v[0] {
		case 1:
			if width = v[8]; width > 0 {
				scale = s.Width / width
			}
		case 4:
			top, bottom = v[7], v[7]+v[9]
		case 5:
			w := strings.TrimSpace(f[11])
			if w == "" || v[10] < 0 || scale == 0 {
				continue
			}
			img.Words = append(img.Words, layout.Word{Text: w, Confidence: v[10] / 100,
				Box: layout.Box{X0: v[6] * scale, X1: (v[6] + v[8]) * scale, Y0: top * scale, Y1: bottom * scale},
				Ink: &layout.Box{X0: v[6] * scale, X1: (v[6] + v[8]) * scale, Y0: v[7] * scale, Y1: (v[7] + v[9]) * scale}})
		}
	}
	return img
}

// path is where the result of a page is kept; "" for nowhere.
func (t *Tesseract) path(key string) string {
	if t.Folder == "" {
		return ""
	}
	return filepath.Join(t.Folder, key+".json")
}

func (t *Tesseract) known(key string) (img extract.Image, ok bool) {
	if t.Folder == "" {
		return img, false
	}
	b, err := os.ReadFile(t.path(key))
	return img, err == nil && json.Unmarshal(b, &img) == nil
}

// keep keeps a result; that it cannot is no error, it will be made again.
func (t *Tesseract) keep(key string, img extract.Image) {
	if t.Folder == "" || os.MkdirAll(t.Folder, 0o700) != nil {
		return
	}
	b, err := json.Marshal(img)
	if err != nil {
		return
	}
	f, err := os.CreateTemp(t.Folder, "new-*")
	if err != nil {
		return
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if f.Close() == nil && err == nil {
		os.Rename(f.Name(), t.path(key))
	}
}
