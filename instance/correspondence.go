package instance

import "github.com/openassay/assay/desk"

// Correspondence is where it is kept what people outside write and what everyone is told of it; nil for a registry in memory, and where the
// directory is open for reading only and nobody has written yet.
func (in *Instance) Correspondence() *desk.Desk { return in.desk }
