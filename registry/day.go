package registry

import (
	"fmt"
	"strings"
	"time"
)

// Day is a calendar day as YYYY-MM-DD, which sorts as text. The empty Day means no day.
type Day string

// ParseDay reads YYYY-MM-DD and refuses days that do not exist.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil || t.Year() < 1 {
		return "", Errorf(Invalid, "%q is not a day", s).WithHint("write days as 2025-10-26")
	}
	return Day(s), nil
}

// DayOf is the day of t in UTC.
func DayOf(t time.Time) Day { return Day(t.UTC().Format("2006-01-02")) }

// Date is a date as precise as its source: an EDTF date (level 1 and the parts of level 2 that sources need). Start and End are the first and the
// last day that it may mean; an open end is "9999-12-31", an open start "0001-01-01".
type Date struct {
	EDTF        string
	Start, End  Day
	Approximate bool // ~ or %
	Uncertain   bool // ? or %
}

const (
	openStart = Day("0001-01-01")
	openEnd   = Day("9999-12-31")
)

// ParseDate reads EDTF: 2025, 2025-10, 2025-10-26, each with ~ ? or % behind it; 202X, 2025-XX; intervals 2021/2027, ../2024, 2024/..
func ParseDate(s string) (Date, error) {
	bad := func(why string) (Date, error) {
		return Date{}, Errorf(Invalid, "%q is not a date: %s", s, why).
			WithHint("write dates as EDTF: 2025, 2025-10, 2025-10-26, 2025~ (about), 2021/2027")
	}
	if from, to, ok := strings.Cut(s, "/"); ok {
		d := Date{EDTF: s, Start: openStart, End: openEnd}
		if from != ".." && from != "" {
			a, err := parseSingle(from)
			if err != nil {
				return bad(err.Error())
			}
			d.Start, d.Approximate, d.Uncertain = a.Start, a.Approximate, a.Uncertain
		}
		if to != ".." && to != "" {
			b, err := parseSingle(to)
			if err != nil {
				return bad(err.Error())
			}
			d.End = b.End
			d.Approximate, d.Uncertain = d.Approximate || b.Approximate, d.Uncertain || b.Uncertain
		}
		if (from == ".." || from == "") && (to == ".." || to == "") {
			return bad("an interval needs a start or an end")
		}
		if d.Start > d.End {
			return bad("the interval ends before it starts")
		}
		return d, nil
	}
	d, err := parseSingle(s)
	if err != nil {
		return bad(err.Error())
	}
	return d, nil
}

func parseSingle(s string) (Date, error) {
	d := Date{EDTF: s}
	body := s
	if n := len(s); n > 0 {
		switch s[n-1] {
		case '~':
			d.Approximate, body = true, s[:n-1]
		case '?':
			d.Uncertain, body = true, s[:n-1]
		case '%':
			d.Approximate, d.Uncertain, body = true, true, s[:n-1]
		}
	}
	parts := strings.Split(body, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return d, fmt.Errorf("expected YYYY, YYYY-MM or YYYY-MM-DD")
	}
	yLo, yHi, err := digits(parts[0], 1, 9999)
	if err != nil {
		return d, fmt.Errorf("year %w", err)
	}
	mLo, mHi := 1, 12
	if len(parts) > 1 {
		if mLo, mHi, err = digits(parts[1], 1, 12); err != nil || len(parts[1]) != 2 {
			return d, fmt.Errorf("month %s does not exist", parts[1])
		}
	}
	dLo, dHi := 1, daysIn(yHi, mHi)
	if len(parts) > 2 {
		if dLo, dHi, err = digits(parts[2], 1, daysIn(yHi, mHi)); err != nil || len(parts[2]) != 2 {
			return d, fmt.Errorf("day %s does not exist in %s-%s", parts[2], parts[0], parts[1])
		}
	}
	d.Start = Day(fmt.Sprintf("%04d-%02d-%02d", yLo, mLo, dLo))
	d.End = Day(fmt.Sprintf("%04d-%02d-%02d", yHi, mHi, dHi))
	return d, nil
}

// digits reads decimal digits, X standing for any, as the lowest and highest number they may mean within lo and hi.
func digits(s string, lo, hi int) (int, int, error) {
	a, b := 0, 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			a, b = a*10+int(c-'0'), b*10+int(c-'0')
		case c == 'X':
			a, b = a*10, b*10+9
		default:
			return 0, 0, fmt.Errorf("%q has a character that is no digit", s)
		}
	}
	a, b = max(a, lo), min(b, hi)
	if a > b || s == "" {
		return 0, 0, fmt.Errorf("%q does not exist", s)
	}
	return a, b, nil
}

func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// Contains says whether every day that o may mean is one that d may mean.
func (d Date) Contains(o Date) bool { return d.Start <= o.Start && o.End <= d.End }

// Precision is day, month, year or interval: how exactly the date is known.
func (d Date) Precision() string {
	switch {
	case strings.Contains(d.EDTF, "/"), strings.Contains(d.EDTF, "X"):
		return "interval"
	case d.Start == d.End:
		return "day"
	case d.Start[:7] == d.End[:7]:
		return "month"
	default:
		return "year"
	}
}
