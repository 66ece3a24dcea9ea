//! What others read in our files: ExifTool, the program that evidence is looked at with.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::*;

/// Runs it. Debian calls it `libimage-exiftool-perl`.
fn exiftool(arguments: &[&str], file: &Path) -> String {
    let run = Command::new("exiftool").args(arguments).arg(file).output();
    let output = run.expect("`exiftool` is needed: `scripts/deps.sh clients`");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "exiftool {arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

/// All that it reads, as numbers, by group and name.
fn read(file: &Path) -> Value {
    let said = exiftool(&["-json", "-n", "-G1", "-a"], file);
    serde_json::from_str::<Value>(&said).expect("JSON")[0].clone()
}

fn near(value: &Value, wanted: f64) -> bool {
    value
        .as_f64()
        .is_some_and(|value| (value - wanted).abs() < 1e-6)
}

/// The finished picture in a file of its own.
async fn finished(phone: &Phone, id: &str, folder: &Path) -> std::path::PathBuf {
    let file = folder.join(format!("{id}-finished.jpg"));
    let jpeg = phone.photo(id, 1_600).await.expect("picture");
    std::fs::write(&file, jpeg).expect("a file");
    file
}

#[tokio::test]
async fn it_reads_when_and_where_a_photo_was_taken() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    let mut position = at("gnss");
    position["lat"] = json!(-29.870_123_4);
    let request =
        json!({ "id": taken.id, "position": position, "direction": 271.5, "settled": true });
    let _: MediaItem = ask(&phone, "place_media", request).await;
    develop_due(&phone).await;
    let said = read(&finished(&phone, &taken.id, folder.path()).await);
    assert_eq!(said["ExifIFD:DateTimeOriginal"], "2025:11:27 08:00:00");
    assert_eq!(said["ExifIFD:OffsetTimeOriginal"], "+08:00");
    assert_eq!(
        said["Composite:SubSecDateTimeOriginal"],
        "2025:11:27 08:00:00.000+08:00"
    );
    assert!(
        near(&said["Composite:GPSLatitude"], -29.870_123_4),
        "{said}"
    );
    assert!(near(&said["Composite:GPSLongitude"], 102.93), "{said}");
    assert_eq!(said["GPS:GPSHPositioningError"], 8);
    assert_eq!(said["GPS:GPSImgDirection"], 271.5);
    assert_eq!(said["GPS:GPSImgDirectionRef"], "T");
    assert_eq!(said["GPS:GPSMapDatum"], "WGS-84");
    // The position's own time, in UTC as EXIF wants it.
    assert_eq!(said["GPS:GPSDateStamp"], "2025:11:27");
    assert_eq!(said["GPS:GPSTimeStamp"], "00:00:00");
    assert_eq!(said["IFD0:Software"], "Linli 0");
    assert_eq!(said["IFD0:Orientation"], 1);
    assert!(said.get("ExifTool:Warning").is_none(), "{said}");
}

#[tokio::test]
async fn nothing_of_a_picture_from_elsewhere_is_left_but_what_was_placed_by_hand() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let file = folder.path().join("elsewhere.jpg");
    std::fs::write(&file, jpeg()).expect("a file");
    exiftool(
        &[
            "-overwrite_original",
            "-Make=NIKON",
            "-Model=COOLPIX",
            "-SerialNumber=12345",
            "-Artist=Private",
            "-UserComment=Private",
            "-DateTimeOriginal=2008:10:22 16:28:39",
            "-GPSLatitude=43.46744",
            "-GPSLatitudeRef=N",
            "-GPSLongitude=11.88512",
            "-GPSLongitudeRef=E",
            "-XMP-dc:Creator=Private",
            "-IPTC:Keywords=Private",
            "-Comment=Private",
        ],
        &file,
    );
    assert!(read(&file)["Composite:GPSLatitude"].is_number());
    let taken = take(&phone, "share", &std::fs::read(&file).expect("file"))
        .await
        .expect("taken");
    develop_due(&phone).await;
    assert!(
        photo(&phone, &taken.id).await.position.is_none(),
        "never a guess from its EXIF"
    );
    place(&phone, &taken.id, at("tap"), true).await;
    develop_due(&phone).await;
    let said = read(&finished(&phone, &taken.id, folder.path()).await);
    assert!(near(&said["Composite:GPSLatitude"], 29.87), "{said}");
    // When it came in; when it was taken nobody here knows.
    assert_eq!(said["IFD0:ModifyDate"], "2025:11:27 08:00:00");
    assert!(said.get("ExifIFD:DateTimeOriginal").is_none());
    let all = said.to_string();
    for trace in [
        "NIKON", "COOLPIX", "12345", "Private", "2008", "43.4", "XMP", "IPTC",
    ] {
        assert!(!all.contains(trace), "{trace}: {all}");
    }
}
