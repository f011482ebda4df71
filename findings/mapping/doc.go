// Package mapping holds the mapping that the registry was made to repeat (CCSI, November 2025) against what the registry says: thirty of its
// statements that can be checked, in our words, each with what answers it and what nobody can answer from public records.
//
// Start with [Load] and [Statement.Answer]; [Markdown] writes docs/brief.md, which a test keeps true. An answer is computed: it agrees, differs, or cannot be
// told between the bounds. What only the mapping itself says confirms nothing.
package mapping
