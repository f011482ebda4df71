package extract

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"path"
	"strings"

	"github.com/openassay/assay/extract/pack"
	"github.com/openassay/assay/text"
)

// enter says whether another part may be read, and notes the end where not.
func (r *reader) enter(p *Part, depth int) bool {
	switch {
	case r.ctx.Err() != nil:
		return false
	case depth > r.opt.Limits.Depth:
		p.refuse(&text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("containers in containers, more than %d deep", r.opt.Limits.Depth), Hint: "unpack it and give the documents"})
		return false
	case len(r.parts) >= r.opt.Limits.Parts:
		p.refuse(&text.Error{Code: text.CodeUnsupported, Message: fmt.Sprintf("more than %d files in it; the rest was not read", r.opt.Limits.Parts), Hint: "unpack it and give the documents"})
		return false
	}
	return true
}

// readZIP reads each file of an archive. The archive itself is a part only where something is wrong with it.
func (r *reader) readZIP(p *Part, b []byte, depth int) {
	a, err := pack.Open(b, &r.left)
	if err != nil {
		p.refuse(err)
		return
	}
	n := 0
	for i, name := range a.Names() {
		base := path.Base(name)
		if strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") || base == "Thumbs.db" {
			continue
		}
		n++
		if !r.enter(p, depth+1) {
			return
		}
		inner := clean(p.Path) + "/" + clean(name)
		body, err := a.ReadAt(i)
		if err != nil {
			q := &Part{Path: inner}
			q.refuse(err)
			r.parts = append(r.parts, q)
			continue
		}
		r.read(inner, body, depth+1)
	}
	if n == 0 {
		p.refuse(&text.Error{Code: text.CodeInvalid, Message: "an archive without files", Hint: "get the whole file again"})
		return
	}
	p.container = true
}

// readMail reads a message: its own words as one part, each attachment as one more.
func (r *reader) readMail(p *Part, b []byte, depth int) {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		p.refuse(&text.Error{Code: text.CodeInvalid, Message: "not a message: " + err.Error(), Hint: "save it again as EML"})
		return
	}
	w := &mailReader{r: r, p: p, depth: depth}
	w.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	body, ext := w.plain, ".txt"
	if body == "" {
		body, ext = w.html, ".html"
	}
	subject := header(m.Header.Get("Subject"))
	if strings.TrimSpace(body) == "" {
		if len(w.files) == 0 && p.Verdict.Code == "" {
			p.refuse(&text.Error{Code: text.CodeUnreadable, Message: "a message without words or attachments", Hint: "save it again as EML"})
		}
		p.container = p.Verdict.Code == ""
	} else if r.unpack {
		p.Verdict.Code = verdictUnread
	} else if rs, err := r.texts("message"+ext, []byte(body)); err != nil {
		p.refuse(err)
	} else {
		for _, rd := range rs {
			rd.Format = "eml"
			if rd.Title = subject; rd.Title == "" {
				rd.Title = "Message"
			}
			if d, err := m.Header.Date(); err == nil && d.Year() > 1970 && d.Year() < 2200 {
				rd.Date = d.Format("2006-01-02")
			}
		}
		p.accept(rs...)
	}
	if r.alone {
		return
	}
	for _, f := range w.files {
		if !r.enter(p, depth+1) {
			return
		}
		r.read(clean(p.Path)+"/"+f.name, f.body, depth+1)
	}
}

// header decodes the words of a header that are not ASCII.
func header(s string) string {
	d := mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
		b, err := io.ReadAll(io.LimitReader(in, 1<<16))
		if err != nil {
			return nil, err
		}
		return strings.NewReader(string(fromCharset(charset, b))), nil
	}}
	if out, err := d.DecodeHeader(s); err == nil {
		s = out
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}

type attachment struct {
	name string
	body []byte
}

type mailReader struct {
	r           *reader
	p           *Part
	depth       int
	plain, html string
	files       []attachment
	parts       int
}

// maxMailParts is the most parts of a message.
const maxMailParts = 1000

// part reads a part of a message and those in it.
func (w *mailReader) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	if w.parts++; w.parts > maxMailParts || depth > 20 {
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		mr := multipart.NewReader(body, params["boundary"])
		for {
			q, err := mr.NextRawPart()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				w.files = append(w.files, attachment{"cut off", nil})
				return
			}
			w.part(q.Header, q, depth+1)
			if w.parts > maxMailParts {
				return
			}
		}
	}
	b, err := w.body(h, body)
	_, disposition, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := header(disposition["filename"])
	if name == "" {
		name = header(params["name"])
	}
	attached := strings.HasPrefix(strings.ToLower(h.Get("Content-Disposition")), "attachment")
	switch {
	case err != nil && len(b) == 0:
		w.files = append(w.files, attachment{"part " + fmt.Sprint(w.parts), b})
	case name == "" && !attached && kind == "text/plain":
		w.plain += string(fromCharset(params["charset"], b)) + "\n"
	case name == "" && !attached && kind == "text/html":
		w.html += string(fromCharset(params["charset"], b))
	case strings.HasPrefix(kind, "image/") && !attached, kind == "application/pgp-signature", kind == "application/pkcs7-signature", kind == "text/calendar":
	default:
		if name == "" {
			name = fmt.Sprintf("part %d", w.parts)
			if kind == "message/rfc822" {
				name += ".eml"
			}
		}
		w.files = append(w.files, attachment{clean(path.Base(strings.ReplaceAll(name, `\`, "/"))), b})
	}
}

func (w *mailReader) body(h textproto.MIMEHeader, body io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, newlineless{body})
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	limit := min(w.r.left, text.MaxBytes)
	b, err := io.ReadAll(io.LimitReader(body, limit+1))
	w.r.left -= int64(len(b))
	if int64(len(b)) > limit {
		return nil, errors.New("too large")
	}
	return b, err
}

// newlineless takes out what is no letter of base64.
type newlineless struct{ r io.Reader }

func (n newlineless) Read(p []byte) (int, error) {
	for {
		k, err := n.r.Read(p)
		out := p[:0]
		for _, c := range p[:k] {
			if c > ' ' {
				out = append(out, c)
			}
		}
		if len(out) > 0 || err != nil {
			return len(out), err
		}
	}
}
