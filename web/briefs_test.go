package web_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Every page of a picture has the picture with its table, and gives it alone as SVG, PNG and CSV.
func TestPicturePages(t *testing.T) {
	s := wholeSite(t)
	for path, id := range map[string]string{"/map": "map", "/network": "network", "/timeline": "lanes", "/matrix": "matrix", "/findings/standards?indicator=mentioned": "parts", "/": "map"} {
		w := s.get(path)
		if w.Code != http.StatusOK || w.Body.Len() > 150_000 || strings.Contains(w.Body.String(), "⟦") {
			t.Errorf("%s: %d, %d bytes", path, w.Code, w.Body.Len())
		}
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		pic := s.get(path + join + "as=png&figure=" + id)
		img, err := png.Decode(bytes.NewReader(pic.Body.Bytes()))
		if err != nil || img.Bounds().Dx() < 600 || pic.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s as PNG: %d, %v", path, pic.Code, err)
		}
		if svg := s.get(path + join + "as=svg&figure=" + id); !strings.HasPrefix(svg.Body.String(), "<svg") {
			t.Errorf("%s as SVG: %d", path, svg.Code)
		}
		if rows := strings.Count(s.get(path+join+"as=csv&figure="+id).Body.String(), "\r\n"); rows < 3 {
			t.Errorf("%s as CSV: %d lines", path, rows)
		}
	}
	for _, path := range []string{"/map", "/network", "/timeline", "/matrix"} {
		s.data(t, path)
	}
	for _, bad := range []string{"/map?as=gif&figure=map", "/map?as=png&figure=nothing", "/map?as=png&figure=%3Cscript%3E"} {
		if w := s.get(bad); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

func TestBriefPages(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/briefs?country=ZMB&kind=minister&brief_lang=fr")
	if len(d.all(".numbers li")) != 7 || len(d.all("input[name=finding]")) != 7 {
		t.Error("the form or the preview is not whole")
	}
	for as, begins := range map[string]string{"html": "<!", "pdf": "%PDF", "docx": "PK"} {
		path := "/briefs?country=ZMB&kind=committee&brief_lang=pt&as=" + as
		one, two := s.get(path), s.get(path)
		if one.Code != http.StatusOK || !strings.HasPrefix(strings.ToLower(one.Body.String()[:5]), strings.ToLower(begins)) || one.Body.String() != two.Body.String() {
			t.Errorf("%s: %d %.40q", path, one.Code, one.Body.String())
		}
		if csp := one.Header().Get("Content-Security-Policy"); as == "html" && strings.Contains(csp, "script") {
			t.Errorf("%s: %s", path, csp)
		}
	}
	c := s.page(t, "/briefs/compare?day=2025-11-30")
	if len(c.all("table tbody tr")) < 10 {
		t.Error("hardly anything has changed since 2025")
	}
	for path, want := range map[string]int{"/briefs?as=odt": 404, "/briefs?as=pdf&kind=novel": 400, "/briefs?as=pdf&finding=luck": 400, "/briefs?country=XXQ": 400, "/briefs/compare": 400, "/briefs/compare?day=2031-01-01": 400, "/briefs/compare?before=abc": 404,
		"/briefs?as=html&country=ZMB&mineral=tin&since=2026-12": 200} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

// An editor keeps an edition of what the public reads; everyone may compare with it; what is hidden is not in it.
func TestKeepEdition(t *testing.T) {
	d, _ := corrected(t)
	edda := d.as("Edda")
	page := edda.get("/briefs")
	if !strings.Contains(page.body, `action="/briefs/keep"`) || strings.Contains(d.browser().get("/briefs").body, `action="/briefs/keep"`) {
		t.Fatal("an editor is not offered to keep an edition, or everyone is")
	}
	if a := edda.post("/briefs/keep", filled(t, page, "/briefs/keep", nil)); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("keep: %d", a.StatusCode)
	}
	if a := edda.post("/briefs/keep", filled(t, edda.get("/briefs"), "/briefs/keep", nil)); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("keep again: %d", a.StatusCode)
	}
	public := d.browser().get("/briefs")
	var links []string
	for _, a := range parse(t, public.body).all("main a") {
		if h := attr(a.Node, "href"); strings.HasPrefix(h, "/briefs/compare?before=") {
			links = append(links, h)
		}
	}
	if len(links) != 1 {
		t.Fatalf("%d editions", len(links))
	}
	if a := d.browser().get(links[0]); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "No number changed") {
		t.Errorf("the edition and the same: %d", a.StatusCode)
	}
	if a := d.as("Carl").post("/briefs/keep", url.Values{}); a.StatusCode != http.StatusMethodNotAllowed { // as for any page that cannot be sent to
		t.Errorf("a contributor keeps: %d", a.StatusCode)
	}
}
