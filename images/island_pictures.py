"""The small pictures of the island's map: each stands on y = 22, between x = -32 and 32."""

from island_shapes import (
    BLUE,
    DARK,
    GOLD,
    GREEN,
    LEAF,
    LIGHT,
    RED,
    ROSE,
    SKY,
    STONE,
    WOOD,
    at,
    columns,
    dot,
    fir,
    flower,
    house,
    oval,
    path,
    rect,
    round_tree,
    smoke,
    windows,
)

# --- places ---------------------------------------------------------------------------------------

BAKERY = (
    house(LIGHT, WOOD, 21)
    + windows(6, -13, 13)
    + rect(10, -20, 6, 13, STONE)
    + smoke(14, -22)
    + oval(0, -5, 8, 4, GOLD)
    + path("M-4,-7 l2,4 M0,-8 l2,5 M4,-7 l1,3")
)
MARKET = "".join(
    at(
        x,
        0,
        path("M-12,-6 v28 M12,-6 v28")
        + rect(-14, 8, 28, 9, WOOD)
        + path("M-15,-4 L-11,-15 H11 L15,-4 z", color)
        + path("M-5,-15 L-6,-4 M5,-15 L6,-4")
        + "".join(dot(dx, 6, 3.4, fruit) for dx, fruit in ((-8, RED), (0, GOLD), (8, GREEN))),
    )
    for x, color in ((-16, RED), (16, BLUE))
)
LIBRARY = columns(SKY) + path("M0,-5 q-5,-4 -9,-2 v-7 q5,-2 9,2 q4,-4 9,-2 v7 q-4,-2 -9,2 z", LIGHT)
SCHOOL = (
    house(ROSE, RED, 26, 20, 12)
    + windows(7, -17, 17)
    + rect(-7, -16, 14, 12, LIGHT)
    + path("M-10,-16 L0,-25 L10,-16 z", RED)
    + dot(0, -10, 3.2, GOLD)
)
GARDEN = "".join(
    dot(x, y, 5.5, LEAF) + path(f"M{x - 3},{y} q3,-4 6,0")
    for y in (-4, 9)
    for x in (-21, -7, 7, 21)
) + path("M-31,22 v-9 M-19,22 v-9 M-6,22 v-9 M6,22 v-9 M19,22 v-9 M31,22 v-9 M-32,17 H32")
BEACH = (
    path("M2,20 L-4,-14")
    + path("M-26,-5 Q-20,-26 -2,-24 Q17,-22 20,-3 Q9,-9 -2,-7 Q-16,-5 -26,-5 z", RED)
    + path("M-12,-6 Q-10,-17 -2,-24 Q8,-18 10,-7 Q4,-8 -2,-7 z", LIGHT)
    + path("M14,20 q-3,-9 5,-10 q9,1 5,10 z", ROSE)
    + path("M16,18 l3,-7 M22,18 l-2,-7")
)
FOREST = at(-20, 0, fir()) + at(19, 0, fir(), 0.95) + at(0, 2, round_tree())
BRIDGE = (
    path("M-32,16 Q0,-24 32,16 L24,18 Q0,-6 -24,18 z", STONE)
    + path("M-30,8 Q0,-32 30,8")
    + path("M-20,-3 v10 M-8,-11 v10 M8,-11 v10 M20,-3 v10")
)
MEADOW = (
    at(-20, 8, flower(RED))
    + at(-6, 11, flower("#ffffff"))
    + at(20, 9, flower(GOLD))
    + path("M-30,21 l2,-7 l3,7 M6,21 l3,-9 l3,9 M26,21 l2,-6 l2,6")
    + path("M4,-8 q-9,-11 -11,-1 q1,7 11,1 q9,-11 12,-1 q-2,7 -12,1 z", "#c9a4d8")
)
KITCHEN = (
    rect(-20, 2, 40, 20, STONE)
    + rect(-11, 8, 22, 10, DARK)
    + path("M-5,17 q5,-13 10,0 z", GOLD)
    + path("M-14,2 v-12 h28 v12 z", RED)
    + path("M-18,-10 H18")
    + smoke(-4, -13)
    + smoke(6, -13)
)
POST_OFFICE = (
    house(GOLD, BLUE, 23)
    + path("M-9,-3 h18 v-10 h-18 z M-9,-13 l9,6 l9,-6", LIGHT)
    + windows(6, -14, 14)
)
POND = (
    oval(0, 6, 32, 15, SKY)
    + oval(-17, 8, 6, 3, GREEN)
    + oval(16, 12, 6, 3, GREEN)
    + dot(16, 9, 3, ROSE)
    + path("M-8,2 q2,8 12,6 q8,-1 7,-8 q-6,4 -10,0 q2,-9 -5,-8 q-6,2 -4,10 z", "#ffffff")
    + path("M-8,-5 l-6,2 l6,2 z", GOLD)
)
WORKSHOP = (
    path("M-24,22 V-2 L20,-14 V22 z", WOOD)
    + path("M-29,0 L25,-16 l1,-5 L-30,-6 z", DARK)
    + rect(-18, 6, 14, 16, DARK)
    + path("M10,16 L5,-2")
    + path("M-1,-2 l12,-4 l2,5 l-12,4 z", STONE)
)
STATION = (
    rect(-26, 2, 52, 16, ROSE)
    + path("M-33,3 L-25,-11 H25 L33,3 z", BLUE)
    + rect(-34, 18, 68, 4, STONE)
    + dot(0, -16, 7, LIGHT)
    + path("M0,-20 v4 l3,2")
    + windows(7, -18, 18)
    + rect(-5, 6, 10, 12, DARK)
)
WELL = (
    path("M-12,-8 V8 M12,-8 V8 M0,-10 V2")
    + path("M-19,-7 L0,-22 L19,-7 z", RED)
    + rect(-4, 1, 8, 7, WOOD)
    + path("M-17,7 H17 L15,22 H-15 z", STONE)
    + path("M-16,14 H16 M-6,7 v7 M7,7 v7 M0,14 v8")
)
PLAYGROUND = (
    path("M-30,22 L-22,-14 L-14,22 M22,-14 L14,22 M22,-14 L30,22 M-22,-14 H22")
    + path("M-9,-14 L-12,8 M-1,-14 L-4,8 M6,-14 V9 M13,-14 V9")
    + rect(-14, 8, 12, 4, RED)
    + rect(4, 9, 11, 4, BLUE)
)
BARN = (
    path("M-22,22 V-2 L-15,-15 L0,-22 L15,-15 L22,-2 V22 z", RED)
    + rect(-9, 4, 18, 18, LIGHT)
    + path("M-9,4 L9,22 M9,4 L-9,22")
    + dot(0, -8, 4.5, GOLD)
)
ORCHARD = (
    at(-19, 0, round_tree(LEAF, RED), 0.9)
    + at(19, 0, round_tree(LEAF, RED), 0.9)
    + at(0, 3, round_tree(LEAF, RED), 0.9)
)
MUSEUM = columns(STONE) + path(
    "M-10,-6 q10,-9 20,0 q4,-1 4,2 q-3,2 -5,0 q-9,-6 -18,0 q-2,2 -5,0 q0,-3 4,-2 z", "#ffffff"
)
TEA_ROOM = (
    path("M-32,-4 Q-16,-8 0,-20 Q16,-8 32,-4 z", GREEN)
    + rect(-22, -4, 44, 26, LIGHT)
    + path("M-9,4 h18 q4,12 -4,14 h-10 q-8,-2 -4,-14 z", ROSE)
    + path("M9,7 q9,-1 4,7 h-3 M-9,9 l-8,-3 M-5,4 q5,-5 10,0 M0,1 v-1")
)

# --- homes ----------------------------------------------------------------------------------------

LIGHTHOUSE = (
    path("M-34,26 Q-26,10 -12,14 Q4,8 18,14 Q32,12 36,26 z", STONE)
    + path("M-11,16 L-7,-24 H7 L11,16 z", "#ffffff")
    + path("M-10,6 L-9,-4 H9 L10,6 z M-8,-13 L-7,-22 H7 L8,-13 z", RED)
    + rect(-7, -35, 14, 11, GOLD)
    + path("M-10,-35 L0,-45 L10,-35 z", RED)
    + path("M-12,-31 l-14,-5 M-12,-27 l-14,3 M12,-31 l14,-5 M12,-27 l14,3")
)
WINDMILL = (
    path("M-13,22 L-8,-10 H8 L13,22 z", LIGHT)
    + path("M-10,-10 Q0,-24 10,-10 z", RED)
    + rect(-4, 11, 8, 11, DARK)
    + "".join(
        f'<g transform="translate(0 -8) rotate({angle})">{rect(2, -1, 23, 7, "#ffffff")}</g>'
        for angle in (20, 110, 200, 290)
    )
    + dot(0, -8, 2.5, DARK)
)
TREE_HOUSE = (
    path("M-5,22 q3,-16 0,-24 h11 q-3,12 0,24 z", WOOD)
    + dot(-16, -8, 11, GREEN)
    + dot(17, -8, 11, GREEN)
    + dot(0, -16, 12, GREEN)
    + at(0, -6, rect(-13, -8, 26, 15, LIGHT) + path("M-17,-8 L0,-20 L17,-8 z", RED), 0.9)
    + windows(-10, -6, 6)
    + path("M9,2 V22 M16,2 V22 M9,8 h7 M9,14 h7 M9,19 h7")
)
RED_HOUSE = house(RED, DARK) + windows(4, -12, 12) + rect(8, -16, 6, 11, STONE)
OLD_SHIP = (
    path("M0,6 V-40 M0,-38 h12 l-12,7")
    + path("M-3,-34 Q-26,-18 -28,2 Q-15,-3 -3,0 z", LIGHT)
    + path("M4,-28 Q20,-16 24,1 Q12,-3 4,0 z", LIGHT)
    + rect(9, -10, 8, 8, ROSE)
    + path("M-36,4 H36 Q33,24 18,25 H-18 Q-32,22 -36,4 z", WOOD)
    + path("M-33,12 H33")
    + "".join(dot(x, 17, 2.6, GOLD) for x in (-14, 0, 14))
)
CAVE = (
    path("M-31,22 Q-28,-10 -8,-16 Q14,-24 25,0 Q32,10 31,22 z", STONE)
    + path("M-12,22 Q-12,0 1,0 Q14,1 14,22 z", "#4b4038")
    + path("M-22,4 l6,-5 M16,-6 l5,5")
    + dot(-2, 12, 1.6, GOLD)
    + dot(5, 12, 1.6, GOLD)
)
CASTLE = (
    rect(-16, -2, 32, 24, STONE)
    + path("M-28,22 V-14 h5 v5 h4 v-5 h5 V22 z M14,22 V-14 h5 v5 h4 v-5 h5 V22 z", STONE)
    + path("M-8,-2 V-14 h4 v4 h8 v-4 h4 V-2 z", STONE)
    + path("M-6,22 V12 Q0,4 6,12 V22 z", DARK)
    + path("M0,-12 V-28 l12,4 l-12,4", RED)
    + windows(0, -21, 21)
)
CLOCK_TOWER = (
    rect(-11, -14, 22, 36, ROSE)
    + path("M-15,-14 L0,-30 L15,-14 z", BLUE)
    + dot(0, -3, 8, "#ffffff")
    + path("M0,-8 v5 l4,2")
    + rect(-4, 12, 8, 10, DARK)
)
GREENHOUSE = (
    path("M-26,22 V2 L-13,-14 L0,2 L13,-14 L26,2 V22 z", "#dff1f3")
    + path("M0,2 V22 M-26,2 H26 M-13,-14 V22 M13,-14 V22")
    + "".join(dot(x, 14, 4.5, GREEN) for x in (-19, -6, 7, 19))
    + dot(-19, 10, 2, RED)
    + dot(7, 10, 2, GOLD)
)
LOG_CABIN = (
    house(WOOD, DARK, 21, 21, 17)
    + path("M-21,6 H-5 M5,6 H21 M-21,11 H-5 M5,11 H21 M-21,16 H-5 M5,16 H21")
    + rect(9, -18, 6, 13, STONE)
    + smoke(13, -20)
)
TENT = (
    path("M-27,22 L0,-16 L27,22 z", GOLD)
    + path("M-8,22 L0,-2 L8,22 z", DARK)
    + path("M0,-16 l-3,-6 M0,-16 l3,-6 M-27,22 l-5,2 M27,22 l5,2 M-16,6 L-12,22 M16,6 L12,22")
)
ROUND_HOUSE = (
    path("M-22,22 Q-26,-14 0,-16 Q26,-14 22,22 z", "#e9c9a4")
    + path("M-25,-1 Q-14,-22 0,-23 Q14,-22 25,-1 Q0,-9 -25,-1 z", "#9c6fa8")
    + path("M-5,22 V14 Q0,5 5,14 V22 z", DARK)
    + dot(-13, 8, 4, GOLD)
    + dot(13, 8, 4, GOLD)
)
ICE_HOUSE = (
    path("M-26,22 Q-25,-16 0,-16 Q25,-16 26,22 z", "#f4fbff")
    + path("M-24,7 H24 M-19,-6 H19 M0,-16 V7 M-11,-6 V-14 M11,-6 V-14 M-14,7 V22 M16,7 V22")
    + path("M-9,22 V12 Q0,1 9,12 V22 z", BLUE)
)
MUSHROOM_HOUSE = (
    path("M-10,22 Q-12,8 -8,-2 H8 Q12,8 10,22 z", LIGHT)
    + path("M-29,2 Q-24,-25 0,-25 Q24,-25 29,2 Q0,-6 -29,2 z", RED)
    + "".join(dot(x, y, 3.4, "#ffffff") for x, y in ((-15, -9), (0, -17), (14, -8)))
    + path("M-4,22 V12 Q0,6 4,12 V22 z", DARK)
)
HOLLOW_TREE = (
    path("M-18,23 Q-9,14 -10,-4 H10 Q9,14 18,23 z", WOOD)
    + dot(-15, -10, 11, LEAF)
    + dot(15, -10, 11, LEAF)
    + dot(0, -15, 12, LEAF)
    + oval(0, 9, 5.5, 8, DARK)
    + dot(-2, 7, 1.3, GOLD)
    + dot(2.5, 7, 1.3, GOLD)
)
CARAVAN = (
    path("M-26,13 V-6 Q-24,-18 0,-18 Q24,-18 26,-6 V13 z", "#7fb8a8")
    + path("M-27,-5 Q-24,-20 0,-20 Q24,-20 27,-5 z", LIGHT)
    + windows(0, -13, 13)
    + rect(-4, -1, 9, 14, DARK)
    + dot(-15, 16, 6, WOOD)
    + dot(15, 16, 6, WOOD)
    + path("M26,11 l8,6")
)
WATERMILL = (
    at(-7, 0, house(LIGHT, DARK, 17))
    + windows(2, -17)
    + dot(18, 9, 13, WOOD)
    + dot(18, 9, 4, DARK)
    + path("M18,-4 V22 M5,9 H31 M9,0 L27,18 M27,0 L9,18")
)
BAMBOO_HUT = (
    path("M-16,22 V-2 H16 V22 z", "#dfd08c")
    + path("M-10,-2 V22 M10,-2 V22 M-16,-2 V22 M16,-2 V22")
    + path("M-26,2 Q-8,-6 0,-22 Q8,-6 26,2 z", "#b99a52")
    + rect(-5, 8, 10, 14, DARK)
    + path("M28,22 V-14 M28,-6 l-6,-5 M28,0 l5,-6 M28,-14 l-5,-4", GREEN)
)
STONE_HOUSE = (
    house(STONE, "#7d7a86", 20)
    + path("M-20,8 H-5 M5,8 H20 M-20,15 H-5 M5,15 H20 M-13,0 v8 M13,0 v8 M-9,8 v7 M10,8 v7")
    + rect(-14, -14, 6, 9, STONE)
)
ATTIC = (
    house("#e9c9a4", RED, 17, 21, 29)
    + rect(-5, -12, 10, 10, GOLD)
    + path("M0,-12 v10 M-5,-7 h10")
    + windows(4, -11, 11)
)
BLUE_HOUSE = house(BLUE, "#28577f", 20, 24, 18) + windows(3, -13, 13) + dot(0, -8, 4, GOLD)
TRAIN = (
    rect(-24, -10, 18, 14, GOLD)
    + rect(-21, -7, 5, 5, LIGHT)
    + rect(-14, -7, 5, 5, LIGHT)
    + rect(0, -13, 11, 17, RED)
    + rect(3, -10, 5, 5, LIGHT)
    + rect(11, -5, 13, 9, RED)
    + path("M17,-5 v-7 h5 v7 M-6,1 h6")
    + "".join(dot(x, 5, 3.4, DARK) for x in (-20, -11, 4, 13, 20))
)
