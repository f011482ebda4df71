package sqlite

// Pragma asks the writer's and a reader's connection for a setting.
func Pragma(l *Log, name string) (write, read string) {
	l.write.QueryRow("PRAGMA " + name).Scan(&write)
	l.read.QueryRow("PRAGMA " + name).Scan(&read)
	return write, read
}
