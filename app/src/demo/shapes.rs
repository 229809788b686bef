//! Shapes and colours to paint with.

use super::canvas::{Colour, Paint, Point, Shape};

pub fn everywhere() -> Shape {
    Box::new(|_| -1.0)
}

pub fn circle(at: Point, radius: f32) -> Shape {
    Box::new(move |(x, y)| (x - at.0).hypot(y - at.1) - radius)
}

/// Near enough to the distance for an edge of one pixel.
pub fn oval(at: Point, wide: f32, high: f32) -> Shape {
    Box::new(move |(x, y)| (((x - at.0) / wide).hypot((y - at.1) / high) - 1.0) * wide.min(high))
}

/// A block with round corners; `wide` and `high` are from its middle.
pub fn block(at: Point, wide: f32, high: f32, round: f32) -> Shape {
    Box::new(move |(x, y)| {
        let (over_x, over_y) = ((x - at.0).abs() - wide + round, (y - at.1).abs() - high + round);
        over_x.max(0.0).hypot(over_y.max(0.0)) + over_x.max(over_y).min(0.0) - round
    })
}

/// A line with round ends.
pub fn line(from: Point, to: Point, thick: f32) -> Shape {
    Box::new(move |point| along(point, from, to) - thick)
}

pub fn ring(at: Point, radius: f32, thick: f32) -> Shape {
    Box::new(move |(x, y)| ((x - at.0).hypot(y - at.1) - radius).abs() - thick)
}

/// Any shape with straight sides; the corners are named in a row.
pub fn corners(points: &[Point]) -> Shape {
    let points = points.to_vec();
    Box::new(move |point| {
        let (mut near, mut inside) = (f32::MAX, false);
        let ends = points.iter().cycle().skip(1);
        for (from, to) in points.iter().copied().zip(ends.copied()) {
            near = near.min(along(point, from, to));
            let crosses = (from.1 > point.1) != (to.1 > point.1);
            if crosses && point.0 < (to.0 - from.0) * (point.1 - from.1) / (to.1 - from.1) + from.0 {
                inside = !inside;
            }
        }
        if inside { -near } else { near }
    })
}

pub fn both(one: Shape, other: Shape) -> Shape {
    Box::new(move |point| one(point).min(other(point)))
}

pub fn without(whole: Shape, part: Shape) -> Shape {
    Box::new(move |point| whole(point).max(-part(point)))
}

pub fn within(whole: Shape, part: Shape) -> Shape {
    Box::new(move |point| whole(point).max(part(point)))
}

/// The same on the left as on the right.
pub fn mirrored(shape: Shape) -> Shape {
    Box::new(move |(x, y)| shape((x.abs(), y)))
}

fn along(point: Point, from: Point, to: Point) -> f32 {
    let (along, across) = ((to.0 - from.0, to.1 - from.1), (point.0 - from.0, point.1 - from.1));
    let part = ((across.0 * along.0 + across.1 * along.1) / (along.0 * along.0 + along.1 * along.1)).clamp(0.0, 1.0);
    (across.0 - along.0 * part).hypot(across.1 - along.1 * part)
}

/// Hue in degrees, saturation and lightness from 0 to 1 (CSS Color 4, section 7).
pub fn hsl(hue: f32, saturation: f32, lightness: f32) -> Colour {
    let channel = |offset: f32| {
        let turn = (offset + hue / 30.0).rem_euclid(12.0);
        lightness - saturation * lightness.min(1.0 - lightness) * (turn - 3.0).min(9.0 - turn).clamp(-1.0, 1.0)
    };
    [channel(0.0), channel(8.0), channel(4.0)]
}

pub fn flat(colour: Colour) -> Paint {
    Box::new(move |_| colour)
}

/// Lighter where the light comes from, which is the upper left.
pub fn lit(colour: Colour) -> Paint {
    Box::new(move |point| shade(colour, point))
}

pub fn stripes(one: Colour, other: Colour, wide: f32) -> Paint {
    Box::new(move |point| shade(if ((point.1 - point.0 * 0.25) / wide).rem_euclid(2.0) < 1.0 { one } else { other }, point))
}

/// Rings and dots between them, as wax prints have.
pub fn kitenge(ground: Colour, ring: Colour, dot: Colour, size: f32) -> Paint {
    Box::new(move |point| {
        let row = (point.1 / size).floor();
        let shift = if row.rem_euclid(2.0) < 1.0 { 0.0 } else { 0.5 };
        let (x, y) = ((point.0 / size + shift).rem_euclid(1.0) - 0.5, (point.1 / size).rem_euclid(1.0) - 0.5);
        let from = x.hypot(y);
        let colour = if from < 0.13 || (0.27..0.36).contains(&from) {
            dot
        } else if from < 0.42 {
            ring
        } else {
            ground
        };
        shade(colour, point)
    })
}

/// Over and under, as grass is woven.
pub fn woven(light: Colour, dark: Colour, size: f32) -> Paint {
    Box::new(move |point| {
        let (column, row) = ((point.0 / size).floor(), (point.1 / size * 1.6).floor());
        let is_over = (column + row).rem_euclid(2.0) < 1.0;
        let edge = ((point.0 / size).rem_euclid(1.0) - 0.5).abs();
        let colour = if is_over { light } else { dark };
        shade(colour.map(|light| light * (1.0 - 0.35 * edge)), point)
    })
}

fn shade(colour: Colour, point: Point) -> Colour {
    let light = 1.0 - 0.14 * (point.0 + point.1 * 0.6);
    colour.map(|channel| channel * light)
}
