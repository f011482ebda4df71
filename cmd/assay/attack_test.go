package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// The answer to a name that is not this machine's is as strict as any page.
func TestForeignHostGetsAPolicyToo(t *testing.T) {
	h := onlyHere(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, http.NotFoundHandler())
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = "evil.example"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusMisdirectedRequest || w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
