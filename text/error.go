package text

import "fmt"

// Codes of [Error], the subset of the project's error codes that reading can give.
const (
	CodeInvalid     = "invalid"     // the bytes break a rule of their own format, or of safety
	CodeUnsupported = "unsupported" // a format or size this package does not read
	CodeUnreadable  = "unreadable"  // meant to be read, but no text can be got out of it
)

// Error says what could not be read, where, and how to mend it.
type Error struct {
	Code    string // one of the Code constants
	Name    string // the document, as the caller named it
	Line    int    // 1-based line; 0 where it is not about one line
	Message string // what is wrong, lower case, without the name
	Hint    string // how to mend it; "" where nothing helps
}

// Error gives "name:line: message (hint)".
func (e *Error) Error() string {
	s := e.Name
	if s == "" {
		s = "document"
	}
	if e.Line > 0 {
		s = fmt.Sprintf("%s:%d", s, e.Line)
	}
	s = fmt.Sprintf("%s: %s", s, e.Message)
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}
