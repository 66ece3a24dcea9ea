//! The scenes.

use super::canvas::{Canvas, Colour, mix, smooth};
use crate::dice::Dice;

/// A number between two, drawn.
fn between(dice: &mut Dice, low: f32, high: f32) -> f32 {
    low + (high - low) * dice.unit() as f32
}

/// A street at night: one lamp is lit far away, the near one is out.
pub(super) fn dark_street(c: &mut Canvas, dice: &mut Dice) {
    c.gradient([14.0, 18.0, 34.0], [34.0, 34.0, 44.0]);
    let mut x = 0.0;
    while x < 1.0 {
        let (w, top) = (between(dice, 0.09, 0.2), between(dice, 0.12, 0.38));
        c.rect([x, top, x + w - 0.008, 0.62], [22.0, 22.0, 28.0]);
        let (mut wx, step) = (x + 0.015, 0.032);
        while wx < x + w - 0.035 {
            let mut wy = top + 0.025;
            while wy < 0.56 {
                if dice.chance(160) {
                    let warm = between(dice, 0.5, 1.0);
                    c.rect(
                        [wx, wy, wx + 0.018, wy + 0.03],
                        [200.0 * warm, 160.0 * warm, 90.0 * warm],
                    );
                }
                wy += 0.055;
            }
            wx += step;
        }
        x += w;
    }
    let bend = between(dice, 0.42, 0.58);
    c.rect([0.0, 0.6, 1.0, 1.0], [30.0, 30.0, 33.0]);
    c.trapezoid(
        [0.6, bend - 0.05, bend + 0.06],
        [1.0, -0.1, 1.02],
        [44.0, 43.0, 44.0],
        [26.0, 26.0, 30.0],
    );
    c.rough([0.0, 0.6, 1.0, 1.0], 90.0, 0.35);
    let lit = between(dice, 0.22, 0.36);
    lamp(c, lit, 0.34, 0.66, 0.004);
    c.glow([lit + 0.03, 0.345], 0.34, [255.0, 196.0, 110.0], 0.85);
    c.ellipse(
        [lit + 0.03, 0.345],
        [0.012, 0.012],
        0.4,
        0.0,
        [255.0, 240.0, 205.0],
    );
    c.glow([lit + 0.02, 0.72], 0.22, [150.0, 110.0, 60.0], 0.5);
    lamp(c, between(dice, 0.68, 0.8), 0.1, 0.86, 0.008);
    c.finish(7.0, dice);
}

fn lamp(c: &mut Canvas, x: f32, top: f32, foot: f32, thick: f32) {
    let iron: Colour = [12.0, 12.0, 14.0];
    c.line([x, top], [x, foot], thick, iron);
    c.line(
        [x, top],
        [x + 0.03 + thick * 4.0, top - 0.005],
        thick * 0.8,
        iron,
    );
}

/// A landing with cartons, a cupboard and a bicycle in the way.
pub(super) fn stairwell(c: &mut Canvas, dice: &mut Dice) {
    c.gradient([196.0, 190.0, 172.0], [158.0, 152.0, 138.0]);
    c.rect([0.0, 0.52, 1.0, 0.8], [118.0, 148.0, 132.0]);
    c.rough([0.0, 0.0, 1.0, 0.8], 14.0, 0.16);
    c.rect([0.0, 0.8, 1.0, 1.0], [112.0, 108.0, 102.0]);
    let steps = 8;
    for i in 0..steps {
        let (x, y) = (0.56 + i as f32 * 0.055, 0.8 - i as f32 * 0.06);
        let shade = i as f32 * 5.0;
        c.rect(
            [x, y - 0.06, 1.0, y],
            [150.0 - shade, 146.0 - shade, 138.0 - shade],
        );
        c.rect(
            [x, y - 0.06, 1.0, y - 0.048],
            [182.0 - shade, 178.0 - shade, 168.0 - shade],
        );
    }
    c.line([0.5, 0.55], [0.98, 0.02], 0.009, [62.0, 52.0, 44.0]);
    let mut x = between(dice, 0.03, 0.1);
    for _ in 0..3 {
        let (w, mut y) = (between(dice, 0.11, 0.17), 0.9);
        for _ in 0..2 + dice.below(3) {
            let h = between(dice, 0.08, 0.14);
            let tone = between(dice, 0.8, 1.1);
            let box_colour: Colour = [176.0 * tone, 134.0 * tone, 88.0 * tone];
            c.rect([x, y - h, x + w, y], box_colour);
            c.rect(
                [x + w * 0.44, y - h, x + w * 0.56, y],
                mix(box_colour, [214.0, 190.0, 150.0], 0.6),
            );
            c.rect([x, y - 0.006, x + w, y], [92.0, 68.0, 44.0]);
            y -= h;
        }
        x += w + between(dice, 0.0, 0.02);
    }
    for (wx, wy) in [(x + 0.05, 0.86), (x + 0.2, 0.86)] {
        c.ellipse([wx, wy], [0.062, 0.083], 0.04, 0.0, [38.0, 38.0, 40.0]);
        c.ellipse([wx, wy], [0.054, 0.073], 0.04, 0.0, [138.0, 134.0, 126.0]);
    }
    c.line(
        [x + 0.05, 0.86],
        [x + 0.1, 0.72],
        0.006,
        [150.0, 44.0, 40.0],
    );
    c.line([x + 0.1, 0.72], [x + 0.2, 0.86], 0.006, [150.0, 44.0, 40.0]);
    c.line(
        [x + 0.07, 0.76],
        [x + 0.17, 0.74],
        0.006,
        [150.0, 44.0, 40.0],
    );
    c.glow([0.4, 0.05], 0.5, [255.0, 246.0, 220.0], 0.25);
    c.finish(6.0, dice);
}

/// A road in front of houses.
fn road(c: &mut Canvas, dice: &mut Dice) {
    c.gradient([190.0, 200.0, 206.0], [150.0, 156.0, 158.0]);
    let mut x = 0.0;
    while x < 1.0 {
        let (w, top) = (between(dice, 0.14, 0.26), between(dice, 0.04, 0.2));
        let tone = between(dice, 0.75, 1.05);
        c.rect(
            [x, top, x + w, 0.42],
            [188.0 * tone, 176.0 * tone, 158.0 * tone],
        );
        c.rect([x + 0.02, 0.3, x + w - 0.02, 0.42], [96.0, 104.0, 112.0]);
        x += w;
    }
    c.rect([0.0, 0.42, 1.0, 0.48], [170.0, 164.0, 154.0]);
    c.rect([0.0, 0.47, 1.0, 0.49], [120.0, 116.0, 110.0]);
    c.rect([0.0, 0.49, 1.0, 1.0], [104.0, 104.0, 106.0]);
    c.rough([0.0, 0.49, 1.0, 1.0], 120.0, 0.3);
    c.rough([0.0, 0.49, 1.0, 1.0], 9.0, 0.2);
}

/// Water on the road, with the sky in it.
pub(super) fn water(c: &mut Canvas, dice: &mut Dice) {
    road(c, dice);
    for _ in 0..3 {
        let at = [between(dice, 0.25, 0.75), between(dice, 0.62, 0.88)];
        let r = [between(dice, 0.16, 0.3), between(dice, 0.06, 0.12)];
        c.ellipse(
            at,
            [r[0] * 1.05, r[1] * 1.1],
            0.15,
            0.25,
            [70.0, 70.0, 72.0],
        );
        c.paint(
            [
                at[0] - r[0] * 1.4,
                at[1] - r[1] * 1.4,
                at[0] + r[0] * 1.4,
                at[1] + r[1] * 1.4,
            ],
            |x, y| {
                let (dx, dy) = ((x - at[0]) / r[0], (y - at[1]) / r[1]);
                let uneven = 0.5 * (smooth(x * 37.0, y * 29.0) - 0.5);
                ((1.1 - (dx * dx + dy * dy).sqrt() - uneven) * 8.0).clamp(0.0, 0.9)
            },
            |x, y| {
                let ripple = smooth(x * 14.0, y * 160.0) * 44.0;
                [132.0 + ripple, 142.0 + ripple, 150.0 + ripple]
            },
        );
    }
    c.finish(5.0, dice);
}

/// A hole in the road.
pub(super) fn hole(c: &mut Canvas, dice: &mut Dice) {
    road(c, dice);
    c.trapezoid(
        [0.5, 0.3, 0.315],
        [1.0, 0.02, 0.06],
        [206.0, 204.0, 196.0],
        [176.0, 174.0, 170.0],
    );
    let at = [between(dice, 0.45, 0.62), between(dice, 0.68, 0.78)];
    let r = [between(dice, 0.12, 0.19), between(dice, 0.07, 0.11)];
    c.ellipse(
        at,
        [r[0] * 1.25, r[1] * 1.3],
        0.3,
        0.4,
        [134.0, 128.0, 120.0],
    );
    c.ellipse(at, r, 0.1, 0.4, [58.0, 54.0, 50.0]);
    c.ellipse(
        [at[0] + 0.012, at[1] + 0.02],
        [r[0] * 0.7, r[1] * 0.62],
        0.3,
        0.4,
        [34.0, 32.0, 30.0],
    );
    for _ in 0..26 {
        let p = [
            at[0] + between(dice, -0.28, 0.28),
            at[1] + between(dice, -0.12, 0.14),
        ];
        let s = between(dice, 0.004, 0.012);
        let tone = between(dice, 84.0, 150.0);
        c.ellipse(p, [s, s * 0.9], 0.3, 0.2, [tone, tone * 0.97, tone * 0.92]);
    }
    c.rough([0.0, 0.5, 1.0, 1.0], 60.0, 0.12);
    c.finish(5.0, dice);
}

/// Rubbish bags beside full bins.
pub(super) fn rubbish(c: &mut Canvas, dice: &mut Dice) {
    road(c, dice);
    let mut x = between(dice, 0.12, 0.2);
    for _ in 0..3 {
        let green: Colour = [44.0, between(dice, 96.0, 122.0), 70.0];
        c.trapezoid(
            [0.42, x - 0.005, x + 0.15],
            [0.74, x + 0.012, x + 0.135],
            green,
            green,
        );
        c.rect(
            [x - 0.012, 0.4, x + 0.157, 0.43],
            mix(green, [0.0; 3], 0.25),
        );
        c.ellipse(
            [x + 0.07, 0.395],
            [0.06, 0.035],
            0.2,
            0.3,
            [48.0, 48.0, 52.0],
        );
        x += between(dice, 0.17, 0.19);
    }
    for _ in 0..15 {
        let at = [between(dice, 0.1, 0.86), between(dice, 0.7, 0.88)];
        let s = between(dice, 0.035, 0.07);
        let tones = [
            [40.0, 40.0, 46.0],
            [206.0, 202.0, 196.0],
            [166.0, 52.0, 48.0],
            [64.0, 92.0, 140.0],
        ];
        let bag = dice.pick(&tones);
        c.ellipse(
            [at[0], at[1] + s * 0.9],
            [s * 1.1, s * 0.3],
            0.4,
            0.1,
            [66.0, 66.0, 66.0],
        );
        c.ellipse(at, [s, s * 1.05], 0.08, 0.35, bag);
        c.ellipse(
            [at[0] - s * 0.3, at[1] - s * 0.4],
            [s * 0.3, s * 0.25],
            0.8,
            0.2,
            mix(bag, [255.0; 3], 0.3),
        );
    }
    c.finish(5.0, dice);
}
