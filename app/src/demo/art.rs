//! What stands in the pictures.

use serde::Deserialize;

use super::{
    canvas::{Canvas, Colour},
    shapes::{
        block, both, circle, corners, everywhere, flat, hsl, kitenge, line, lit, mirrored, oval, ring, stripes, within, without,
        woven,
    },
};

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Art {
    Dress,
    Shirt,
    Cloth,
    Bag,
    Coffee,
    Jar,
    Soap,
    Lamp,
    Panel,
    Phone,
    Necklace,
    Bracelet,
    Sandal,
    Stool,
    Board,
    Shelf,
    Basket,
    Headphones,
    Pot,
    Plant,
    Cup,
    Drum,
    Painting,
    Book,
    Hat,
}

/// The colours of one picture.
struct Palette {
    main: Colour,
    dark: Colour,
    light: Colour,
    other: Colour,
}

const WOOD: Colour = [0.55, 0.36, 0.2];
const DARK: Colour = [0.16, 0.14, 0.15];
const CREAM: Colour = [0.97, 0.93, 0.84];

/// A picture as PNG; the hue is in degrees.
pub fn paint(art: Art, hue: u16) -> Result<Vec<u8>, String> {
    let hue = f32::from(hue);
    let palette = Palette {
        main: hsl(hue, 0.72, 0.5),
        dark: hsl(hue, 0.65, 0.27),
        light: hsl(hue, 0.6, 0.78),
        other: hsl(hue + 165.0, 0.6, 0.45),
    };
    let mut canvas = Canvas::default();
    let (wall, floor) = (hsl(hue + 30.0, 0.35, 0.93), hsl(hue + 30.0, 0.3, 0.86));
    canvas.add(everywhere(), lit(wall));
    canvas.add(block((0.0, 0.98), 2.0, 0.4, 0.0), lit(floor));
    canvas.shadow((0.0, 0.66), 0.75);
    let draw = match art {
        Art::Dress | Art::Shirt | Art::Cloth | Art::Bag | Art::Hat | Art::Sandal => worn,
        Art::Coffee | Art::Jar | Art::Soap | Art::Cup | Art::Pot | Art::Plant => kitchen,
        Art::Lamp | Art::Panel | Art::Phone | Art::Headphones => power,
        Art::Necklace | Art::Bracelet | Art::Basket | Art::Drum => crafted,
        Art::Stool | Art::Board | Art::Shelf | Art::Painting | Art::Book => framed,
    };
    draw(&mut canvas, art, &palette);
    canvas.png()
}

fn worn(canvas: &mut Canvas, art: Art, p: &Palette) {
    let print = || kitenge(p.main, p.dark, p.light, 0.19);
    match art {
        Art::Dress => {
            let skirt = corners(&[(-0.2, -0.1), (0.2, -0.1), (0.52, 0.66), (-0.52, 0.66)]);
            let top = corners(&[
                (-0.34, -0.62),
                (-0.14, -0.66),
                (0.0, -0.5),
                (0.14, -0.66),
                (0.34, -0.62),
                (0.2, -0.08),
                (-0.2, -0.08),
            ]);
            canvas.add(both(skirt, top), print());
            canvas.add(block((0.0, -0.09), 0.21, 0.035, 0.02), lit(p.other));
        }
        Art::Shirt => {
            let body = block((0.0, 0.08), 0.36, 0.5, 0.04);
            let sleeve = mirrored(corners(&[(0.3, -0.42), (0.44, -0.4), (0.68, 0.0), (0.5, 0.1), (0.3, -0.12)]));
            canvas.add(without(both(body, sleeve), circle((0.0, -0.46), 0.12)), print());
            canvas.add(block((0.0, 0.1), 0.025, 0.45, 0.0), lit(p.dark));
            for button in [-0.2, 0.0, 0.2, 0.4] {
                canvas.add(circle((0.0, button), 0.022), lit(CREAM));
            }
        }
        Art::Cloth => {
            canvas.add(block((0.08, 0.3), 0.6, 0.3, 0.06), stripes(p.other, p.light, 0.12));
            canvas.add(block((-0.06, -0.05), 0.62, 0.36, 0.05), kitenge(p.light, p.main, p.dark, 0.24));
            canvas.add(without(block((-0.06, -0.05), 0.62, 0.36, 0.05), block((-0.06, -0.05), 0.56, 0.3, 0.03)), lit(p.dark));
        }
        Art::Bag => {
            canvas.add(mirrored(ring((0.0, -0.2), 0.3, 0.035)), lit(p.dark));
            canvas.add(corners(&[(-0.46, -0.2), (0.46, -0.2), (0.56, 0.66), (-0.56, 0.66)]), woven(p.light, p.main, 0.09));
            canvas.add(block((0.0, -0.16), 0.48, 0.06, 0.03), kitenge(p.other, p.light, p.dark, 0.12));
        }
        Art::Hat => {
            canvas.add(oval((0.0, 0.36), 0.78, 0.2), woven(p.light, CREAM, 0.07));
            canvas.add(within(oval((0.0, 0.3), 0.4, 0.6), block((0.0, -0.1), 0.6, 0.45, 0.0)), woven(CREAM, p.light, 0.07));
            canvas.add(within(oval((0.0, 0.3), 0.41, 0.61), block((0.0, 0.24), 0.6, 0.08, 0.0)), lit(p.main));
        }
        _ => {
            for side in [-0.3, 0.3] {
                canvas.add(both(oval((side, -0.18), 0.22, 0.34), oval((side, 0.34), 0.19, 0.32)), lit(WOOD));
                canvas.add(line((side - 0.2, -0.12), (side, -0.4), 0.05), kitenge(p.main, p.dark, CREAM, 0.08));
                canvas.add(line((side + 0.2, -0.12), (side, -0.4), 0.05), kitenge(p.main, p.dark, CREAM, 0.08));
                canvas.add(line((side - 0.18, 0.28), (side + 0.18, 0.28), 0.05), lit(p.other));
            }
        }
    }
}

fn kitchen(canvas: &mut Canvas, art: Art, p: &Palette) {
    match art {
        Art::Coffee => {
            canvas.add(corners(&[(-0.38, -0.56), (0.38, -0.56), (0.46, 0.66), (-0.46, 0.66)]), lit(DARK));
            canvas.add(block((0.0, -0.58), 0.4, 0.06, 0.02), lit(p.dark));
            canvas.add(block((0.0, 0.12), 0.32, 0.34, 0.03), lit(CREAM));
            canvas.add(corners(&[(-0.24, 0.28), (-0.06, 0.0), (0.04, 0.12), (0.12, 0.04), (0.24, 0.28)]), lit(p.main));
            canvas.add(without(oval((0.0, -0.08), 0.09, 0.06), line((-0.08, -0.05), (0.08, -0.11), 0.008)), lit(WOOD));
        }
        Art::Jar => {
            canvas.add(block((0.0, 0.12), 0.42, 0.54, 0.14), lit(p.main));
            canvas.add(block((-0.28, 0.1), 0.05, 0.42, 0.05), lit(p.light));
            canvas.add(block((0.0, -0.48), 0.36, 0.1, 0.04), lit(WOOD));
            canvas.add(block((0.0, 0.2), 0.34, 0.22, 0.03), lit(CREAM));
            canvas.add(circle((0.0, 0.2), 0.12), kitenge(p.light, p.main, p.dark, 0.1));
        }
        Art::Soap => {
            for (at, paint) in [((0.1, 0.44), p.dark), ((-0.08, 0.2), p.main), ((0.12, -0.04), p.light), ((-0.02, -0.28), p.main)]
            {
                canvas.add(block(at, 0.46, 0.11, 0.06), lit(paint));
                canvas.add(block(at, 0.16, 0.11, 0.0), lit(CREAM));
            }
        }
        Art::Cup => {
            for at in [-0.5, 0.0, 0.5] {
                canvas.add(ring((at + 0.18, 0.22), 0.1, 0.025), lit(p.dark));
                canvas.add(
                    corners(&[(at - 0.2, 0.0), (at + 0.2, 0.0), (at + 0.13, 0.46), (at - 0.13, 0.46)]),
                    stripes(p.main, p.light, 0.1),
                );
                canvas.add(oval((at, 0.0), 0.2, 0.055), lit(DARK));
            }
        }
        Art::Plant => {
            for (tip, bend) in
                [((-0.5, -0.5), -0.2), ((0.5, -0.55), 0.2), ((0.0, -0.78), 0.02), ((-0.26, -0.7), -0.1), ((0.3, -0.74), 0.1)]
            {
                canvas.add(both(line((bend, 0.1), tip, 0.05), oval(tip, 0.12, 0.2)), lit(hsl(120.0, 0.45, 0.34)));
            }
            canvas.add(corners(&[(-0.4, 0.06), (0.4, 0.06), (0.28, 0.66), (-0.28, 0.66)]), stripes(p.main, WOOD, 0.16));
            canvas.add(block((0.0, 0.08), 0.44, 0.07, 0.03), lit(p.dark));
        }
        _ => {
            canvas.add(oval((0.0, 0.2), 0.54, 0.48), lit([0.7, 0.38, 0.24]));
            canvas.add(within(oval((0.0, 0.2), 0.54, 0.48), block((0.0, 0.16), 1.0, 0.1, 0.0)), stripes(p.dark, p.light, 0.05));
            canvas.add(block((0.0, -0.34), 0.2, 0.14, 0.05), lit([0.66, 0.35, 0.22]));
            canvas.add(oval((0.0, -0.48), 0.27, 0.06), lit([0.4, 0.2, 0.13]));
        }
    }
}

fn power(canvas: &mut Canvas, art: Art, p: &Palette) {
    match art {
        Art::Lamp => {
            canvas.add(ring((0.0, -0.42), 0.34, 0.025), lit(DARK));
            canvas.add(block((0.0, -0.3), 0.3, 0.09, 0.05), lit(p.dark));
            canvas.add(block((0.0, 0.08), 0.27, 0.3, 0.08), lit([1.0, 0.93, 0.66]));
            canvas.add(circle((0.0, 0.06), 0.13), flat([1.0, 1.0, 0.92]));
            canvas.add(mirrored(block((0.25, 0.08), 0.02, 0.3, 0.0)), lit(DARK));
            canvas.add(block((0.0, 0.5), 0.36, 0.16, 0.06), lit(p.main));
            canvas.add(circle((0.0, 0.5), 0.05), lit(CREAM));
        }
        Art::Panel => {
            canvas.add(line((0.0, 0.3), (0.3, 0.68), 0.04), lit(DARK));
            canvas.add(corners(&[(-0.62, -0.5), (0.5, -0.56), (0.66, 0.44), (-0.5, 0.5)]), lit([0.8, 0.82, 0.84]));
            for row in [-0.34, -0.02, 0.3] {
                for column in [-0.4, -0.13, 0.14, 0.41] {
                    canvas.add(block((column + row * 0.12, row - column * 0.04), 0.12, 0.14, 0.01), lit(p.dark));
                }
            }
        }
        Art::Headphones => {
            canvas.add(within(ring((0.0, 0.02), 0.5, 0.06), block((0.0, -0.5), 1.0, 0.56, 0.0)), lit(DARK));
            canvas.add(mirrored(block((0.5, 0.24), 0.12, 0.26, 0.1)), lit(p.main));
            canvas.add(mirrored(block((0.4, 0.24), 0.06, 0.22, 0.05)), lit(p.dark));
        }
        _ => {
            canvas.add(block((0.0, 0.02), 0.34, 0.64, 0.08), lit(DARK));
            canvas.add(block((0.0, 0.02), 0.3, 0.58, 0.05), lit(p.main));
            canvas.add(within(circle((0.1, -0.2), 0.3), block((0.0, 0.02), 0.3, 0.58, 0.05)), lit(p.light));
            canvas.add(circle((0.0, -0.5), 0.02), flat(DARK));
        }
    }
}

fn crafted(canvas: &mut Canvas, art: Art, p: &Palette) {
    match art {
        Art::Necklace => {
            for (radius, colour) in [(0.62, p.main), (0.54, CREAM), (0.46, p.other), (0.38, p.dark), (0.3, p.light)] {
                canvas.add(ring((0.0, 0.0), radius, 0.042), beads(colour, radius));
            }
        }
        Art::Bracelet => {
            for (drop, colour) in [(0.1, p.main), (0.2, CREAM), (0.3, p.other), (0.4, p.dark)] {
                let band = without(oval((0.0, drop), 0.56, 0.3), oval((0.0, drop - 0.04), 0.48, 0.22));
                canvas.add(band, beads(colour, 0.5));
            }
        }
        Art::Basket => {
            canvas.add(without(oval((0.0, -0.24), 0.36, 0.42), oval((0.0, -0.24), 0.29, 0.35)), lit(p.dark));
            canvas
                .add(corners(&[(-0.6, -0.18), (0.6, -0.18), (0.44, 0.66), (-0.44, 0.66)]), woven([0.84, 0.68, 0.42], WOOD, 0.1));
            canvas.add(corners(&[(-0.57, 0.1), (0.57, 0.1), (0.52, 0.34), (-0.52, 0.34)]), woven(p.main, p.dark, 0.1));
            canvas.add(block((0.0, -0.18), 0.63, 0.05, 0.05), lit(p.main));
        }
        _ => {
            canvas.add(corners(&[(-0.48, -0.38), (0.48, -0.38), (0.3, 0.66), (-0.3, 0.66)]), lit(WOOD));
            for side in [-0.36, -0.12, 0.12, 0.36] {
                canvas.add(line((side, -0.34), (side * 0.5 - 0.08, 0.24), 0.014), lit(CREAM));
                canvas.add(line((side, -0.34), (side * 0.5 + 0.08, 0.24), 0.014), lit(CREAM));
            }
            canvas
                .add(corners(&[(-0.38, 0.2), (0.38, 0.2), (0.35, 0.36), (-0.35, 0.36)]), kitenge(p.main, p.dark, p.light, 0.12));
            canvas.add(oval((0.0, -0.4), 0.52, 0.15), lit(CREAM));
            canvas.add(without(oval((0.0, -0.4), 0.52, 0.15), oval((0.0, -0.41), 0.46, 0.12)), lit(p.dark));
        }
    }
}

/// A ring of them.
fn beads(colour: Colour, radius: f32) -> super::canvas::Paint {
    Box::new(move |(x, y)| {
        let along = (y.atan2(x) * radius / 0.05).rem_euclid(1.0) - 0.5;
        colour.map(|channel| channel * (1.0 - along.abs() * 0.7))
    })
}

fn framed(canvas: &mut Canvas, art: Art, p: &Palette) {
    match art {
        Art::Stool => {
            for leg in [(-0.42, 0.66), (0.42, 0.66), (0.06, 0.7)] {
                canvas.add(line((leg.0 * 0.6, 0.0), leg, 0.055), lit(p.dark));
            }
            canvas.add(oval((0.0, 0.02), 0.52, 0.16), lit(p.dark));
            canvas.add(oval((0.0, -0.06), 0.52, 0.16), stripes(WOOD, [0.5, 0.32, 0.17], 0.05));
        }
        Art::Board => {
            canvas.add(block((0.0, 0.1), 0.66, 0.4, 0.1), stripes(WOOD, [0.5, 0.32, 0.17], 0.07));
            for row in [-0.12, 0.06, 0.24, 0.42] {
                for column in [-0.5, -0.3, -0.1, 0.1, 0.3, 0.5] {
                    canvas.add(circle((column, row - 0.04), 0.07), lit([0.3, 0.18, 0.1]));
                    canvas.add(circle((column + 0.02, row - 0.03), 0.025), lit(p.light));
                }
            }
        }
        Art::Shelf => {
            canvas.add(block((0.0, 0.0), 0.42, 0.68, 0.01), lit(WOOD));
            for (number, board) in [-0.44, -0.14, 0.16, 0.46].into_iter().enumerate() {
                canvas.add(block((0.0, board), 0.37, 0.13, 0.0), lit([0.3, 0.19, 0.11]));
                let colours = [p.main, p.other, p.light, CREAM, p.dark];
                for (place, colour) in colours.into_iter().cycle().skip(number).take(5).enumerate() {
                    let tall = 0.1 - 0.012 * f32::from(u8::try_from((place + number) % 3).unwrap_or(0));
                    let at = -0.28 + 0.13 * f32::from(u8::try_from(place).unwrap_or(0));
                    canvas.add(block((at, board + 0.13 - tall), 0.05, tall, 0.01), lit(colour));
                }
            }
        }
        Art::Book => {
            canvas.add(corners(&[(-0.4, -0.5), (0.46, -0.58), (0.52, 0.56), (-0.36, 0.66)]), lit(CREAM));
            canvas.add(corners(&[(-0.48, -0.56), (0.38, -0.62), (0.46, 0.54), (-0.42, 0.64)]), lit(p.main));
            canvas.add(line((-0.44, -0.54), (-0.38, 0.62), 0.03), lit(p.dark));
            canvas.add(circle((0.04, 0.1), 0.26), lit(p.light));
            canvas.add(both(oval((-0.04, -0.1), 0.05, 0.2), oval((0.1, -0.1), 0.05, 0.2)), lit(p.dark));
            canvas.add(circle((0.03, 0.12), 0.16), lit(p.dark));
            canvas.add(both(circle((-0.03, 0.1), 0.022), circle((0.09, 0.1), 0.022)), flat(CREAM));
        }
        _ => {
            canvas.add(block((0.0, 0.0), 0.62, 0.62, 0.01), lit(DARK));
            canvas.add(block((0.0, 0.0), 0.55, 0.55, 0.0), stripes(p.main, p.light, 0.36));
            canvas.add(circle((0.26, -0.28), 0.15), lit([0.98, 0.8, 0.3]));
            canvas.add(block((0.0, 0.44), 0.55, 0.11, 0.0), lit(p.dark));
            for (foot, tall) in [(-0.26, -0.3), (0.08, -0.12)] {
                canvas.add(
                    both(line((foot, 0.3), (foot + 0.16, tall), 0.035), oval((foot + 0.22, tall - 0.02), 0.09, 0.05)),
                    lit(DARK),
                );
                canvas.add(
                    both(oval((foot - 0.06, 0.18), 0.16, 0.09), line((foot - 0.16, 0.2), (foot - 0.18, 0.46), 0.02)),
                    lit(DARK),
                );
                canvas.add(line((foot + 0.02, 0.2), (foot + 0.02, 0.46), 0.02), lit(DARK));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_one_and_no_two_are_the_same() {
        let all = [Art::Dress, Art::Cup, Art::Phone, Art::Necklace, Art::Painting];
        let painted: Vec<Vec<u8>> = all.iter().map(|art| paint(*art, 20).unwrap()).collect();
        for (number, png) in painted.iter().enumerate() {
            assert_eq!(pictures::sniff(png), Ok(pictures::Format::Png));
            assert!(painted[..number].iter().all(|other| other != png));
        }
        assert_ne!(paint(Art::Dress, 200).unwrap(), painted[0]);
    }
}
