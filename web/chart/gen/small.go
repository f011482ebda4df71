package main

// smallPlaces are the anchors of codes for which the atlas has no shape, or whose largest part is not where most of it is.
var smallPlaces = map[string][2]float64{
	"ATA": {0, -85},
	"BES": {-68.3, 12.2},
	"BVT": {3.4, -54.4},
	"CCK": {96.8, -12.2},
	"CXR": {105.6, -10.5},
	"GIB": {-5.4, 36.1},
	"GLP": {-61.6, 16.2},
	"GUF": {-53.1, 3.9},
	"KIR": {173.0, 1.4},
	"MTQ": {-61.0, 14.7},
	"MYT": {45.2, -12.8},
	"REU": {55.5, -21.1},
	"SJM": {16.0, 78.7},
	"TKL": {-171.8, -9.2},
	"TUV": {179.2, -8.5},
	"UMI": {166.6, 19.3},
}
