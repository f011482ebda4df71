package instance

// Keep keeps the bytes of a page that an editor consulted, and names them by their SHA-256.
func (in *Instance) Keep(page []byte) (hash string, err error) { return in.Blobs.Put(page) }

// Kept gives back what was kept; registry.NotFound where there is none.
func (in *Instance) Kept(hash string) ([]byte, error) { return in.Blobs.Get(hash) }
