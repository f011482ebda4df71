// Package server puts the pages on the network: certificates, logs, measures, and what a proxy in front of it says.
//
// Start with [New] and [Server.Run]. It knows nothing of what the pages show.
//
// Words: the front is where the pages are; ops is the second address, for whoever looks after the machine, with /healthz, /readyz and
// /metrics. What ops tells (how far the log is, how much is waiting) is never at the front, for it would tell of what is hidden.
//
// What it refuses to do: write down who asked. A line of the log has the method, the pattern of the address, the status, the time
// and the bytes; no network address, no query, no name. What the standard library says of connections is cleared of addresses.
package server
