package findings

// Parse reads definitions from a folder.
var Parse = parse

// Counters are the names of what is counted.
func Counters() []string {
	var out []string
	for k := range counters {
		out = append(out, k)
	}
	return out
}
