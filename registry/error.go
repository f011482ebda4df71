package registry

import (
	"errors"
	"fmt"
	"strings"
)

// ErrorCode is one of a handful of codes that each edge (web, command line) translates once.
type ErrorCode string

// The codes. Invalid input is the caller's to mend; a conflict is mended by reading again.
const (
	Invalid     ErrorCode = "invalid"
	NotFound    ErrorCode = "not_found"
	Conflict    ErrorCode = "conflict"
	Unsupported ErrorCode = "unsupported"
	Unreadable  ErrorCode = "unreadable"
	Internal    ErrorCode = "internal"
)

// Error carries a code, what went wrong and where, and how to mend it.
type Error struct {
	Code    ErrorCode
	Message string
	Hint    string // how to mend it; "" where there is nothing to say
	Err     error  // the cause, for errors.Is and errors.As; may be nil
}

func (e *Error) Error() string {
	if e.Err == nil || strings.Contains(e.Message, e.Err.Error()) { // Errorf with %w says it already
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a code; a %w in the format is kept for errors.Is and errors.As.
func Errorf(code ErrorCode, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// WithHint returns the error with a line on how to mend it.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// CodeOf is the code of err, or Internal for an error that carries none; "" for nil.
func CodeOf(err error) ErrorCode {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// HintOf is the hint of err, "" where it has none.
func HintOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}
