package chart

import "math"

// The picture of the world is 1000 units wide; mapHeight shows the latitudes from 84° north to 57° south.
const (
	mapWidth  = 1000.0
	mapScale  = mapWidth / 2 / (0.8707 * math.Pi)
	northEdge = 84.0
	southEdge = -57.0
)

var (
	mapTop    = naturalY(northEdge) * mapScale
	mapHeight = math.Ceil(mapTop - naturalY(southEdge)*mapScale)
)

// Project gives the place of a longitude and latitude (degrees) in the picture, x from the left and y from the top, by the Natural Earth
// projection (Šavrič, Jenny, Patterson, Petrovič and Hurni 2011). Points beyond the edges lie outside 0..1000 and 0..mapHeight.
func Project(lon, lat float64) (x, y float64) {
	phi := lat * math.Pi / 180
	p2 := phi * phi
	p4 := p2 * p2
	k := 0.8707 - 0.131979*p2 - 0.013791*p4 + p4*p4*p2*(0.003971-0.001529*p2)
	return mapWidth/2 + lon*math.Pi/180*k*mapScale, mapTop - naturalY(lat)*mapScale
}

func naturalY(lat float64) float64 {
	phi := lat * math.Pi / 180
	p2 := phi * phi
	p4 := p2 * p2
	return phi * (1.007226 + p2*(0.015085+p4*(-0.044475+0.028874*p2-0.005916*p4)))
}
