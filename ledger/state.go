package ledger

// State is what a ledger tells everybody about itself.
type State struct {
	Name      string   `json:"name"`
	Key       string   `json:"key"`    // as policies write it
	Events    int64    `json:"events"` // entered
	Leaves    int64    `json:"leaves"` // entered
	Size      uint64   `json:"size"`   // leaves of the last checkpoint
	Policy    string   `json:"policy"` // for who checks receipts
	Witnesses []string `json:"witnesses"`
}
