package edit

import (
	"errors"

	"github.com/openassay/assay/registry"
)

// Understood is a typed value as it was read.
type Understood struct {
	Value registry.Value
	Notes []string // how it was read, where that may surprise; in English
}

// Option is one of the meanings that a typed value may have.
type Option struct {
	Write string // what to type to mean this
	Says  string // what it means, in words
}

// Ask is the error by which a typed value is refused because it may mean several things, or nothing that is known but something
// like it.
type Ask struct {
	Err     *registry.Error
	Options []Option
}

func (a *Ask) Error() string { return a.Err.Error() }

// Unwrap lets registry.CodeOf see the error.
func (a *Ask) Unwrap() error { return a.Err }

// OptionsOf are the meanings that an error offers; none where it offers none.
func OptionsOf(err error) []Option {
	var a *Ask
	if errors.As(err, &a) {
		return a.Options
	}
	return nil
}

func ask(options []Option, hint, format string, args ...any) error {
	return &Ask{registry.Errorf(registry.Invalid, format, args...).WithHint("%s", hint), options}
}

func invalid(hint, format string, args ...any) error {
	return registry.Errorf(registry.Invalid, format, args...).WithHint("%s", hint)
}

// brief keeps what an error quotes to a length that a person reads.
func brief(s string) string {
	r := []rune(s)
	if len(r) <= 80 {
		return s
	}
	return string(r[:79]) + "…"
}
