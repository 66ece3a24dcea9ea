//! The Android project stays as narrow as it was made. Tauri's tools can generate it
//! again, and would bring back everything that was taken out.

use std::fs;
use std::path::Path;

fn project(path: &str) -> String {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("gen/android");
    #[expect(
        clippy::unwrap_used,
        reason = "a file that is gone should fail the test"
    )]
    fs::read_to_string(project.join(path)).unwrap()
}

/// The values of `android:name` in the elements that begin with `<element`.
fn named(xml: &str, element: &str) -> Vec<String> {
    let open = format!("<{element} ");
    let elements = xml.split(&open).skip(1);
    elements
        .filter_map(|rest| rest.split("android:name=\"").nth(1)?.split('"').next())
        .map(str::to_owned)
        .collect()
}

const MANIFEST: &str = "app/src/main/AndroidManifest.xml";

#[test]
fn it_asks_for_these_permissions_and_no_others() {
    let allowed = [
        "INTERNET",
        "ACCESS_NETWORK_STATE",
        "ACCESS_COARSE_LOCATION",
        "ACCESS_FINE_LOCATION",
    ];
    let asked = named(&project(MANIFEST), "uses-permission");
    assert_eq!(asked, allowed.map(|p| format!("android.permission.{p}")));
}

#[test]
fn nothing_leaves_by_backup_or_in_the_clear() {
    let manifest = project(MANIFEST);
    for line in [
        "android:allowBackup=\"false\"",
        "android:dataExtractionRules=\"@xml/data_extraction_rules\"",
        "android:fullBackupContent=\"@xml/backup_rules\"",
        "android:usesCleartextTraffic=\"false\"",
    ] {
        assert!(manifest.contains(line), "{line}");
    }
    for rules in ["data_extraction_rules", "backup_rules"] {
        let rules = project(&format!("app/src/main/res/xml/{rules}.xml"));
        assert!(!rules.contains("<include"), "{rules}");
    }
    let activity = project("app/src/main/java/cn/linli/field/MainActivity.kt");
    assert!(activity.contains("FLAG_SECURE"));
}

#[test]
fn one_door_is_open_and_one_folder_is_lent() {
    let manifest = project(MANIFEST);
    assert_eq!(manifest.matches("android:exported=\"true\"").count(), 1);
    // It is opened from the launcher, and by pictures that another app shares; nothing else.
    assert_eq!(manifest.matches("<intent-filter").count(), 2);
    assert_eq!(
        named(&manifest, "action"),
        ["MAIN", "SEND", "SEND_MULTIPLE"].map(|a| format!("android.intent.action.{a}"))
    );
    assert_eq!(manifest.matches("<data ").count(), 1);
    assert!(manifest.contains("<data android:mimeType=\"image/*\" />"));
    assert!(!manifest.to_lowercase().contains("leanback_launcher"));

    // Where `data_dir` puts the phone on Android, and nothing beside it.
    let lent = project("app/src/main/res/xml/file_paths.xml");
    assert_eq!(lent.matches("-path ").count(), 1);
    assert!(lent.contains("<files-path name=\"incoming\" path=\"phone/incoming/\" />"));
}

/// The phones of grid workers have none of Google's services, and a position that another app
/// makes up has to be known on all versions of Android.
#[test]
fn positions_come_from_android_itself_and_say_whether_they_are_made_up() {
    let watch = project("app/src/main/java/cn/linli/field/PositionWatch.kt");
    for words in [
        "LocationManager",
        "location.isMock ",
        "location.isFromMockProvider",
        // Without these Android 8 to 10 ends the app when a receiver is switched off.
        "override fun onProviderDisabled(",
        "override fun onProviderEnabled(",
        "override fun onStatusChanged(",
    ] {
        assert!(watch.contains(words), "{words}");
    }
    let gradle = project("app/build.gradle.kts");
    assert!(!watch.contains("gms") && !gradle.contains("com.google.android.gms"));
}

/// Any app may knock there with anything.
#[test]
fn what_is_shared_is_kept_only_as_another_apps_address() {
    let shared = project("app/src/main/java/cn/linli/field/Shared.kt");
    for words in [
        "SCHEME_CONTENT",
        "contains(context.packageName) == false",
        "FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY",
        "private const val MOST = 9\n",
    ] {
        assert!(shared.contains(words), "{words}");
    }
    let activity = project("app/src/main/java/cn/linli/field/MainActivity.kt");
    assert!(activity.contains("if (savedInstanceState == null) Shared.keep(this, intent)"));
    assert_eq!(activity.matches("Shared.keep(").count(), 2);
}

#[test]
fn android_8_is_the_oldest_in_both_places() {
    assert!(project("app/build.gradle.kts").contains("minSdk = 26\n"));
    let config = include_str!("../tauri.conf.json");
    assert!(config.contains("\"minSdkVersion\": 26"));
}

#[test]
fn what_rust_calls_by_name_is_there() {
    let kotlin = project("app/src/main/java/cn/linli/field/SystemPlugin.kt");
    let rust = include_str!("../src/system.rs");
    assert!(rust.contains("\"cn.linli.field\", \"SystemPlugin\""));
    assert!(kotlin.contains("package cn.linli.field\n"));
    assert!(kotlin.contains("class SystemPlugin("));
    let asks = [
        include_str!("../src/window.rs"),
        include_str!("../src/media_source/android.rs"),
        include_str!("../src/position_source/android.rs"),
    ];
    for command in [
        "pick",
        "dial",
        "shared",
        "forgetShared",
        "watchPosition",
        "stopPosition",
    ] {
        let asked = format!("\"{command}\", ");
        assert!(asks.iter().any(|rust| rust.contains(&asked)), "{command}");
        assert!(
            kotlin.contains(&format!("  @Command\n  fun {command}(")),
            "{command}"
        );
    }
    for field in [
        "number", "source", "file", "most", "watch", "on", "waiting", "left_out",
    ] {
        let there = [
            kotlin.contains(&format!("var {field}: ")),
            kotlin.contains(&format!(".put(\"{field}\", ")),
        ];
        assert!(there.contains(&true), "{field}");
    }
    let renderer = project("app/src/main/java/cn/linli/field/RendererGone.kt");
    assert!(include_str!("../.cargo/config.toml").contains("RendererGone.handle(view)"));
    assert!(renderer.contains("fun handle(view: WebView): Boolean"));
}
