//! Outlines of everything: points, the tiling of the county, lots, buildings, lines.
//!
//! The county is planned on a flat sheet in whole metres (`u` east, `v` north), where
//! cutting rectangles is exact, and bent once at the end, so that streets curve
//! and shared borders stay shared.

pub mod building;
pub mod lines;
pub mod plan;
pub mod point;
pub mod rings;
pub mod tiling;

pub use lines::Line;
pub use point::Point;
