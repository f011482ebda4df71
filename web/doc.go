// Package web is the registry as pages: rendered on the server with html/template, complete without JavaScript, and every list and record
// also as JSON and CSV at the same address.
//
// Start with [New]. The site map is one table in routes.go: an address, and the function that makes its page. A page is a file of Go with
// a struct and the function that fills it, a file .html with its template and, where it needs one, a file .css, all of the same name.
// What several pages show alike (a value with its source, a stage line, a table) is a component: a struct, a function of *request that fills
// it and a template of the same name; /storybook shows them all.
//
// Words: a request is one visit with its language and its view as of a day; a page is what a handler makes of it; a chip is the mark of a
// source beside a value; a state is what is known of a value where it is not simply stated. Every word that a reader sees comes from
// the catalogue (locale/*.yaml) or from the registry's records.
//
// For whoever is not signed in the package reads; it changes nothing and keeps nothing but its compiled templates. What stands behind a
// sign-in is told at the top of desk.go: a second table of addresses, deskRoutes, with roles and forms.
package web
