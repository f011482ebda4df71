package web_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

func readDraft(ctx context.Context, name string, b []byte, v *registry.View) (*text.Reading, *assay.Analysis, error) {
	parts, err := extract.Read(ctx, name, b, extract.Options{})
	if err != nil {
		return nil, nil, err
	}
	if err := parts[0].Err(); err != nil {
		return nil, nil, registry.Errorf(registry.Unreadable, "%v", err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return nil, nil, err
	}
	return parts[0].Readings[0], assay.Analyze(parts[0].Readings[0], rules, nil), nil
}

// TestCheckADraft: a draft is pasted or sent, the report is shown or sent as a file, and nothing may be kept of it on the way.
func TestCheckADraft(t *testing.T) {
	d := newDesk(t, web.Options{ReadDraft: readDraft})
	send := func(fields map[string]string, file []byte, name string) (int, http.Header, []byte) {
		t.Helper()
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for k, v := range fields {
			_ = w.WriteField(k, v)
		}
		if file != nil {
			part, _ := w.CreateFormFile("file", name)
			_, _ = part.Write(file)
		}
		w.Close()
		res, err := http.Post(d.srv.URL+"/check", w.FormDataContentType(), &b)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if cc := res.Header.Get("Cache-Control"); !strings.Contains(cc, "no-store") {
			t.Errorf("an answer may be kept: %q", cc)
		}
		return res.StatusCode, res.Header, body
	}
	draft := "AGREEMENT BETWEEN NORLAND AND SUDRIA ON COBALT\n\nThis Agreement is legally binding. The Parties have agreed as follows:\n\nArticle 1\n\nNorland shall have a right of first offer on all cobalt. Each Party shall publish its laws within 30 days.\n\nArticle 2\n\nThe Parties shall endeavour to support human rights. Norland shall pay [30] days later.\n"
	status, _, page := send(map[string]string{"draft": draft}, nil, "")
	for _, s := range []string{"Limits of exclusivity", "Role of parliament", "Words in square brackets", "No side", "model wording", "Nothing is stored"} {
		if status != http.StatusOK || !bytes.Contains(page, []byte(s)) {
			t.Errorf("the report lacks %q (%d)", s, status)
		}
	}
	status, h, docx := send(map[string]string{"as": "docx"}, []byte(draft), "draft.txt")
	if status != http.StatusOK || !strings.Contains(h.Get("Content-Disposition"), "draft-check.docx") || !bytes.HasPrefix(docx, []byte("PK")) {
		t.Errorf("as a Word document: %d %v", status, h)
	}
	if status, _, page := send(nil, docx, "draft-check.docx"); status != http.StatusOK || !bytes.Contains(page, []byte("Limits of exclusivity")) {
		t.Errorf("a Word document that is sent: %d", status)
	}
	if _, h, body := send(map[string]string{"draft": draft, "as": "json"}, nil, ""); h.Get("Content-Type") != "application/json" || !bytes.Contains(body, []byte(`"gaps"`)) {
		t.Errorf("as data: %v", h)
	}
	for name, fields := range map[string]map[string]string{"empty": {"draft": " "}, "hostile": {"draft": "</textarea><script>alert(1)</script>"}, "a story": {"draft": "The ship left the port at dawn. Anna watched the hills."}} {
		status, _, page := send(fields, nil, "")
		if status >= 500 || bytes.Contains(page, []byte("<script>alert")) || bytes.Contains(page, []byte("gap-parliament_role")) {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _, _ := send(nil, []byte("%PDF-1.7 broken"), "x.pdf"); status != http.StatusUnprocessableEntity {
		t.Errorf("a broken file: %d", status)
	}
	if res, err := http.Get(d.srv.URL + "/clauses?q=tailings"); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the clause library: %v", err)
	}
	if res, err := http.Get(d.srv.URL + "/clauses/nothing"); err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("a topic that is not there: %v", err)
	}
}
