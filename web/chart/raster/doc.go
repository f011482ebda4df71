// Package raster draws the charts' SVG as PNG, for documents and mails that hold no SVG.
//
// Start with [PNG]. It knows what package chart writes and no more: rect, circle, line, path (M L H V Q C Z), text, g, a, one hatch pattern and
// rotate; lengths in pixels or percent. What it does not know it refuses, so that a picture never lacks a part in silence. Letters are drawn from
// the outlines of DejaVu Sans Condensed; a character that it lacks is drawn as an empty box. The same picture gives the same bytes.
//
// It draws ink on white, with the one tint of the pages: what colour tells, form tells too.
package raster
