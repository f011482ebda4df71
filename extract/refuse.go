package extract

import "github.com/openassay/assay/text"

// refusals are formats that are recognised and not read, with what to do.
var refusals = map[string]text.Error{
	"xlsx":      {Code: text.CodeUnsupported, Message: "a spreadsheet of Excel, which is not read", Hint: "save the sheet that matters as CSV or PDF"},
	"pptx":      {Code: text.CodeUnsupported, Message: "a presentation of PowerPoint, which is not read", Hint: "save it as PDF"},
	"odf":       {Code: text.CodeUnsupported, Message: "an OpenDocument that is no text, which is not read", Hint: "save it as PDF"},
	"ole":       {Code: text.CodeUnsupported, Message: "an old Word or Excel file, which is not read", Hint: "open it and save it as DOCX or PDF"},
	"msg":       {Code: text.CodeUnsupported, Message: "a message of Outlook (MSG), which is not read", Hint: "save it as EML, or save its attachments"},
	"xml":       {Code: text.CodeUnsupported, Message: "XML of a kind that is not read; Akoma Ntoso, Formex and the Texts of Trade Agreements are", Hint: "give the text as HTML, Markdown or plain text"},
	"encrypted": {Code: text.CodeUnreadable, Message: "it is encrypted with a password", Hint: "open it with the password and save it without one"},
}

func init() {
	for name, e := range refusals {
		formats[name] = func(*reader, *Part, []byte) error { return &e }
	}
}
