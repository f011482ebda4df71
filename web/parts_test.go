package web

import (
	"mime/multipart"
	"strings"
	"testing"
)

// Whatever a form with files holds, reading it ends without harm, and no more is kept than may be.
func FuzzParts(f *testing.F) {
	f.Add("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.csv\"\r\n\r\n"+strings.Repeat("y", 200)+"\r\n--b--\r\n", int64(100))
	f.Add("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", int64(1))
	f.Add("--b--", int64(0))
	f.Fuzz(func(t *testing.T, body string, limit int64) {
		form, left, err := readParts(multipart.NewReader(strings.NewReader(body), "b"), max(0, min(limit, 1<<20)), nil)
		kept := int64(0)
		for name, values := range form {
			for _, v := range values {
				if !strings.HasSuffix(name, ".name") {
					kept += int64(len(v))
				}
			}
		}
		if kept > max(0, limit) || err != nil && (form != nil || left != nil) {
			t.Errorf("%d bytes are kept of at most %d; %v %v", kept, limit, left, err)
		}
		for _, x := range left {
			if x.bytes <= 0 || x.bytes > int64(len(body)) {
				t.Errorf("%+v was left out of %d bytes", x, len(body))
			}
		}
	})
}
