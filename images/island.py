"""The map of the bundled world, images/island.svg, for docs/ALMANAC.md.

What stands on the island, and how it is called, is read from `minillm.corpus.world`. Where it
stands, and its picture, is the map's own: a place or home that is missing here is an error.
"""

from collections.abc import Callable
from typing import NamedTuple

import island_pictures as p
from island_shapes import (
    LIGHT,
    PEN,
    RED,
    ROSE,
    WOOD,
    Box,
    Point,
    along,
    at,
    blob,
    dot,
    fir,
    flower,
    is_inside,
    line,
    path,
    rect,
    round_tree,
    smooth,
    touch,
    waves,
)
from style import INK, card, penguin, text

from minillm.corpus.draw import Draw
from minillm.corpus.world import HOMES, PLACES

WIDTH, HEIGHT = 1200, 1000
HALO, WOODS_SIZE = "#fdfbf2", (180, 152)
SEA, SHALLOW, SAND, LAND = "#bfdcec", "#d6ebf4", "#f5e3b5", "#e4edc9"
WOODS, MOUND, SNOW, TOWN = "#cbdfb0", "#d9d2a4", "#f6fafa", "#efe7cc"


class Site(NamedTuple):
    """Where something stands, its picture, and how far its names are from below the picture."""

    x: float
    y: float
    picture: str = ""
    dx: float = 0
    dy: float = 0


SITES = {
    # the cold north
    "ice house": Site(476, 144, p.ICE_HOUSE),
    "tent": Site(612, 158, p.TENT),
    "stone house": Site(752, 168, p.STONE_HOUSE),
    "lighthouse": Site(1078, 112, p.LIGHTHOUSE),
    "hill": Site(292, 236),
    "cave": Site(396, 330, p.CAVE),
    "castle": Site(466, 240, p.CASTLE),
    "lake": Site(650, 300, dy=-42),
    # the woods
    "log cabin": Site(196, 352, p.LOG_CABIN),
    "hollow tree": Site(296, 372, p.HOLLOW_TREE),
    "bamboo hut": Site(170, 450, p.BAMBOO_HUT),
    "forest": Site(268, 474, p.FOREST),
    "tree house": Site(366, 470, p.TREE_HOUSE),
    "mushroom house": Site(196, 554, p.MUSHROOM_HOUSE),
    # the fields
    "windmill": Site(496, 364, p.WINDMILL),
    "meadow": Site(468, 476, p.MEADOW),
    "pond": Site(322, 572, p.POND),
    "caravan": Site(438, 576, p.CARAVAN),
    "barn": Site(216, 656, p.BARN),
    "orchard": Site(326, 674, p.ORCHARD),
    "garden": Site(424, 680, p.GARDEN),
    "greenhouse": Site(340, 764, p.GREENHOUSE),
    "watermill": Site(499, 742, p.WATERMILL),
    "river": Site(590, 524, dx=-42, dy=-34),
    "bridge": Site(574, 612, p.BRIDGE, dx=66, dy=-16),
    # the village
    "attic": Site(872, 220, p.ATTIC),
    "museum": Site(822, 322, p.MUSEUM),
    "school": Site(918, 318, p.SCHOOL),
    "round house": Site(1016, 346, p.ROUND_HOUSE),
    "library": Site(720, 424, p.LIBRARY),
    "clock tower": Site(820, 424, p.CLOCK_TOWER),
    "post office": Site(926, 428, p.POST_OFFICE),
    "playground": Site(1026, 462, p.PLAYGROUND),
    "tea room": Site(696, 530, p.TEA_ROOM),
    "market": Site(800, 532, p.MARKET),
    "bakery": Site(906, 530, p.BAKERY),
    "kitchen": Site(1014, 566, p.KITCHEN),
    "red house": Site(704, 682, p.RED_HOUSE),
    "well": Site(806, 646, p.WELL),
    "workshop": Site(914, 642, p.WORKSHOP),
    "station": Site(862, 748, p.STATION),
    # the shore
    "beach": Site(668, 872, p.BEACH),
    "pier": Site(1000, 812, dy=-4),
    "old ship": Site(104, 866, p.OLD_SHIP),
}
COAST = (
    (600, 72), (700, 60), (800, 86), (880, 90), (950, 134), (1030, 122), (1104, 110), (1128, 158),
    (1078, 206), (1092, 270), (1130, 330), (1118, 420), (1138, 500), (1114, 590), (1104, 660),
    (1050, 712), (1010, 766), (950, 806), (900, 868), (810, 896), (740, 940), (650, 952),
    (570, 926), (500, 916), (440, 892), (350, 910), (270, 880), (220, 826), (140, 770), (112, 690),
    (62, 620), (78, 540), (52, 460), (84, 390), (72, 320), (126, 250), (160, 170), (244, 130),
    (320, 78), (420, 90), (500, 66),
)  # fmt: skip
RAILS = (
    (600, 106), (730, 106), (850, 140), (960, 190), (1036, 250), (1078, 350), (1086, 470),
    (1074, 580), (1050, 660), (990, 730), (930, 806), (840, 838), (720, 820), (620, 824),
    (540, 856), (420, 856), (310, 848), (222, 786), (156, 706), (112, 600), (100, 480),
    (112, 360), (160, 240), (250, 156), (370, 116), (480, 104),
)  # fmt: skip
RIVER = (
    (640, 330), (622, 410), (590, 470), (580, 540), (574, 610), (582, 670), (552, 730), (560, 800),
    (538, 870), (532, 928),
)  # fmt: skip
HOUSE = ("QdogBaby's blue house", "QdogBaby 的蓝房子")
PIER = ((1018, 766), (1082, 858))  # from the coast to the blue house


# --- the ground -----------------------------------------------------------------------------------


def ground() -> list[str]:
    """Sea, coast, woods, hill, lake, river and the railway round it all."""
    coast, rails = smooth(COAST, True), smooth(RAILS, True)
    x, y = SITES["lake"][:2]
    woods = SITES["forest"][:2]
    mouth = (RIVER[-1][0], RIVER[-1][1] + 12)
    return [
        line(coast, SHALLOW, 66),
        line(coast, PEN, 29),
        f'<path d="{coast}" fill="{LAND}" stroke="{SAND}" stroke-width="26"/>',
        '<g stroke="none">',
        blob(660, 892, 118, 52, SAND),
        blob(*woods, *WOODS_SIZE, WOODS),
        blob(866, 480, 216, 196, TOWN),
        blob(530, 158, 126, 46, SNOW),
        "</g>",
        mound(),
        line(smooth(RIVER), PEN, 20),
        lake(x, y),
        line(smooth((*RIVER, mouth)), SHALLOW, 17),
        waves([(x - 56, y - 28), (x + 40, y - 30), (x - 66, y + 22), (x + 46, y + 20)]),
        line(rails, PEN, 9, 'stroke-dasharray="2.5 7"'),
        line(rails, PEN, 1.8),
        pier(),
    ]


def lake(x: float, y: float) -> str:
    points = ((-98, 4), (-84, -42), (-20, -50), (30, -60), (88, -40), (100, 8), (70, 46), (0, 48),
              (-66, 52))  # fmt: skip
    return path(smooth([(x + dx, y + dy) for dx, dy in points], closed=True), SHALLOW)


def mound() -> str:
    """The hill, as old maps have it: rounded backs with strokes down their sides."""
    x, y = SITES["hill"][:2]
    backs = "".join(
        path(f"M{x + dx - half},{y + 58} Q{x + dx - half * 0.7:.0f},{top} {x + dx},{top} "
               f"Q{x + dx + half * 0.7:.0f},{top} {x + dx + half},{y + 58}", MOUND)
        for dx, half, top in ((58, 64, y - 34), (-22, 92, y - 68))
    )  # fmt: skip
    strokes = "".join(
        f"M{x + dx},{y + dy} q{(dx + 22) / 12:.1f},9 {(dx + 22) / 5:.1f},20 "
        for dx, dy in ((-62, -34), (-78, -12), (-84, 16), (18, -36), (36, -12), (42, 16), (90, 4))
    )
    trees = ((-44, -22, fir()), (-26, -26, fir()), (4, -18, flower(ROSE)))
    return (
        backs
        + line(strokes, PEN, 1.2)
        + "".join(at(x + dx, y + dy, picture, 0.6) for dx, dy, picture in trees)
    )


def pier() -> str:
    (x1, y1), (x2, y2) = PIER
    planks = f"M{x1},{y1} L{x2},{y2}"
    return (
        line(planks, PEN, 25)
        + line(planks, WOOD, 22)
        + line(planks, PEN, 22, 'stroke-dasharray="1.2 7"')
    )


# --- what stands on it ----------------------------------------------------------------------------


def boxes(site: Site, name: str) -> list[Box]:
    """Where the picture of a site is, and where its names are."""
    x, y, half = site.x + site.dx, site.y + site.dy, 4.4 * len(name) + 3
    picture = (site.x - 33, site.y - 30, site.x + 33, site.y + 24)
    return [(x - half, y + 25, x + half, y + 57)] + ([picture] if site.picture else [])


def names(site: Site, english: str, chinese: str) -> str:
    x, y = site.x + site.dx, site.y + site.dy
    return text(x, y + 38, english, 15, INK, "600") + text(x, y + 54, chinese, 13, "#463f39")


def scattered(
    draw: Draw,
    tries: int,
    taken: list[Box],
    size: float,
    allowed: Callable[[float, float], bool],
) -> list[Point]:
    """Points of the map that leave alone what is taken, and each other."""
    points: list[Point] = []
    for _ in range(tries):
        x, y = draw.below(WIDTH), draw.below(HEIGHT)
        box = (x - size, y - size, x + size, y + size)
        if allowed(x, y) and not any(touch(box, other) for other in taken):
            taken.append(box)
            points.append((x, y))
    return points


def decorations(taken: list[Box]) -> list[str]:
    """Small trees in the woods, grass and flowers, waves on the sea: wherever there is room."""
    draw = Draw("island")
    (lake_x, lake_y), (hill_x, hill_y), woods = (
        SITES[name][:2] for name in ("lake", "hill", "forest")
    )
    taken += [(lake_x - 106, lake_y - 66, lake_x + 106, lake_y + 60)]
    taken += [(hill_x - 116, hill_y - 70, hill_x + 124, hill_y + 60)]
    taken += along((*RAILS, RAILS[0]), 11) + along(RIVER, 16) + along(PIER, 16)
    taken += along((*COAST, COAST[0]), 34)
    trees, flowers, tufts, sea = [], [], [], []
    for x, y in scattered(draw, 2500, taken, 9, lambda x, y: in_woods(x, y, woods)):
        trees.append((x, y))
    for x, y in scattered(draw, 700, taken, 15, lambda x, y: True):
        land = draw.choice((tufts, tufts, flowers, trees))
        (land if is_inside(x, y, COAST) else sea).append((x, y))
    grass = "".join(f"M{x - 5},{y + 3} l2,-6 l3,6 l3,-8 l2,8 " for x, y in tufts)
    return [
        *(at(x, y, draw.choice((fir(), round_tree())), 0.46) for x, y in trees),
        *(at(x, y, flower(draw.choice((RED, ROSE, "#ffffff"))), 0.95) for x, y in flowers),
        line(grass, "#93a86c", 1.3),
        waves([(x - 12, y) for x, y in sea]),
    ]


def in_woods(x: float, y: float, woods: tuple[float, ...]) -> bool:
    return ((x - woods[0]) / WOODS_SIZE[0]) ** 2 + ((y - woods[1]) / WOODS_SIZE[1]) ** 2 < 0.85


def compass(x: float, y: float) -> str:
    star = "M0,-30 L6,-6 L30,0 L6,6 L0,30 L-6,6 L-30,0 L-6,-6 z"
    return at(x, y, dot(0, 0, 17, "none") + path(star, LIGHT)
                + path("M0,-30 L6,-6 L0,0 z M30,0 L6,6 L0,0 z M0,30 L-6,6 L0,0 z "
                         "M-30,0 L-6,-6 L0,0 z", RED))  # fmt: skip


def island() -> str:
    concepts = {concept.en.bare: concept for concept in (*PLACES, *HOMES)}
    if wrong := concepts.keys() ^ SITES.keys():
        raise ValueError(f"either in the world or in SITES, and not in both: {sorted(wrong)}")
    house = Site(PIER[1][0] + 4, PIER[1][1] - 4, p.BLUE_HOUSE)
    train, whale_at, boat_at = (400, 845), (902, 944), (330, 40)
    taken = [box for name, site in SITES.items() for box in boxes(site, name)]
    taken += [*boxes(house, HOUSE[0]), (20, 20, 226, 190)]
    taken += [(x - 50, y - 40, x + 50, y + 30) for x, y in (train, whale_at, boat_at)]
    whale = path("M-40,2 Q-34,-20 -6,-20 Q22,-19 28,2 Q34,2 36,-12 l-10,-6 l12,-1 l6,-9 l2,11 "
                   "l9,5 l-10,4 Q42,16 22,16 H-18 Q-36,16 -40,2 z", "#7fa3bd")  # fmt: skip
    whale += path("M-10,-22 q-2,-12 -10,-12 M-10,-22 q2,-12 10,-12") + dot(-26, -2, 1.8, PEN)
    boat = path("M-22,0 L0,4 L22,0 L12,14 H-12 z M-9,2 L0,-16 L9,2 z", LIGHT)
    pictures = [at(x, y, picture) for x, y, picture, *_ in SITES.values() if picture]
    pictures += [
        at(house.x, house.y, rect(-32, 20, 64, 6, WOOD) + house.picture),
        at(house.x - 36, house.y + 20, penguin(0, 0), 0.4),
        at(*train, p.TRAIN),
        at(*whale_at, whale),
        at(*boat_at, boat),
        compass(70, 152),
    ]
    rough = (
        '<defs><filter id="rough" x="-2%" y="-2%" width="104%" height="104%">'
        '<feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="2" seed="7" '
        'result="noise"/>'
        '<feDisplacementMap in="SourceGraphic" in2="noise" scale="4"/></filter></defs>'
    )
    pen = f'stroke="{PEN}" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"'
    drawn = [*ground(), *decorations(taken), *pictures]
    labels = [
        *(names(SITES[name], name, str(concept.zh)) for name, concept in concepts.items()),
        names(house, *HOUSE),
        text(122, 58, "The island", 30, INK, "700"),
        text(122, 88, "小岛", 22, "#463f39"),
    ]
    halo = f'stroke="{HALO}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"'
    title = (
        "A map of the island: woods in the west, fields in the south-west, a village in the east, "
        "a lake and a river between them, a railway all round, "
        "and QdogBaby's blue house at the end of the pier"
    )
    return card(
        WIDTH,
        HEIGHT,
        title,
        rough,
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="{SEA}"/>',
        f'<g {pen} filter="url(#rough)">',
        *drawn,
        "</g>",
        f"<g {halo}>",
        *labels,
        "</g>",
    )


FIGURES = {"island": island}
