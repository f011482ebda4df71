// Package summary makes the standard summary disclosure of an instrument: one page, the same parts for each, made of what sources say. It is meant
// for MOUs and other texts that do not bind above all, of which often nothing else is public.
//
// Start with [Of], which fills the form from a view, and [Empty], which gives the form for somebody to fill in by hand. [Sheet.Paper] is the page to be
// printed or sent; [Schema] describes the JSON of a [Sheet]. The package is pure. It refuses to leave a part out: what no source says reads so, and
// what is withheld reads so with its ground.
package summary
