"""The synonyms that a new site begins with: words that shoppers and merchants use for the same
things. Editors change them in the admin; they are written only where there are none at all."""

from search.models import Synonyms

SAME = """
tv, television, telly, tv set
laptop, notebook, laptop computer, notebook computer
pc, computer, desktop computer, personal computer
monitor, computer screen, computer display
smartphone, mobile phone, cell phone, cellphone, cellular phone
headphones, headset, earphones
earbuds, in-ear headphones, earphones, earpods
speaker, loudspeaker
soundbar, sound bar
hard drive, hard disk, hdd, harddisk
ssd, solid state drive, solid state disk
usb stick, usb flash drive, usb drive, pen drive, thumb drive, memory stick
memory card, sd card
ram, memory module
graphics card, video card, gpu
motherboard, mainboard
cpu, processor
power bank, powerbank, portable charger, external battery
charger, power adapter, ac adapter, power supply
extension cord, extension lead, power strip
cable, cord, lead
webcam, web camera, pc camera
camcorder, video camera
printer ink, ink cartridge, ink
toner, toner cartridge
all-in-one printer, multifunction printer, multifunctional
video projector, projector, beamer
remote, remote control
router, wi-fi router, wlan router
wi-fi, wifi, wlan
wireless, cordless
game controller, gamepad, controller, joypad
game console, video game console
ps3, playstation 3
ps4, playstation 4
ps5, playstation 5
video game, computer game
smartwatch, smart watch
fitness tracker, activity tracker, fitness band
e-reader, ebook reader, ereader
gps, navigation system, satnav, sat nav
ups, uninterruptible power supply
kvm, kvm switch
docking station, dock
mouse mat, mouse pad, mousepad
ethernet cable, network cable, patch cable, lan cable
desk, table
flashlight, torch, flash light
lamp, light
light bulb, bulb
battery, accumulator
fridge, refrigerator
freezer, deep freezer
oven, cooker
stove, cooktop, hob
microwave, microwave oven
dishwasher, dish washer
washing machine, washer, clothes washer
dryer, tumble dryer
vacuum cleaner, vacuum, hoover
robot vacuum, robot hoover
coffee maker, coffee machine
kettle, water boiler
blender, liquidiser, smoothie maker
frying pan, skillet
saucepan, pot
tap, faucet
bin, trash can, rubbish bin, waste bin
air conditioner, air conditioning, aircon
heater, radiator
fan, ventilator
hair dryer, hairdryer, blow dryer
shaver, electric razor
toothbrush, tooth brush
nappy, diaper
pram, stroller, pushchair, baby carriage
pacifier, dummy, soother
cot, crib
trainers, sneakers, running shoes
trousers, pants
jumper, sweater, pullover
waistcoat, vest
handbag, purse
backpack, rucksack
suitcase, luggage
wallet, billfold
glasses, spectacles, eyeglasses
sunglasses, shades
sofa, couch, settee
wardrobe, closet
duvet, comforter
curtain, drapes
rug, carpet
mattress topper, mattress pad
lawn mower, lawnmower, mower
hose, hosepipe
drill, power drill
spanner, wrench
screwdriver, screw driver
bicycle, bike, cycle
scooter, kick scooter
football, soccer
puzzle, jigsaw, jigsaw puzzle
soft toy, plush, stuffed animal, cuddly toy
card game, playing cards
stapler, staple machine
sticky tape, adhesive tape, scotch tape
ballpoint, biro, ballpoint pen
shredder, paper shredder
label maker, label printer, labelmaker
calculator, pocket calculator
whiteboard, white board
hand cream, hand lotion
perfume, fragrance, eau de parfum
case, cover
screen protector, screen guard, protective film
stand, holder, mount
bag, carrying case, sleeve
"""
"""Each line a group."""

ONE_WAY = """
laptop > macbook, chromebook, ultrabook
tablet > ipad
ipad > tablet
smartphone > iphone
phone > smartphone, mobile phone, telephone, iphone
mobile > mobile phone, smartphone
screen > monitor
camera > webcam, camcorder
audio > speaker, headphones
speakers > speaker system, speaker set, home theatre
surround sound > home theatre, home cinema, 5.1 channels
playstation > ps3, ps4, ps5
xbox > xbox one, xbox 360
gaming > gamer
storage > hard drive, ssd, usb stick
ink > ink cartridge, toner
console > playstation, xbox, nintendo
earbuds > headphones
"""
"""Each line words, and after the sign what those find as well."""


def write_first_synonyms() -> None:
    """Where there are none at all; an editor who wants none switches them off."""
    if Synonyms.objects.exists():
        return
    groups = [(line, "") for line in SAME.strip().splitlines()]
    one_way = [line.partition(" > ") for line in ONE_WAY.strip().splitlines()]
    groups += [(words, also_finds) for words, _sign, also_finds in one_way]
    Synonyms.objects.bulk_create(
        Synonyms(words=words, also_finds=also_finds) for words, also_finds in groups
    )
