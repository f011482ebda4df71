package edit_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
)

const sourceTable = "id,url,title,publisher,date,grade,lang\nsrc_one,https://ministry.example/1,Talks,Ministry,28 October 2025,Official release,en\n"

func table(lines ...string) string {
	return "record,field,key,value,source,locator\n" + strings.Join(lines, "\n") + "\n"
}

func TestReadTable(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	got, problems := r.ReadTable(sourceTable, table(
		"neg_new,title,,Talks of a test,src_one,headline", "neg_new,party,,Zambia,src_one,", "neg_new,party,,JPN,src_one,", "neg_new,event,Round of negotiations (2),27 octobre 2025,src_one,p. 2", ",,,,,",
		"ins_new,title,,A paper of a test,src_one,", "neg_new,outcome,,ins_new,src_one,", "ins_new,amount,first tranche,US$1.5bn,src_one,", "pty_ZMB,alias,,An alias of a test,src_one,"), token)
	if len(problems) > 0 || len(got.Rows) != 8 || len(got.Made) != 2 || got.Sources != 1 {
		t.Fatalf("%+v %+v", problems, got)
	}
	es, err := got.Entries(edit.Act{Token: token, By: "person:ada", At: day, Into: registry.Registry})
	if err != nil {
		t.Fatal(err)
	}
	v := registry.Compile(append(slices.Clip(seeded()), es...), registry.Reader(registry.Registry), "")
	neg := v.ByAddress(registry.KindNegotiation, "new")
	if neg == nil || neg.Title() != "Talks of a test" || len(neg.Refs("party")) != 2 || neg.KeyedString("event", "round:2") != "2025-10-27" || len(neg.Refs("outcome")) != 1 || strings.Contains(string(neg.ID), "new") {
		t.Fatalf("%+v", neg)
	}
	if ins := v.Record(neg.Refs("outcome")[0]); ins.KeyedString("amount", "first tranche") != "USD 1500000000" || ins.Path() != "/instruments/new" {
		t.Errorf("%+v", ins)
	}
	// The same table again says nothing new: records by their address, sources by theirs.
	again, problems := edit.NewReader(v, "en").ReadTable(sourceTable, table("neg_new,title,,Talks of a test,src_one,", "neg_new,party,,Zambia,src_one,"), token+"2")
	if len(problems) > 0 || !again.Empty() || !again.Rows[0].Already || !again.Rows[1].Already {
		t.Errorf("%+v %+v", problems, again)
	}
}

func TestReadTablePasted(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	for name, text := range map[string]string{
		"tabs":       strings.ReplaceAll(table("pty_ZMB,alias,,Alias of a test,src_one,"), ",", "\t"),
		"semicolons": strings.ReplaceAll(table("pty_ZMB,alias,,Alias of a test,src_one,"), ",", ";"),
		"bom":        "\ufeff" + table("pty_ZMB,alias,,Alias of a test,src_one,"),
	} {
		if got, problems := r.ReadTable(sourceTable, text, token); len(problems) > 0 || len(got.Rows) != 1 || got.Rows[0].Claim.Value.Raw != "Alias of a test" {
			t.Errorf("%s: %+v %+v", name, problems, got.Rows)
		}
	}
}

func TestReadTableProblems(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	for name, c := range map[string]struct {
		sources, claims string
		table           string
		line            int
		says            string
	}{
		"nothing":         {"", "", "claims", 1, "cannot be read"},
		"only columns":    {sourceTable, table(), "claims", 1, "no lines"},
		"column":          {"", "record,field,value,sauce\n", "claims", 1, `"sauce"`},
		"missing column":  {"", "record,field,value\n", "claims", 1, `"source" is missing`},
		"no record":       {sourceTable, table("Zambia,alias,,x,src_one,"), "claims", 2, "is no record"},
		"no field":        {sourceTable, table("pty_ZMB,alias,,x,src_one,", "pty_ZMB,tenor,,5 years,src_one,"), "claims", 3, `no field "tenor"`},
		"no source":       {"", table("pty_ZMB,alias,,x,src_nowhere,"), "claims", 2, `no source "src_nowhere"`},
		"ambiguous":       {sourceTable, table("neg_us-drc-talks-seed,event,signed,07/10/2025,src_one,"), "claims", 2, "may be"},
		"redirect":        {sourceTable, table("pty_ZMB,redirect,,pty_ZAF,src_one,"), "claims", 2, "no field"},
		"no title":        {sourceTable, table("neg_new,party,,Zambia,src_one,"), "claims", 2, "has no title"},
		"quote":           {sourceTable, table("pty_ZMB,alias,,\"x,src_one,"), "claims", 2, "cannot be read as cells"},
		"too many cells":  {sourceTable, table("pty_ZMB,alias,,x,src_one,p. 1,2,3"), "claims", 2, "8 cells for 6 columns"},
		"bad source":      {"id,url,publisher,date,grade\nsrc_one,https://a.example/,Ministry,2025,nonsense\n", table("pty_ZMB,alias,,x,src_one,"), "sources", 2, "kind of source"},
		"not":             {sourceTable, "record,field,value,source,not\npty_ZMB,alias,x,src_one,yes\n", "claims", 2, "is neither"},
		"not UTF-8":       {sourceTable, "record,field,value,source\npty_ZMB,alias,\xff,src_one\n", "claims", 1, "not UTF-8"},
		"too many lines":  {sourceTable, table(strings.Repeat("pty_ZMB,alias,,x,src_one,\n", edit.TableLimit+1)), "claims", edit.TableLimit + 2, "more than"},
		"reference wrong": {sourceTable, table("neg_new,title,,T,src_one,", "neg_new,party,,neg_new,src_one,"), "claims", 3, ""},
	} {
		_, problems := r.ReadTable(c.sources, c.claims, token)
		if len(problems) == 0 || problems[0].Table != c.table || problems[0].Line != c.line || !strings.Contains(problems[0].Err.Error(), c.says) {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}

// Five records as a contributor would enter them from official pages: what each page is, when, between whom. The pages' addresses, titles and
// dates are read from the pages.
func TestFiveRealRecords(t *testing.T) {
	pages := map[string]string{
		"roadmap":     "2021-02-23-roadmap-for-a-renewed-u-s-canada-partnership.md",
		"covid":       "2021-09-22-united-stateseuropean-commission-joint-statement.md",
		"climate":     "2022-05-23-u-s-japan-climate-partnership-fact-sheet.md",
		"declaration": "2022-06-28-joint-declaration-between-the-kingdom-of-spain-and-the-united-states-of-america.md",
		"pgii":        "2022-06-26-fact-sheet-president-biden-and-g7-leaders-formally-launch-the-partnership-for-global-infrastructure-and-investment.md",
	}
	sources := []string{"id,url,title,publisher,date,grade,lang"}
	for id, name := range pages {
		b, err := os.ReadFile(need.Shared(t, "feed", name))
		if err != nil {
			t.Fatal(err)
		}
		head := map[string]string{}
		for _, l := range strings.Split(string(b), "\n")[:12] {
			k, v, _ := strings.Cut(l, ": ")
			head[k] = strings.Trim(v, `'"\ `)
		}
		sources = append(sources, strings.Join([]string{id, head["source_url"], strings.ReplaceAll(head["title"], ",", " "), "The White House", head["date"], "official_release", "en"}, ","))
	}
	claims := "record,field,key,value,source,locator\n" + strings.Join([]string{
		"ins_t-roadmap,title,,Test: roadmap of the United States and Canada,roadmap,headline", "ins_t-roadmap,party,,Canada,roadmap,", "ins_t-roadmap,party,,United States,roadmap,", "ins_t-roadmap,type,,Roadmap or plan of action,roadmap,headline", "ins_t-roadmap,event,published,23 February 2021,roadmap,",
		"ins_t-statement,title,,Test: statement of the United States and the European Commission,covid,headline", "ins_t-statement,party,,USA,covid,", "ins_t-statement,party,,European Union,covid,", "ins_t-statement,type,,joint_statement,covid,headline", "ins_t-statement,event,published,22 September 2021,covid,",
		"prg_t-climate,title,,Test: climate partnership of the United States and Japan,climate,headline", "prg_t-climate,party,,Japan,climate,", "prg_t-climate,party,,United States,climate,", "prg_t-climate,event,published,23 May 2022,climate,",
		"ins_t-declaration,title,,Test: declaration of Spain and the United States,declaration,headline", "ins_t-declaration,party,,Spain,declaration,", "ins_t-declaration,party,,the United States,declaration,", "ins_t-declaration,event,published,28 June 2022,declaration,",
		"prg_t-pgii,title,,Test: partnership for infrastructure of the G7,pgii,headline", "prg_t-pgii,event,launched,26 June 2022,pgii,",
	}, "\n") + "\n"
	r := edit.NewReader(seedView(), "en")
	got, problems := r.ReadTable(strings.Join(sources, "\n")+"\n", claims, token)
	for _, p := range problems {
		t.Errorf("%s, line %d: %v (%s)", p.Table, p.Line, p.Err, registry.HintOf(p.Err))
	}
	if len(got.Made) != 5 {
		t.Fatalf("%d records are made", len(got.Made))
	}
	es, err := got.Entries(edit.Act{Token: token, By: "person:ada", At: day, Into: registry.Registry})
	if err != nil {
		t.Fatal(err)
	}
	after := registry.Compile(append(slices.Clip(seeded()), es...), registry.Reader(registry.Registry), "")
	c := edit.Look(edit.NewBook(seeded()), seedView(), after, es, "2026-11-23")
	if len(c.Records) != 5 {
		t.Errorf("%d records change", len(c.Records))
	}
	for _, w := range c.Warnings {
		t.Errorf("warning: %+v", w)
	}
	if rec := after.ByAddress(registry.KindProgramme, "t-pgii"); rec == nil || rec.Status().Code != "in_force" {
		t.Errorf("%+v", rec)
	}
}

func FuzzTable(f *testing.F) {
	r := edit.NewReader(seedView(), "en")
	f.Add(sourceTable, table("neg_new,title,,T,src_one,"))
	f.Add("", "record;field;value;source\npty_ZMB;alias;x;src_one")
	f.Add("\x00", "record\tfield\tvalue\tsource\n\t\t\t\n")
	f.Fuzz(func(t *testing.T, sources, claims string) {
		got, problems := r.ReadTable(sources, claims, token)
		for _, p := range problems {
			if p.Err == nil || registry.CodeOf(p.Err) != registry.Invalid {
				t.Errorf("%+v", p)
			}
		}
		if _, err := got.Entries(edit.Act{Token: token, By: "person:ada", At: day, Into: registry.Registry}); err != nil && len(problems) == 0 {
			t.Errorf("understood, and refused by the registry: %v", err)
		}
	})
}

// Fields that name bytes are the importer's: a claim that says that somebody's record is another's file would hand out what it names.
func TestBytesAreTheImporters(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	named := 0
	for _, name := range registry.KindOf(registry.KindDocument).Fields {
		f := registry.FieldOf(name)
		if !strings.Contains(f.Description, "SHA-256") && f.Name != "analysis" || f.Name == "external_id" {
			continue
		}
		named++
		_, problems := edit.NewReader(seedView(), "en").ReadTable("", table("doc_mine,title,,A paper of a test,src_usgs-mcs-2025,", "doc_mine,"+f.Name+","+hash+","+hash+",src_usgs-mcs-2025,"), token)
		if len(problems) != 1 || problems[0].Line != 3 {
			t.Errorf("the table takes %s: %+v", f.Name, problems)
		}
		_, wrong := edit.NewReader(seedView(), "en").Read(edit.Form{Kind: registry.KindDocument, Token: token, Source: edit.SourceForm{Use: "src_usgs-mcs-2025"}, Rows: []edit.Row{{Field: "title", Value: "A paper"}, {Field: f.Name, Key: hash, Value: hash}}})
		if !slices.ContainsFunc(wrong, func(p edit.Problem) bool { return p.Row == 1 }) {
			t.Errorf("the form takes %s: %+v", f.Name, wrong)
		}
	}
	if named < 5 {
		t.Errorf("%d fields that name bytes", named)
	}
}
