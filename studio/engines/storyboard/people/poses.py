"""What bodies do: every pose by its name, and two of them at once (``sitting+reading``)."""

from __future__ import annotations

from dataclasses import replace

from studio.engines.storyboard.people.body import Pose

WALKING_LEGS = ((25.0, -20.0), (9.0, -36.0), (-6.0, 34.0))

POSES: dict[str, Pose] = {
    "standing": Pose(),
    "waiting": Pose(),
    "walking": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(-24, 26), fore_arms=(-8, 44), toes=(-6, 34)),
    "running": Pose(
        lean=15, nod=-6, thighs=(68, -34), shins=(-20, -92), arms=(-58, 50), fore_arms=(34, 122), toes=(0, 40)
    ),
    "jumping": Pose(
        lean=4, nod=-12, thighs=(46, -16), shins=(-34, -96), arms=(-142, 142), fore_arms=(-160, 160), lift=110,
        toes=(20, 40),
    ),
    "sitting": Pose(thighs=(84, 78), shins=(2, -7), arms=(20, 14), fore_arms=(72, 64), seat="chair"),
    "beside": Pose(thighs=(84, 78), shins=(2, -7), arms=(20, 14), fore_arms=(72, 64)),
    "sitting_floor": Pose(
        lean=-10, nod=8, thighs=(128, 96), shins=(28, 88), arms=(46, -34), fore_arms=(92, -14), seat="floor",
        toes=(0, -60),
    ),
    "kneeling": Pose(
        lean=7, nod=10, thighs=(-6, 76), shins=(-86, 4), arms=(24, 22), fore_arms=(84, 74), toes=(60, 0), seat="knee"
    ),
    "praying": Pose(
        lean=6, nod=20, thighs=(0, 4), shins=(-88, -86), arms=(40, 36), fore_arms=(148, 144), toes=(60, 60), seat="knee"
    ),
    "crouching": Pose(
        lean=30, nod=-10, thighs=(92, 74), shins=(-34, -48), arms=(44, 30), fore_arms=(70, 60), toes=(0, 14)
    ),
    "dancing": Pose(
        lean=-6, nod=-14, thighs=(6, -46), shins=(0, -86), arms=(-112, 128), fore_arms=(-150, 158), toes=(0, 34)
    ),
    "ballet": Pose(
        lean=4, nod=-10, thighs=(1, -68), shins=(1, -84), arms=(-100, 150), fore_arms=(-84, 172), toes=(0, 50)
    ),
    "laughing": Pose(
        lean=-15, nod=-22, thighs=(-2, 16), shins=(-16, -2), arms=(38, 74), fore_arms=(112, 128), toes=(0, -8)
    ),
    "crying": Pose(lean=13, nod=24, thighs=(2, 6), shins=(-12, -6), arms=(76, 84), fore_arms=(206, 200)),
    "singing": Pose(lean=-5, nod=-16, thighs=(8, -8), shins=(2, -8), arms=(52, 66), fore_arms=(96, 118)),
    "talking": Pose(nod=-2, thighs=(6, -6), shins=(0, -8), arms=(26, 44), fore_arms=(104, 112)),
    "shouting": Pose(lean=7, nod=-8, thighs=(16, -14), shins=(2, -22), arms=(76, 84), fore_arms=(192, 186)),
    "thinking": Pose(nod=12, thighs=(-6, 10), arms=(42, 26), fore_arms=(168, 96)),
    "tired": Pose(lean=16, nod=26, thighs=(6, 10), shins=(-16, -10), arms=(-2, 8), fore_arms=(4, 16)),
    "bowing": Pose(lean=52, nod=10, thighs=(-8, -4), shins=(-2, -2), arms=(-14, 20), fore_arms=(20, 60)),
    "trembling": Pose(lean=9, nod=2, thighs=(12, 4), shins=(-22, -22), arms=(30, 36), fore_arms=(150, 146)),
    "reading": Pose(nod=16, arms=(30, 26), fore_arms=(108, 102)),
    "pointing": Pose(thighs=(8, -8), shins=(2, -8), arms=(92, -8), fore_arms=(92, 8)),
    "pointing_up": Pose(lean=-5, nod=-22, thighs=(8, -8), shins=(2, -8), arms=(128, -12), fore_arms=(130, 6)),
    "arms_raised": Pose(nod=-8, arms=(-150, 150), fore_arms=(-168, 166), thighs=(-12, 14), shins=(-10, 6)),
    "waving": Pose(nod=-4, arms=(6, 126), fore_arms=(12, 186)),
    "carrying": Pose(lean=-7, arms=(30, 26), fore_arms=(92, 88), thighs=(24, -18), shins=(8, -34), toes=(-6, 30)),
    "lifting": Pose(
        lean=38, nod=-18, thighs=(60, 44), shins=(-40, -48), arms=(44, 54), fore_arms=(64, 58), toes=(0, 8)
    ),
    "lifting_up": Pose(lean=-4, nod=-18, thighs=(-14, 18), shins=(-10, 4), arms=(150, 164), fore_arms=(172, 168)),
    "pushing": Pose(lean=30, nod=-14, thighs=(46, -30), shins=(-6, -52), arms=(84, 90), fore_arms=(88, 92), toes=(0, 30)),
    "pulling": Pose(lean=-26, nod=6, thighs=(40, 26), shins=(16, 0), arms=(66, 72), fore_arms=(78, 82), toes=(-10, -4)),
    "throwing": Pose(
        lean=-12, nod=-8, thighs=(34, -24), shins=(0, -30), arms=(-118, 76), fore_arms=(-196, 88), toes=(-8, 30)
    ),
    "kicking": Pose(lean=-12, thighs=(-6, 70), shins=(-14, 58), arms=(46, -50), fore_arms=(70, -30), toes=(0, -24)),
    "holding": Pose(arms=(34, -6), fore_arms=(76, 6)),
    "watering": Pose(lean=8, nod=12, thighs=(12, -10), shins=(2, -16), arms=(48, -8), fore_arms=(72, 8), piece="can"),
    "cuddling": Pose(nod=12, arms=(40, 52), fore_arms=(124, 132), piece="teddy"),
    "towing": Pose(
        lean=-26, nod=6, thighs=(40, 26), shins=(16, 0), arms=(66, 72), fore_arms=(78, 82), toes=(-10, -4), piece="tow"
    ),
    "giving": Pose(lean=5, thighs=(12, -10), shins=(2, -16), arms=(66, 52), fore_arms=(84, 82)),
    "hanging_down": Pose(arms=(16, -8), fore_arms=(20, 6)),
    "hanging_walk": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(18, -24), fore_arms=(26, -6), toes=(-6, 34)),
    "holding_up": Pose(arms=(60, -6), fore_arms=(120, 6)),
    "telescope": Pose(
        lean=16, nod=-24, thighs=(14, -8), shins=(0, -18), arms=(62, 70), fore_arms=(138, 132), piece="telescope"
    ),
    "spyglass": Pose(nod=-6, thighs=(8, -8), shins=(2, -8), arms=(84, 92), fore_arms=(174, 128)),
    "diving": Pose(turn=70, nod=-40, thighs=(22, -18), shins=(8, -34), arms=(158, 60), fore_arms=(168, 84)),
    "drinking": Pose(nod=-8, arms=(66, -6), fore_arms=(186, 10)),
    "umbrella": Pose(arms=(16, -8), fore_arms=(112, 4)),
    "umbrella_walk": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(16, 20), fore_arms=(114, 30), toes=(-6, 34)),
    "holding_walk": Pose(lean=3, thighs=(25, -20), shins=(9, -36), arms=(32, -22), fore_arms=(72, -6), toes=(-6, 34)),
    "lying": Pose(turn=-90, thighs=(8, 2), shins=(-2, -6), arms=(10, 16), fore_arms=(30, 40)),
    "in_bed": Pose(turn=-90, nod=6, thighs=(8, 2), shins=(-2, -6), arms=(10, 16), fore_arms=(24, 30), piece="bed"),
    "lying_bench": Pose(turn=-90, nod=6, thighs=(8, 2), shins=(-2, -6), arms=(10, 16), fore_arms=(24, 30), piece="park_bench"),
    "lying_sofa": Pose(turn=-90, nod=6, thighs=(8, 2), shins=(-2, -6), arms=(10, 16), fore_arms=(24, 30), piece="sofa"),
    "riding": Pose(lean=5, thighs=(50, 46), shins=(-14, -18), arms=(40, 34), fore_arms=(82, 76), seat="mount"),
    "cycling": Pose(
        lean=30, nod=-20, thighs=(84, 36), shins=(-4, -14), arms=(50, 48), fore_arms=(76, 74), seat="mount",
        piece="bicycle", toes=(4, 0),
    ),
    "rowing": Pose(
        lean=-16, nod=4, thighs=(114, 108), shins=(40, 36), arms=(60, 66), fore_arms=(92, 96), seat="boat", piece="boat"
    ),
    "boating": Pose(
        lean=0, thighs=(110, 104), shins=(40, 34), arms=(22, 18), fore_arms=(76, 70), seat="boat", piece="boat"
    ),
    "piggyback": Pose(lean=12, thighs=(72, 66), shins=(14, 8), arms=(60, 66), fore_arms=(80, 84), seat="mount"),
    "aboard": Pose(thighs=(110, 104), shins=(40, 34), arms=(22, 18), fore_arms=(70, 64), seat="boat"),
    "fishing": Pose(lean=-4, thighs=(8, -6), shins=(2, -6), arms=(34, 30), fore_arms=(96, 92)),
    "fishing_sitting": Pose(
        lean=2, nod=4, thighs=(82, 76), shins=(4, -8), arms=(30, 26), fore_arms=(94, 90), seat="rock"
    ),
    "embracing": Pose(lean=7, nod=8, thighs=(2, -5), shins=(-2, -7), arms=(52, 66), fore_arms=(96, 86)),
    "fighting": Pose(lean=10, thighs=(42, -34), shins=(2, -46), arms=(72, -30), fore_arms=(108, 40), toes=(0, 26)),
    "playing": Pose(nod=8, arms=(30, 44), fore_arms=(108, 98)),
    "flute": Pose(nod=2, arms=(66, 74), fore_arms=(164, 146)),
    "piano": Pose(
        lean=9, nod=8, thighs=(82, 74), shins=(6, -10), arms=(36, 42), fore_arms=(86, 84), seat="stool", piece="piano"
    ),
    "drumming": Pose(
        lean=4, thighs=(82, 74), shins=(6, -10), arms=(52, 40), fore_arms=(136, 78), seat="stool", piece="drums"
    ),
    "writing": Pose(
        lean=16, nod=18, thighs=(84, 78), shins=(2, -7), arms=(40, 26), fore_arms=(80, 74), seat="chair", piece="desk"
    ),
    "typing": Pose(
        lean=8, nod=10, thighs=(84, 78), shins=(2, -7), arms=(36, 32), fore_arms=(84, 80), seat="chair", piece="keys"
    ),
    "dining": Pose(
        lean=6, nod=8, thighs=(84, 78), shins=(2, -7), arms=(40, 26), fore_arms=(128, 76), seat="chair", piece="meal"
    ),
    "kneading": Pose(
        lean=14, nod=16, thighs=(10, -8), shins=(0, -16), arms=(36, 44), fore_arms=(62, 64), piece="dough"
    ),
    "playing_toys": Pose(
        lean=12, nod=16, thighs=(116, 96), shins=(20, 70), arms=(50, 34), fore_arms=(74, 60), seat="floor", piece="toys",
        toes=(0, -40),
    ),
    "hugging_child": Pose(
        lean=12, nod=6, thighs=(-6, 76), shins=(-86, 4), arms=(66, 78), fore_arms=(100, 92), toes=(60, 0), seat="knee"
    ),
    "sewing": Pose(
        lean=8, nod=20, thighs=(84, 78), shins=(2, -7), arms=(30, 24), fore_arms=(104, 88), seat="chair", piece="cloth"
    ),
    "painting": Pose(nod=-2, arms=(70, 22), fore_arms=(112, 84), piece="easel"),
    "brushing": Pose(nod=-6, thighs=(8, -8), arms=(84, 8), fore_arms=(118, 40)),
    "wiping": Pose(lean=8, nod=4, thighs=(14, -10), shins=(2, -18), arms=(70, 10), fore_arms=(98, 46), piece="rag"),
    "cooking": Pose(lean=5, nod=14, arms=(36, 26), fore_arms=(88, 78), piece="stove"),
    "working": Pose(lean=12, nod=16, arms=(38, 30), fore_arms=(78, 72), piece="bench"),
    "hammering": Pose(
        lean=8, nod=10, thighs=(16, -12), shins=(2, -18), arms=(118, 36), fore_arms=(178, 66), piece="anvil"
    ),
    "digging": Pose(
        lean=34, nod=-4, thighs=(44, -12), shins=(-16, -26), arms=(14, 40), fore_arms=(54, 34), piece="spade",
        toes=(0, 16),
    ),
    "sweeping": Pose(lean=14, nod=12, thighs=(18, -12), shins=(0, -24), arms=(26, 44), fore_arms=(76, 50), piece="broom"),
    "steering": Pose(thighs=(12, -10), shins=(0, -16), arms=(64, 74), fore_arms=(88, 96), piece="wheel"),
    "at_the_helm": Pose(thighs=(12, -10), shins=(0, -16), arms=(64, 74), fore_arms=(88, 96), piece="helm"),
    "pouring_tea": Pose(lean=6, nod=16, thighs=(8, -8), shins=(2, -12), arms=(62, 22), fore_arms=(100, 58), piece="teapot"),
    "pouring_wine": Pose(lean=6, nod=16, thighs=(8, -8), shins=(2, -12), arms=(62, 22), fore_arms=(100, 58), piece="bottle"),
    "pouring": Pose(lean=6, nod=16, thighs=(8, -8), shins=(2, -12), arms=(62, 22), fore_arms=(100, 58), piece="jug"),
    "ironing": Pose(lean=10, nod=18, thighs=(8, -8), shins=(2, -12), arms=(34, 44), fore_arms=(58, 66), piece="ironing"),
    "hanging_washing": Pose(
        lean=-2, nod=-20, thighs=(10, -10), shins=(2, -16), arms=(132, 122), fore_arms=(140, 128), piece="washing_line"
    ),
    "washing_up": Pose(lean=12, nod=18, thighs=(6, -6), shins=(0, -10), arms=(30, 40), fore_arms=(58, 66), piece="sink"),
    "at_mirror": Pose(nod=-2, arms=(-8, 12), fore_arms=(10, 30), piece="mirror"),
    "shaving": Pose(nod=-8, arms=(58, 8), fore_arms=(158, 24), piece="shaving"),
    "brushing_hair": Pose(nod=-2, arms=(-138, 10), fore_arms=(172, 24), piece="hairbrush"),
    "sewing_machine": Pose(
        lean=10, nod=18, thighs=(84, 78), shins=(2, -7), arms=(34, 42), fore_arms=(80, 86), seat="chair", piece="sewing_machine"
    ),
    "knitting": Pose(
        lean=2, nod=16, thighs=(84, 78), shins=(2, -7), arms=(22, 32), fore_arms=(104, 112), seat="chair", piece="knitting"
    ),
    "cutting_food": Pose(lean=10, nod=20, thighs=(6, -6), shins=(0, -10), arms=(34, 30), fore_arms=(86, 66), piece="cutting_board"),
    "playing_chess": Pose(
        lean=12, nod=16, thighs=(84, 78), shins=(2, -7), arms=(48, 12), fore_arms=(86, 98), seat="chair", piece="chess"
    ),
    "forging": Pose(
        lean=8, nod=12, thighs=(16, -12), shins=(2, -18), arms=(126, 36), fore_arms=(186, 66), piece="blade"
    ),
    "nailing": Pose(lean=10, nod=14, thighs=(16, -12), shins=(2, -18), arms=(104, 34), fore_arms=(166, 60), piece="nailing"),
    "sawing": Pose(lean=24, nod=2, thighs=(24, -14), shins=(4, -26), arms=(10, 48), fore_arms=(54, 60), piece="saw_horse"),
    "chopping_wood": Pose(
        lean=-8, nod=-2, thighs=(18, -18), shins=(4, -10), arms=(136, 150), fore_arms=(188, 176), piece="chopping_block"
    ),
    "painting_wall": Pose(lean=2, nod=-12, thighs=(10, -10), shins=(2, -14), arms=(98, 4), fore_arms=(124, 16), piece="wall_paint"),
    "painting_fence": Pose(lean=8, nod=6, thighs=(12, -10), shins=(2, -16), arms=(34, 0), fore_arms=(62, 20), piece="fence"),
    "potting": Pose(
        lean=18, nod=14, thighs=(78, 70), shins=(8, -6), arms=(42, 52), fore_arms=(66, 72), seat="stool", piece="potters_wheel"
    ),
    "microscope": Pose(lean=26, nod=20, thighs=(10, -6), shins=(2, -10), arms=(26, 40), fore_arms=(64, 76), piece="microscope"),
    "sculpting": Pose(lean=4, nod=0, thighs=(14, -12), shins=(2, -16), arms=(74, 78), fore_arms=(156, 96), piece="statue"),
    "chalking": Pose(
        lean=36, nod=2, thighs=(-6, 84), shins=(-86, 0), arms=(36, -4), fore_arms=(30, 40), toes=(60, 0), seat="knee", piece="chalk"
    ),
    "mending_bicycle": Pose(
        lean=8, nod=4, thighs=(-6, 76), shins=(-86, 4), arms=(66, 56), fore_arms=(100, 90), toes=(60, 0), seat="knee", piece="bicycle_stand"
    ),
    "mending_clock": Pose(lean=16, nod=18, arms=(38, 30), fore_arms=(86, 72), piece="clock_bench"),
    "cooking_fire": Pose(lean=10, nod=16, thighs=(8, -8), shins=(2, -12), arms=(44, 20), fore_arms=(76, 60), piece="fire_pot"),
    "examining": Pose(
        lean=34, nod=-2, thighs=(92, 70), shins=(-30, -44), arms=(62, 20), fore_arms=(84, 60), toes=(0, 14)
    ),
    "harmonica": Pose(nod=2, arms=(46, 54), fore_arms=(166, 158)),
    "blowing_out": Pose(lean=16, nod=6, thighs=(8, -8), shins=(2, -12), arms=(24, 30), fore_arms=(56, 62), piece="cake"),
    "lighting_candles": Pose(lean=4, nod=8, thighs=(8, -8), shins=(2, -12), arms=(58, 10), fore_arms=(92, 24), piece="candles"),
    "on_mast": Pose(
        lean=4, nod=-22, thighs=(84, 14), shins=(-6, -10), arms=(172, 128), fore_arms=(160, 150), piece="mast", lift=150
    ),
    "writing_on_board": Pose(nod=-6, thighs=(8, -8), shins=(2, -10), arms=(96, 6), fore_arms=(122, 20), piece="blackboard"),
    "sharpening": Pose(
        lean=14, nod=14, thighs=(80, 72), shins=(4, -8), arms=(40, 50), fore_arms=(70, 76), seat="stool", piece="grindstone"
    ),
    "combing": Pose(lean=8, nod=10, thighs=(10, -8), shins=(2, -12), arms=(64, 72), fore_arms=(96, 108)),
    "trimming": Pose(lean=10, nod=2, thighs=(16, -14), shins=(2, -22), arms=(58, 66), fore_arms=(86, 88)),
    "mending": Pose(
        lean=12, nod=0, thighs=(-6, 76), shins=(-86, 4), arms=(70, 50), fore_arms=(104, 84), toes=(60, 0), seat="knee", piece="repair"
    ),
    "welding": Pose(lean=10, nod=12, thighs=(14, -12), shins=(2, -18), arms=(40, 46), fore_arms=(74, 66), piece="torch_flame"),
    "hosing": Pose(lean=-2, nod=6, thighs=(12, -12), shins=(2, -16), arms=(30, 40), fore_arms=(88, 84), piece="hose"),
    "raking": Pose(lean=16, nod=8, thighs=(22, -14), shins=(2, -26), arms=(24, 46), fore_arms=(70, 56), piece="rake"),
    "wheeling": Pose(lean=12, nod=-4, thighs=(26, -22), shins=(6, -40), arms=(14, 18), fore_arms=(40, 42), toes=(-4, 32), piece="barrow"),
    "picking_fruit": Pose(lean=-2, nod=-22, thighs=(10, -10), shins=(2, -16), arms=(140, 10), fore_arms=(150, 24), toes=(0, 14), piece="branch"),
    "planting": Pose(
        lean=30, nod=4, thighs=(-6, 84), shins=(-86, 0), arms=(30, 40), fore_arms=(44, 40), toes=(60, 0), seat="knee", piece="seedlings"
    ),
    "gathering": Pose(
        lean=40, nod=4, thighs=(34, -14), shins=(-14, -28), arms=(38, -6), fore_arms=(48, 40), toes=(0, 18), piece="flowers"
    ),
    "feeding_birds": Pose(lean=6, nod=12, thighs=(12, -10), shins=(2, -16), arms=(56, 20), fore_arms=(84, 88), piece="grain"),
    "tying": Pose(lean=26, nod=6, thighs=(34, -12), shins=(-6, -28), arms=(34, 46), fore_arms=(62, 64), toes=(0, 14), piece="knot"),
    "mending_nets": Pose(
        lean=8, nod=18, thighs=(82, 74), shins=(4, -8), arms=(26, 40), fore_arms=(92, 84), seat="stool", piece="net"
    ),
    "cello": Pose(
        lean=-4, nod=14, thighs=(74, 92), shins=(10, -4), arms=(2, 40), fore_arms=(52, 158), seat="chair", piece="cello"
    ),
    "harp": Pose(lean=4, nod=4, thighs=(80, 74), shins=(4, -8), arms=(54, 64), fore_arms=(92, 104), seat="stool", piece="harp"),
    "accordion": Pose(nod=6, thighs=(8, -8), shins=(2, -10), arms=(-6, 44), fore_arms=(44, 92), piece="accordion"),
    "saxophone": Pose(lean=-6, nod=0, thighs=(10, -8), shins=(2, -12), arms=(26, 46), fore_arms=(66, 96), piece="saxophone"),
    "trumpet": Pose(lean=-6, nod=-6, thighs=(8, -8), shins=(2, -8), arms=(68, 76), fore_arms=(150, 142)),
    "skiing": Pose(lean=30, nod=-22, thighs=(58, 46), shins=(-30, -36), arms=(20, 34), fore_arms=(64, 74), toes=(0, 0), piece="skis"),
    "surfing": Pose(
        lean=18, nod=-12, thighs=(56, -34), shins=(-8, -64), arms=(-70, 84), fore_arms=(-56, 96), toes=(0, 40), piece="surfboard"
    ),
    "skateboarding": Pose(
        lean=14, nod=-12, thighs=(52, -22), shins=(-8, -52), arms=(-62, 70), fore_arms=(-44, 90), toes=(0, 30), piece="skateboard"
    ),
    "skipping": Pose(
        lean=2, nod=-6, thighs=(34, 8), shins=(-30, -44), arms=(-52, 52), fore_arms=(-84, 86), toes=(20, 34), lift=60, piece="skipping_rope"
    ),
    "juggling": Pose(nod=-20, thighs=(12, -12), shins=(2, -8), arms=(-20, 40), fore_arms=(64, 112), piece="juggling_balls"),
    "lifting_weights": Pose(nod=-6, thighs=(-16, 18), shins=(-6, 4), arms=(-150, 152), fore_arms=(-174, 174), piece="barbell"),
    "swinging": Pose(lean=-16, nod=6, thighs=(96, 90), shins=(46, 38), arms=(96, 104), fore_arms=(168, 164), piece="swing", lift=90),
    "photographing": Pose(lean=2, nod=0, thighs=(10, -10), shins=(2, -12), arms=(64, 70), fore_arms=(158, 146)),
    "phoning": Pose(nod=4, arms=(84, -6), fore_arms=(228, 10)),
    "conducting": Pose(lean=2, nod=-8, thighs=(10, -12), shins=(2, -8), arms=(112, 76), fore_arms=(132, 116)),
    "aiming": Pose(lean=-4, nod=0, thighs=(-16, 18), shins=(-8, 8), arms=(-66, 92), fore_arms=(104, 92), piece="drawn_bow"),
    "cradling": Pose(nod=16, arms=(18, 34), fore_arms=(84, 96)),
    "milking": Pose(lean=22, nod=12, thighs=(92, 84), shins=(-4, -14), arms=(46, 56), fore_arms=(50, 56), seat="stool"),
    "grooming": Pose(lean=4, nod=0, thighs=(10, -8), shins=(2, -12), arms=(82, 20), fore_arms=(98, 60)),
    "building": Pose(lean=16, nod=6, thighs=(16, -14), shins=(2, -22), arms=(62, 74), fore_arms=(84, 92), toes=(0, 10)),
    "howling": Pose(lean=-8, nod=-34, thighs=(12, -10), shins=(2, -12), arms=(76, 84), fore_arms=(192, 186)),
    "barking": Pose(lean=12, nod=-6, thighs=(20, -16), shins=(2, -26), arms=(40, -50), fore_arms=(110, -20)),
    "petting": Pose(
        lean=14, nod=12, thighs=(-6, 76), shins=(-86, 4), arms=(56, 44), fore_arms=(76, 70), toes=(60, 0), seat="knee"
    ),
    "cutting_hair": Pose(lean=8, nod=10, thighs=(10, -8), shins=(2, -12), arms=(64, 72), fore_arms=(96, 108)),
    "seated_for_it": Pose(lean=-2, thighs=(84, 78), shins=(2, -7), arms=(16, 14), fore_arms=(64, 60), seat="chair"),
    "opening_door": Pose(
        lean=4, thighs=(14, -12), shins=(2, -18), arms=(62, -10), fore_arms=(84, 6), piece="door", toes=(0, 8)
    ),
    "knocking": Pose(
        lean=6, thighs=(10, -8), shins=(2, -14), arms=(82, -8), fore_arms=(128, 6), piece="shut_door"
    ),
    "opening_window": Pose(lean=6, nod=-4, thighs=(10, -10), shins=(2, -16), arms=(84, 96), fore_arms=(96, 112), piece="window"),
    "at_window": Pose(nod=-6, arms=(30, 26), fore_arms=(84, 80), piece="shut_window"),
    "opening_own_window": Pose(lean=6, nod=-4, thighs=(10, -10), shins=(2, -16), arms=(96, 84), fore_arms=(112, 96)),
    "at_own_window": Pose(nod=-10, arms=(30, 26), fore_arms=(84, 80)),
    "looking": Pose(nod=-12),
    "looking_up": Pose(lean=-9, nod=-34, thighs=(8, -6), shins=(2, -8), arms=(-16, -6), fore_arms=(-4, 10)),
    "looking_far": Pose(lean=4, nod=-10, thighs=(12, -12), shins=(2, -20), arms=(104, -14), fore_arms=(214, 10)),
    "falling": Pose(lean=-28, nod=-14, thighs=(60, 16), shins=(26, -30), arms=(126, -128), fore_arms=(150, -140)),
    "flying": Pose(turn=62, nod=-34, thighs=(4, -8), shins=(-8, -18), arms=(168, -6), fore_arms=(174, 4)),
    "swimming": Pose(
        turn=66, nod=-50, thighs=(14, -10), shins=(-6, -24), arms=(-98, 150), fore_arms=(-146, 166), piece="water"
    ),
    "climbing": Pose(lean=4, nod=-22, thighs=(84, 14), shins=(-6, -10), arms=(172, 128), fore_arms=(176, 168)),
    "on_ladder": Pose(
        lean=4, nod=-22, thighs=(84, 14), shins=(-6, -10), arms=(172, 128), fore_arms=(160, 150), piece="ladder", lift=150
    ),
    "on_rope": Pose(
        lean=2, nod=-26, thighs=(76, 60), shins=(-40, -20), arms=(150, 140), fore_arms=(174, 168), piece="rope", lift=120
    ),
    "on_rock": Pose(
        lean=6, nod=-26, thighs=(84, 14), shins=(-6, -10), arms=(172, 128), fore_arms=(160, 150), piece="rock", lift=60
    ),
}  # fmt: skip


def pose_of(name: str) -> Pose:
    """The pose ``name``; of ``sitting+reading`` the legs and seat of the first, head and arms of the second.

    Unknown names stand.
    """
    first, _, second = name.partition("+")
    legs = POSES.get(first, POSES["standing"])
    arms = POSES.get(second)
    if arms is None:
        return legs
    return replace(
        legs,
        nod=arms.nod,
        lean=legs.lean + 0.5 * arms.lean,
        arms=arms.arms,
        fore_arms=arms.fore_arms,
        piece=legs.piece or arms.piece,
    )
