package web

import (
	"context"
	"html/template"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/account/openid"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Registry is what the pages read. *projection.Projection is one.
type Registry interface {
	View(asOf registry.Day) *registry.View
	Version() string // changes when what the readers see changes
	Facets(id registry.RecordID) projection.Facets
	Document(id registry.RecordID) (*projection.Document, error)
	Analysis(id registry.RecordID) (*assay.Analysis, error) // also of a text that is not here
	Reading(id registry.RecordID) (*text.Reading, error)
	Reuse() (*projection.Reuse, error)                                                 // whose text repeats whose
	Conflicts(ctx context.Context) (*projection.Conflicts, error)                      // which provisions collide, or may
	Colliding(ctx context.Context, a, b registry.RecordID) ([]conflict.Finding, error) // all that is said of two texts; nil where one is not compared
	Laid(id registry.RecordID) (*overlap.Laid, *text.Reading, error)                   // to be laid beside another; also of a text whose words are not here
	Successor(id registry.RecordID, eid string) (*projection.Successor, error)         // where an address of an earlier reading leads; nil where there was none
	DocumentsOf(id registry.RecordID) []*registry.Record
	DraftRegistry(ctx context.Context) (*draftcheck.Registry, error) // what a draft is held against
	Owed(ctx context.Context, rules *conflict.Rules, parties []string) (sheets []*conflict.Sheet, more int, err error)
	Search(ctx context.Context, q projection.Query) (*projection.Results, error)
	Suggest(typed string, limit int) []string
	Entries() []registry.Entry
	Erasures(ctx context.Context) ([]projection.Erasure, error) // of what the readers could see, the newest first
	With(entries []registry.Entry) *registry.View               // what the readers would see if the entries were there too
	Batch(id registry.EntryID) int64                            // one number for what was saved together; to be shown to nobody
	Saved(id registry.EntryID) []registry.EntryID               // what was saved together with an entry
}

var _ Registry = (*projection.Projection)(nil)

// Options are what the pages need besides the registry. The zero value serves.
type Options struct {
	Now       func() time.Time // time.Now where nil
	BaseURL   string           // "https://registry.example", for permanent links; "" for links without a host
	Version   string           // of the program
	Demo      bool             // says that this is a demonstration, and shows /storybook
	Private   bool             // the readers see more than the public: nothing may be kept by a cache on the way
	Log       func(format string, args ...any)
	Read      Reader      // reads a pasted clause; nil where none can be pasted
	ReadDraft DraftReader // reads a draft of any format; nil where none is checked
	Reread    Rereader    // reads a text with people's word on sentences; nil where only the sentences themselves show it

	Intake   Intake                            // takes in files; nil for a registry that takes none
	Fetch    Fetch                             // gets a file from an address; nil where none may be got
	Sheets   Sheets                            // draws pages of originals; nil where none can be shown
	Original func(hash string) ([]byte, error) // the bytes of an original, for whoever sees its record; nil where none are kept

	Accounts       *account.Store                                                          // who may sign in; nil for nobody
	RegistryFor    func(ctx context.Context, readers registry.Audiences) (Registry, error) // what the signed-in read; the registry itself where nil
	TokenRate      int                                                                     // how often a token may ask in a minute; 600 where 0
	Provider       *openid.Provider                                                        // by which people may sign in too; nil for none
	Desk           Desk                                                                    // what they change it with; nil for a registry that cannot be changed
	Review         Reviewer                                                                // what the review list needs beside it; nil where nothing is remembered
	Correspondence *desk.Desk                                                              // what people outside write, and what everyone is told of it; nil where nobody can write
	Eraser         Eraser                                                                  // nil where nothing can be erased
	Releases       Releaser                                                                // nil where nothing is released later
	Redact         redaction.Desk                                                          // makes redacted texts; nil where none are made
	Preview        Previewer                                                               // nil where nothing can be looked at before its release
	Ledger         Ledger                                                                  // nil for a registry that keeps none
	Deposits       Depositor                                                               // nil where nothing is lodged
	Contact        string                                                                  // how to write to the registry by other means; "" for none
	TrustedProxies []netip.Prefix                                                          // whose word on where a visitor comes from is taken
}

// site is a registry being served.
type site struct {
	reg        Registry
	opt        Options
	routes     []route
	catalogue  *catalogue
	templates  map[string]*template.Template // by language
	assets     assets
	desk       []deskRoute
	someUser   atomic.Bool
	writers    writers
	lists      lists
	frames     frames
	counted    counted
	made       made
	reread     rereads
	redlines   redlines
	aligned    alignments
	sheets     images
	drawing    chan struct{} // one for each page being drawn
	checking   chan struct{} // one for each draft being checked
	merging    sync.Mutex    // held while records are merged and split
	flashMu    sync.Mutex
	flashes    map[string]flash // by session
	books      books
	asks       asks
	held       helds
	big        chan struct{} // one for each long form being read
	filing     chan struct{} // one for each form with files being read
	intakes    intakes
	redactJobs redactJobs
	markKey    []byte
	had        had
	build      string // changes with templates, words and styles: part of every ETag
}

// New makes the handler that serves the registry. It panics where the embedded templates or words do not fit together, which tests see first.
func New(reg Registry, opt Options) http.Handler {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.TokenRate <= 0 {
		opt.TokenRate = asksAMinute
	}
	if opt.Log == nil {
		opt.Log = func(string, ...any) {}
	}
	s := &site{reg: reg, opt: opt, routes: routes(), desk: deskRoutes(), flashes: map[string]flash{}, big: make(chan struct{}, bigAtOnce), drawing: make(chan struct{}, drawnAtOnce), checking: make(chan struct{}, checkAtOnce), filing: make(chan struct{}, filesAtOnce), intakes: newIntakes(), markKey: newMarkKey(), catalogue: loadCatalogue(), assets: loadAssets()}
	s.templates = map[string]*template.Template{}
	for lang, l := range s.catalogue.locales {
		s.templates[lang] = parseTemplates(l)
	}
	s.build = buildHash(s.assets.hash, opt.Version)
	return s
}

// today is the day it is.
func (s *site) today() registry.Day { return registry.DayOf(s.opt.Now()) }
