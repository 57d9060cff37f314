import math

from offline import shapefile
from stage import svg

RADIUS = 6371.007  # km, of a sphere with the earth's surface
WIDTH, HEIGHT, EQUATOR = 480, 205, 115
SVG = '<svg viewBox="0 0 %d %d" role="img" aria-label="%s">%s</svg>'
COLOURS = ("#e8eef7", "#c5d6ec", "#9ab7dd", "#6a93c8", "#3f6ca8", "#23487a")


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def equal_earth(longitude, latitude):
    """The Equal Earth projection: areas are true. Savric, Patterson, Jenny 2018, equation 8."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * slope)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def rings(shape):
    """The closed lines of a country, projected."""
    starts = [*shape.parts, len(shape.points)]
    for start, end in zip(starts, starts[1:]):
        yield [equal_earth(*point) for point in shape.points[start:end]]


def area(shape):
    """Square kilometres; the shoelace formula, in which holes count less than nothing."""
    twice = 0
    for ring in rings(shape):
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            twice += x1 * y0 - x0 * y1
    return abs(twice) / 2 * RADIUS**2


def path(shape):
    """The country as an SVG path."""
    scale = WIDTH / 5.5
    parts = []
    for ring in rings(shape):
        points = ["%.1f %.1f" % (WIDTH / 2 + x * scale, EQUATOR - y * scale) for x, y in ring]
        parts.append("M" + "L".join(points) + "Z")
    return "".join(parts)


def density(record, shape):
    """People per square kilometre."""
    return record["pop_est"] / area(shape)


def wealth(record, shape):
    """US dollars per person and year."""
    return record["gdp_md_est"] * 1e6 / max(record["pop_est"], 1)


figure = density  # or wealth: try it

shp, dbf = open("world.shp", "rb"), open("world.dbf", "rb")
world = shapefile.Reader(shp=shp, dbf=dbf, encoding="iso-8859-1")
countries = []
for each in world.iterShapeRecords():
    if each.record["continent"] != "Antarctica":
        countries.append((figure(each.record, each.shape), each.record["name"], each.shape))

# As many countries in each class.
values = sorted(value for value, _, _ in countries)
limits = [values[len(values) * place // len(COLOURS)] for place in range(1, len(COLOURS))]

drawn = []
for value, name, shape in countries:
    colour = COLOURS[sum(value >= limit for limit in limits)]
    title = "<title>%s: %s</title>" % (escape(name), format(value, ",.0f"))
    drawn.append('<path fill="%s" d="%s">%s</path>' % (colour, path(shape), title))
svg(SVG % (WIDTH, HEIGHT, "World map: " + figure.__doc__, "".join(drawn)), "map")

key = []
for place, colour in enumerate(COLOURS):
    label = "≥ " + format(limits[place - 1], ",.0f") if place else "< " + format(limits[0], ",.0f")
    key.append('<rect x="%d" width="58" height="14" fill="%s"/>' % (60 * place, colour))
    key.append('<text x="%d" y="28" font-size="12">%s</text>' % (60 * place, escape(label)))
svg(SVG % (360, 32, "Key", "".join(key)), "key")

print(figure.__doc__, "The most:")
for value, name, _ in sorted(countries, key=lambda each: -each[0])[:8]:
    print(format(value, "14,.0f"), name)
