package server

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"regexp"
	"strings"
	"time"
)

// LogFormats are the ways to write the log.
var LogFormats = []string{"text", "json", "none"}

// NewLog writes lines to w in one of LogFormats; "none" writes no requests, and errors as text.
func NewLog(w io.Writer, format string) *slog.Logger {
	opt := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			a.Value = slog.StringValue(a.Value.Time().UTC().Format("2006-01-02T15:04:05.000Z"))
		}
		return a
	}}
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(w, opt))
	case "none":
		opt.Level = slog.LevelWarn
	}
	return slog.New(slog.NewTextHandler(w, opt))
}

// addresses are those of the network, with their port, as the standard library writes them.
var addresses = regexp.MustCompile(`\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[^\]\s]*)?\](:\d+)?|\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b`)

// clear takes the addresses out of a message.
func clear(s string) string { return addresses.ReplaceAllString(s, "ADDRESS") }

// cleared is the log of package net/http, line by line and without addresses.
type cleared struct{ log *slog.Logger }

func (c cleared) Write(p []byte) (int, error) {
	c.log.Warn(clear(strings.TrimSpace(string(p))))
	return len(p), nil
}

func errorLog(l *slog.Logger) *log.Logger { return log.New(cleared{l}, "", 0) }

// Errorf is a line about something that went wrong, as package web reports it.
func Errorf(l *slog.Logger) func(format string, args ...any) {
	return func(format string, args ...any) { l.Error(clear(fmt.Sprintf(format, args...))) }
}

// line writes one request.
func line(l *slog.Logger, method, route string, status int, took time.Duration, bytes int64) {
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	l.Log(context.Background(), level, "request", "method", method, "route", route, "status", status, "ms", took.Milliseconds(), "bytes", bytes)
}
