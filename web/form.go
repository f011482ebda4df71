package web

import (
	"cmp"
	"strings"
)

// form is a form with its fields and the errors in them; template "form" of form.html draws it.
type form struct {
	CSRF   string
	Action string // address it is sent to
	Hidden []pair
	Fields []*formField
	Errors []formError // those of the form as a whole first
	Submit string      // the words on the button
	Danger bool        // the button does what cannot be taken back
	Cancel link        // where there is one, beside the button
	Upload bool        // it holds a field of type file
	sent   map[string][]string
}

// formField is a field of a form.
type formField struct {
	Name, Label  string
	Hint         string // how to fill it in, below the label
	Error        string // what is wrong, above the field
	Type         string // text where empty; password, email, url, search, date, number, textarea, select, radio, checkbox, file
	Value        string
	Checked      bool         // of a checkbox
	Options      []formOption // of select and radio
	Required     bool
	Optional     bool         // says so beside the label
	Autocomplete string       // username, current-password, new-password, off …
	Rows         int          // of a textarea; 5 where 0
	Max          int          // letters; 0 for no limit
	Lang         string       // of what is typed, where it is not the page's
	Short        bool         // a date, a number, a code
	Focus        bool         // where the page begins
	Choices      []formChoice // what may have been meant by what was typed, each a button
}

// formChoice is a button that puts a value into a field: it is sent as choose.
type formChoice struct{ Text, Value string }

type formOption struct {
	Value, Label, Hint string
	Group              string // of a select: what it and its neighbours have in common
	Chosen             bool
}

// formError is a line of the summary above the form; it leads to the field.
type formError struct {
	Field string // "" for one of the form as a whole
	Text  string
}

// ID is the element's id.
func (f *formField) ID() string { return "f-" + f.Name }

// DescribedBy names the elements that explain the field.
func (f *formField) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID()+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID()+"-error")
	}
	return strings.Join(ids, " ")
}

// newForm is a form that is sent to an address, filled in from what was typed before.
func (q *request) newForm(action, submit string) *form {
	return &form{CSRF: q.csrf(), Action: action, Submit: submit, sent: q.form}
}

// add puts a field into the form. What was typed before takes the place of its value, except of passwords and files.
func (f *form) add(x formField) *formField {
	x.Type = cmp.Or(x.Type, "text")
	if x.Type == "file" {
		f.Upload = true
	}
	if typed, ok := f.sent[x.Name]; ok && x.Type != "password" && x.Type != "file" {
		x.Value = typed[0]
		x.Checked = x.Type == "checkbox"
	} else if x.Type == "checkbox" && len(f.sent) > 0 {
		x.Checked = false // a box that is not ticked is not sent
	}
	for i := range x.Options {
		o := &x.Options[i]
		if x.Value != "" || len(f.sent[x.Name]) > 0 {
			o.Chosen = o.Value == x.Value
		}
	}
	f.Fields = append(f.Fields, &x)
	return &x
}

// fail says what is wrong with a field ("" or an unknown name for the form as a whole), above the form and at the field.
func (f *form) fail(name, text string) {
	for _, x := range f.Fields {
		if x.Name == name && name != "" {
			x.Error = text
			f.Errors = append(f.Errors, formError{x.ID(), text})
			return
		}
	}
	f.Errors = append([]formError{{"", text}}, f.Errors...)
}

// confirmPage asks before something is done; template "confirm".
type confirmPage struct {
	Title string
	Says  []string
	Form  *form
}
